internal import Platform
internal import Subjects
internal import Synchronization

/// How long an answer to a request is awaited that may be refused: less and less where the target refuses by silence,
/// and never so little that an answer as slow as any before would be missed.
final class Patience: Sendable {
    private struct Seen {
        var silences: UInt64 = 0
        var slowest: UInt64 = 0
    }

    private let longest: UInt64
    private let seen = Mutex(Seen())

    /// Nobody refuses faster than a busy server wakes.
    private static let least: UInt64 = 200_000_000
    private static let factor: UInt64 = 20

    /// Begins with a patience that becomes no longer.
    init(_ longest: Duration) { self.longest = longest.wholeNanoseconds }

    /// The time for the next answer; `nil` while it is the usual one.
    var next: Duration? {
        let seen = seen.withLock { $0 }
        guard seen.silences > 0 else { return nil }
        let least = max(Self.least, seen.slowest &* Self.factor)
        return .nanoseconds(Int64(clamping: min(longest, max(least, longest >> min(seen.silences, 63)))))
    }

    /// Takes note of how long an answer took.
    func note(_ observed: Observed) {
        seen.withLock { seen in
            switch observed.result {
            case .success: seen.slowest = max(seen.slowest, observed.nanoseconds)
            case .failure(let failure): if failure.kind == .silent { seen.silences += 1 }
            }
        }
    }
}
