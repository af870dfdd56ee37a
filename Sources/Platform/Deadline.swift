/// A point in time by which something must have happened, however many steps it takes.
package struct Deadline: Sendable, Hashable, Comparable {
    /// The point, on `MonotonicClock`.
    package let nanoseconds: UInt64

    /// Sets a deadline at a point on `MonotonicClock`.
    package init(atNanoseconds nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// Sets a deadline some time from now; a duration too long to count means never.
    package init(after duration: Duration) {
        self.init(atNanoseconds: Self.sum(MonotonicClock.nanoseconds(), duration.wholeNanoseconds))
    }

    /// A deadline that never passes.
    package static let never = Deadline(atNanoseconds: .max)

    package static func < (first: Deadline, second: Deadline) -> Bool { first.nanoseconds < second.nanoseconds }

    /// Adds without overflow.
    package static func sum(_ start: UInt64, _ length: UInt64) -> UInt64 {
        let (sum, overflows) = start.addingReportingOverflow(length)
        return overflows ? .max : sum
    }

    /// The nanoseconds left, 0 once it has passed.
    package var remaining: UInt64 {
        let now = MonotonicClock.nanoseconds()
        return nanoseconds > now ? nanoseconds - now : 0
    }

    /// Whether it has passed.
    package var hasPassed: Bool { remaining == 0 }

    /// The milliseconds left for `poll`, rounded up so that it does not spin; -1 for never.
    package var pollTimeout: Int32 {
        guard nanoseconds != .max else { return -1 }
        let left = remaining
        return Int32(clamping: left / 1_000_000 + (left % 1_000_000 == 0 ? 0 : 1))
    }
}

extension Duration {
    /// The length in nanoseconds: 0 for a negative one, the greatest number for one too long to count.
    package var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (scaled, overflows) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflows ? .max : Deadline.sum(scaled, UInt64(attoseconds) / 1_000_000_000)
    }
}
