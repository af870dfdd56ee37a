internal import Platform
internal import ReportModel
internal import Transport

/// The clock of a run, in Unix seconds. It goes on from the time of day at its start and never jumps; for a target whose
/// clock runs fast on purpose it runs as fast.
package struct RunClock: Sendable {
    /// How many seconds pass in one.
    package let speed: Double

    private let wall: Double
    private let start: UInt64

    /// Starts a clock.
    package init(speed: Double = 1) {
        self.speed = speed
        wall = Double(WallClock.nanoseconds()) / 1e9
        start = MonotonicClock.nanoseconds()
    }

    /// Now.
    package var seconds: Double { wall + seconds(of: MonotonicClock.nanoseconds() - start) }

    /// Now, rounded down.
    package var wholeSeconds: Int64 { Int64(seconds.rounded(.down)) }

    /// How much time passes on this clock in some nanoseconds.
    func seconds(of nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 * speed }

    /// How long it really takes until some seconds have passed on this clock.
    func duration(of seconds: Double) -> Duration { .nanoseconds(Int64(max(0, seconds) / speed * 1e9)) }
}
