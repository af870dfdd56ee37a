internal import Bytes

extension TimestampRule {
    /// Reads Unix seconds in plain decimal digits: no sign, no space, no leading zero (E05, E06), nothing that
    /// overflows (E10).
    package static func seconds(_ text: ArraySlice<UInt8>) -> Int64? {
        ASCII.decimal(text).flatMap(Int64.init(exactly:))
    }
}

extension Freshness {
    /// Returns why a timestamp is rejected, or `nil` when it is fresh. The distance counts in both directions (E07),
    /// without overflow.
    package func rejection(of timestamp: Int64, now: Int64) -> Rejection? {
        let (age, overflow) = now.subtractingReportingOverflow(timestamp)
        if overflow { return timestamp < now ? .tooOld : .tooFarAhead }
        if age > past { return .tooOld }
        if let future, age < -future { return .tooFarAhead }
        return nil
    }
}
