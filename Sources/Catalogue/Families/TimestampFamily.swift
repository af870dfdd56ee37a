internal import Bytes
internal import ReportModel
internal import Schemes

/// The age of a request, and the format of its timestamp.
enum TimestampFamily {
    static let cases: [Case] = ages + aheads + formats + unsigned + shifts + bodyTimes

    /// Correctly signed requests that are too old: only their freshness is wrong.
    private static let ages: [Case] = [
        age("310-seconds-old", "310 seconds ago", .should, ["E08"]) { $0.stamp(after: -310) },
        age("10-minutes-old", "10 minutes ago", .must, ["E01"]) { $0.stamp(after: -.minutes(10)) },
        age("1-hour-old", "an hour ago", .must, ["E01", "E14"], profile: .smoke) { $0.stamp(after: -.hours(1)) },
        age("1-day-old", "a day ago", .must, ["E01"]) { $0.stamp(after: -.days(1)) },
        age("1-year-old", "a year ago", .must, ["E01", "E16"]) { $0.stamp(after: -.days(365)) },
        age("of-2001", "in 2001", .must, ["E01"]) { _ in Array("1000000000".utf8) },
        age("zero", "0, the start of 1970", .must, ["E01", "E11"]) { _ in Array("0".utf8) },
        age("negative-zero", "-0", .must, ["E11"]) { _ in Array("-0".utf8) },
        age("minus-one", "-1, before 1970", .must, ["E11"]) { _ in Array("-1".utf8) },
        age("minus-now", "with the negative of the current time", .must, ["E11"]) { Array("-".utf8) + $0.timestamp },
        age("in-minutes", "in minutes since 1970", .must, ["E09"]) { Array(String($0.context.now / 60).utf8) },
        age("minus-2-to-63", "-2^63", .must, ["E10"]) { _ in Array("-9223372036854775808".utf8) },
        age("below-minus-2-to-63", "-2^63 - 1", .must, ["E10"]) { _ in Array("-9223372036854775809".utf8) },
        age("minus-400-digits", "with a negative number of 400 digits", .must, ["E10"]) { _ in
            Array(("-" + String(repeating: "9", count: 400)).utf8)
        },
    ]

    private static func age(
        _ name: String, _ moment: String, _ ceiling: Level, _ covers: [String], profile: Profile = .standard,
        stamp: @escaping @Sendable (Draft) -> [UInt8]
    ) -> Case {
        Case(
            "timestamp/\(name)", ceiling, .freshness, .medium, covers: covers, cwe: [294, 613], needs: [.timestamp],
            changes: .signedTimestamp, "A correctly signed request stamped \(moment) is rejected.",
            why: "An attacker who saw a delivery, in a log or in transit, can send it again long afterwards.",
            fix: "Reject a timestamp more than five minutes from now, and parse it without overflow.",
            expect: .rejected, profile: profile
        ) { $0.timestamp = stamp($0) }
    }

    /// Correctly signed requests from the future. A number that is too large, or in a smaller unit, is one too.
    private static let aheads: [Case] = [
        ahead("future-310-seconds", "310 seconds ahead", .should, ["E07"]) { $0.stamp(after: 310) },
        ahead("future-10-minutes", "10 minutes ahead", .must, ["E07"]) { $0.stamp(after: .minutes(10)) },
        ahead("future-one-hour", "an hour ahead", .must, ["E07"]) { $0.stamp(after: .hours(1)) },
        ahead("future-one-day", "a day ahead", .must, ["E07"]) { $0.stamp(after: .days(1)) },
        ahead("future-one-year", "a year ahead", .must, ["E07", "E16"], profile: .smoke) {
            $0.stamp(after: .days(365))
        },
        ahead("in-milliseconds", "in milliseconds", .must, ["E09"]) { $0.timestamp + Array("000".utf8) },
        ahead("in-microseconds", "in microseconds", .must, ["E09"]) { $0.timestamp + Array("000000".utf8) },
        ahead("in-nanoseconds", "in nanoseconds", .must, ["E09"]) { $0.timestamp + Array("000000000".utf8) },
        ahead("wrapped-at-32-bits", "2^32 seconds ahead", .must, ["E10"]) { $0.stamp(after: 4_294_967_296) },
        ahead("wrapped-at-64-bits", "2^64 seconds ahead", .must, ["E10"]) {
            decimalSum("18446744073709551616", $0.timestamp)
        },
        ahead("2-to-53", "2^53 + 1", .must, ["E10"]) { _ in Array("9007199254740993".utf8) },
        ahead("2-to-63", "2^63 - 1", .must, ["E10"]) { _ in Array("9223372036854775807".utf8) },
        ahead("beyond-2-to-63", "2^63", .must, ["E10"]) { _ in Array("9223372036854775808".utf8) },
        ahead("beyond-2-to-64", "2^64", .must, ["E10"]) { _ in Array("18446744073709551616".utf8) },
        ahead("400-digits", "with a number of 400 digits", .must, ["E10"]) { _ in
            Array(String(repeating: "9", count: 400).utf8)
        },
        ahead("5000-digits", "with a number of 5000 digits", .must, ["E10"]) { _ in
            Array(String(repeating: "9", count: 5000).utf8)
        },
    ]

    private static func ahead(
        _ name: String, _ moment: String, _ ceiling: Level, _ covers: [String], profile: Profile = .standard,
        stamp: @escaping @Sendable (Draft) -> [UInt8]
    ) -> Case {
        Case(
            "timestamp/\(name)", ceiling, .future, .medium, covers: covers, cwe: [294, 1284], needs: [.timestamp],
            changes: .signedTimestamp, "A correctly signed request stamped \(moment) is rejected.",
            why: "A captured request remains valid until that moment, possibly forever.",
            fix: "Reject a timestamp further from now than the tolerance in either direction, and parse it without "
                + "overflow.",
            expect: .rejected, profile: profile
        ) { $0.timestamp = stamp($0) }
    }

    /// Adds two decimal numbers of any length, the longer one first.
    private static func decimalSum(_ long: String, _ short: [UInt8]) -> [UInt8] {
        var sum = Array(long.utf8)
        var carry: UInt8 = 0
        for (place, offset) in zip(sum.indices.reversed(), 0...) {
            let other = offset < short.count ? short[short.count - 1 - offset] & 0x0F : 0
            let digit = sum[place] & 0x0F + other + carry
            sum[place] = 0x30 + digit % 10
            carry = digit / 10
        }
        return carry == 0 ? sum : [0x31] + sum
    }
}

extension Int64 {
    /// The seconds in a number of minutes.
    static func minutes(_ count: Int64) -> Int64 { count * 60 }
    /// The seconds in a number of hours.
    static func hours(_ count: Int64) -> Int64 { count * 3600 }
    /// The seconds in a number of days.
    static func days(_ count: Int64) -> Int64 { count * 86_400 }
}
