internal import Platform
internal import ReportModel
internal import Synchronization
internal import Transport

/// The pace of a run: a count of its requests, the rate they may not exceed, and what a limit of the target's does to it.
final class Pace: Sendable {
    private let clock: RunClock
    private let start: UInt64
    /// The time between two requests in nanoseconds; 0 for none.
    private let interval: Atomic<UInt64>
    private let next = Atomic<UInt64>(0)
    private let count = Atomic<Int>(0)
    private let limits = Mutex(Limits())

    private struct Limits {
        var wasMet = false
        var waited: UInt64 = 0
        /// How often in a row waiting did not help.
        var fruitless = 0
    }

    /// The longest that is waited once, and in a whole run.
    private static let longest: (once: Int64, inAll: UInt64) = (120, 600_000_000_000)
    private static let slowest: UInt64 = 2_000_000_000
    private static let mostFruitless = 3
    private static let tries = 4

    init(requestsPerSecond: Int?, clock: RunClock) {
        self.clock = clock
        start = clock.nanoseconds
        interval = Atomic(requestsPerSecond.map { 1_000_000_000 / UInt64(max(1, $0)) } ?? 0)
    }

    var requests: Int { count.load(ordering: .relaxed) }

    /// Whether the target limited the rate of requests.
    var wasLimited: Bool { limits.withLock { $0.wasMet } }

    /// Counts a request, and returns how long to wait before it may be sent.
    func takeSlot() -> Duration {
        count.wrappingAdd(1, ordering: .relaxed)
        let interval = interval.load(ordering: .relaxed)
        guard interval > 0 else { return .zero }
        let now = clock.nanoseconds
        // Each request takes the next slot; a slot that was missed is not made up for by a burst.
        var slot = next.load(ordering: .relaxed)
        while true {
            let mine = max(slot, now)
            let (exchanged, seen) = next.compareExchange(expected: slot, desired: mine + interval, ordering: .relaxed)
            if exchanged { return .nanoseconds(Int64(clamping: mine - now)) }
            slot = seen
        }
    }

    /// Slows the rest of the run down, and returns how long to wait before a limited request is sent again; `nil` when
    /// waiting is no use.
    ///
    /// - Parameters:
    ///   - seconds: what the target asked for; `nil` when it named no time.
    ///   - attempt: how often the request was limited before.
    func pause(asked seconds: Int64?, attempt: Int) -> UInt64? {
        limits.withLock { limits in
            limits.wasMet = true
            if attempt == 0 { slowDown() }
            let isTooLong = seconds.map { $0 > Self.longest.once } ?? false
            guard !isTooLong, attempt < Self.tries, limits.fruitless < Self.mostFruitless,
                limits.waited < Self.longest.inAll
            else { return nil }
            let pause = seconds.map { UInt64(max(0, $0)) * 1_000_000_000 } ?? 0
            let time = max(pause, 250_000_000 << UInt64(attempt))
            limits.waited += time
            return time
        }
    }

    /// Takes note of whether waiting helped.
    func waitingEnded(helped: Bool) { limits.withLock { $0.fruitless = helped ? 0 : $0.fruitless + 1 } }

    private func slowDown() {
        let average = (clock.nanoseconds - start) / UInt64(max(1, requests))
        let slower = max(interval.load(ordering: .relaxed), average, 1_000_000) * 2
        interval.store(min(slower, Self.slowest), ordering: .relaxed)
    }
}
