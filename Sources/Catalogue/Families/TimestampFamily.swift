internal import Bytes
internal import Schemes

/// The age of a request, and how its timestamp is written.
enum TimestampFamily {
    static let cases: [Case] = ages

    private static let ages: [Case] = [
        Case(
            "timestamp/future-one-year", .must, .future, .medium, covers: ["E07"], cwe: [294, 1284],
            needs: [.timestamp], changes: .signedTimestamp,
            "A correctly signed request stamped a year ahead is refused.",
            why: "A captured request would stay good for a year.",
            fix: "Refuse when the distance from now, either way, exceeds the tolerance.", expect: .rejected,
            profile: .smoke
        ) { $0.timestamp = $0.stamp(after: .days(365)) }
    ]
}

extension Int64 {
    /// Seconds in some minutes.
    static func minutes(_ count: Int64) -> Int64 { count * 60 }
    /// Seconds in some hours.
    static func hours(_ count: Int64) -> Int64 { count * 3600 }
    /// Seconds in some days.
    static func days(_ count: Int64) -> Int64 { count * 86_400 }
}
