internal import ReportModel
internal import Subjects
internal import Synchronization
internal import Transport

/// How the target refuses wrong signatures, where it always does so in a way that is no refusal by itself: with an error,
/// a redirect or a close. That is one fault of its answers, and not one of each case.
final class RefusalHabit: Sendable {
    private let habit = Mutex<Exchanger.Sent?>(nil)

    /// A request with a wrong signature whose answer shows the habit; `nil` where there is none.
    var example: Exchanger.Sent? { habit.withLock { $0 } }

    /// Learns the habit from the answers to some wrong signatures, which must be alike.
    func learn(from answers: [Exchanger.Sent]) {
        guard let first = answers.first, answers.allSatisfy({ Self.isAlike($0.observed, first.observed) }) else {
            return
        }
        switch first.observation {
        case .crashed, .silent, .odd: habit.withLock { $0 = first }
        case .accepted, .rejected, nil: break
        }
    }

    /// What an answer shows when the habit is known.
    func reading(of observed: Observed, _ observation: Observation?) -> Observation? {
        switch observation {
        case .crashed, .silent, .odd:
            guard let example, Self.isAlike(observed, example.observed) else { return observation }
            return .rejected
        case .accepted, .rejected, nil: return observation
        }
    }

    private static func isAlike(_ one: Observed, _ other: Observed) -> Bool {
        switch (one.result, other.result) {
        case (.success(let one), .success(let other)): one.status == other.status && !one.limitsTheRate
        case (.failure(let one), .failure(let other)): one.kind == other.kind && one.kind != .notReached
        case (.success, .failure), (.failure, .success): false
        }
    }
}
