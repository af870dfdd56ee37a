#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The clock for measurements and deadlines; it never goes back.
package enum MonotonicClock {
    /// Nanoseconds since an arbitrary start.
    package static func nanoseconds() -> UInt64 { timespec(now: CLOCK_MONOTONIC).nanoseconds }

    /// Lets a span of time pass; a signal may end it early.
    package static func pause(_ span: Duration) {
        var moment = timespec(nanoseconds: span.wholeNanoseconds)
        nanosleep(&moment, nil)
    }

    /// Keeps the processor busy for at least this long: the system's pauses are longer by microseconds.
    ///
    /// - Returns: when it began and when it ended.
    package static func spin(nanoseconds span: UInt64) -> (began: UInt64, ended: UInt64) {
        let began = nanoseconds()
        var now: UInt64
        repeat { now = nanoseconds() } while now &- began < span
        return (began, now)
    }
}

/// The time of day, which may jump; spans are measured with `MonotonicClock`.
package enum WallClock {
    /// Nanoseconds since 1970-01-01T00:00:00Z; 0 before.
    package static func nanoseconds() -> UInt64 { timespec(now: CLOCK_REALTIME).nanoseconds }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    package static func seconds() -> Int64 { Int64(timespec(now: CLOCK_REALTIME).tv_sec) }
}

extension timespec {
    init(now clock: clockid_t) {
        self.init()
        clock_gettime(clock, &self)
    }

    init(nanoseconds: UInt64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }

    /// The length in nanoseconds; 0 for a negative one.
    var nanoseconds: UInt64 { tv_sec < 0 ? 0 : UInt64(tv_sec) &* 1_000_000_000 &+ UInt64(tv_nsec) }
}
