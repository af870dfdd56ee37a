internal import Platform
internal import ReportModel
internal import Transport

/// The clock of a run, in Unix seconds. It continues from the time of day at its start and never jumps; for a target
/// with an accelerated clock it runs at the same speed.
package struct RunClock: Sendable {
    /// The speed: how many seconds pass in one real second.
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

    /// Returns how much time passes on this clock in some real nanoseconds.
    func seconds(of nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 * speed }

    /// Returns how much real time some seconds on this clock take.
    func duration(of seconds: Double) -> Duration { .nanoseconds(Int64(max(0, seconds) / speed * 1e9)) }
}
