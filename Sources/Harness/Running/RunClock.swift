internal import Platform
internal import ReportModel
internal import Synchronization
internal import Transport

/// The clock of a run, in Unix seconds. It continues from the time of day at its start and is never set; for a target
/// with an accelerated clock it runs at the same speed.
package final class RunClock: Sendable {
    /// What a wait does.
    package enum Waiting: Sendable {
        /// It lasts as long as it should.
        case sleeps
        /// It takes no time, and the clock goes forward by its length and never by itself. Only for a target that goes by
        /// this clock, and a run that does one thing at a time.
        case skips
    }

    /// The speed: how many seconds pass in one real second.
    package let speed: Double
    /// What a wait does.
    package let waiting: Waiting

    private let wall: Double
    private let start: UInt64
    private let skipped = Atomic<UInt64>(0)

    /// Starts a clock.
    ///
    /// - Parameter wall: its time, in Unix seconds.
    package init(
        speed: Double = 1, waiting: Waiting = .sleeps, at wall: Double = Double(WallClock.nanoseconds()) / 1e9
    ) {
        self.speed = speed
        self.waiting = waiting
        self.wall = wall
        start = MonotonicClock.nanoseconds()
    }

    /// Now.
    package var seconds: Double { wall + seconds(of: nanoseconds - start) }

    /// Now, rounded down.
    package var wholeSeconds: Int64 { Int64(seconds.rounded(.down)) }

    /// Returns how much time passes on this clock in some real nanoseconds.
    func seconds(of nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 * speed }

    /// Returns how much real time some seconds on this clock take.
    func duration(of seconds: Double) -> Duration { .nanoseconds(Int64(max(0, seconds) / speed * 1e9)) }

    /// Nanoseconds since an arbitrary start: of real time, or those that were skipped.
    var nanoseconds: UInt64 {
        switch waiting {
        case .sleeps: MonotonicClock.nanoseconds()
        case .skips: start + skipped.load(ordering: .relaxed)
        }
    }

    /// Waits, in real time.
    func pause(_ span: Duration) {
        switch waiting {
        case .sleeps: MonotonicClock.pause(span)
        case .skips: skipped.wrappingAdd(span.wholeNanoseconds, ordering: .relaxed)
        }
    }

    /// Waits in real time and looks around now and then.
    ///
    /// - Parameter goesOn: whether to wait any longer; asked several times a second.
    /// - Returns: whether the time passed.
    func pause(_ span: Duration, while goesOn: () -> Bool) -> Bool {
        let end = Deadline.sum(nanoseconds, span.wholeNanoseconds)
        while true {
            guard goesOn() else { return false }
            let now = nanoseconds
            guard now < end else { return true }
            let rest = end - now
            pause(.nanoseconds(Int64(clamping: waiting == .skips ? rest : min(rest, 50_000_000))))
        }
    }
}
