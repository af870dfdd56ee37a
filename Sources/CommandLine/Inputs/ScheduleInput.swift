internal import Arguments
internal import Bytes

/// The waits between the attempts of a sender.
enum ScheduleInput {
    static let schedule = Option<[Int]?>(
        "schedule", value: "waits", .schedule,
        help: "The waits before the second, third, … attempt that the sender is set to, such as 5s,5m,30m, instead of "
            + "the documented ones.", group: "Pace")
}

extension ValueForm<[Int]> {
    /// Waits in seconds, minutes, hours or days, with commas between them.
    static let schedule = ValueForm { text throws(InvalidValue) in
        let parts = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        var waits = [Int]()
        for part in parts {
            guard let unit = units[part.last ?? 0], let number = ASCII.decimal(Array(part.dropLast())),
                number <= UInt64(longest / unit), parts.count <= 50
            else {
                throw InvalidValue(
                    "Write up to 50 waits of at most 7 days, each a whole number and s, m, h or d, such as 5s,5m,30m.")
            }
            waits.append(Int(number) * unit)
        }
        return waits
    }

    private static let units: [UInt8: Int] = [
        UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600, UInt8(ascii: "d"): 86_400,
    ]

    private static let longest = 7 * 86_400
}
