#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Clocks and waiting.
extension System {
    package static func monotonicNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }

    package static func wallClockSeconds() -> Int64 { Int64(nanoseconds(of: CLOCK_REALTIME) / 1_000_000_000) }

    package static func wallClockNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_REALTIME) }

    /// Lets a moment pass; a signal may end it early.
    package static func pause(nanoseconds: UInt64) {
        var moment = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        nanosleep(&moment, nil)
    }

    private static func nanoseconds(of clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
