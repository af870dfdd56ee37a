/// The time of day, which may jump; spans are measured with `MonotonicClock`.
package enum WallClock {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    package static func nanoseconds() -> UInt64 { System.wallClockNanoseconds() }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    package static func seconds() -> Int64 { System.wallClockSeconds() }
}

extension MonotonicClock {
    /// Lets a span of time pass; a signal may end it early.
    package static func pause(_ span: Duration) {
        let (seconds, attoseconds) = span.components
        guard seconds >= 0, attoseconds >= 0 else { return }
        System.pause(nanoseconds: UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000))
    }
}
