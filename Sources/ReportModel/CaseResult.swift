package import Schemes

/// The result of one case.
@dynamicMemberLookup
package struct CaseResult: Sendable, Hashable {
    /// The case, with the level that it has in the run's scheme.
    package var info: CaseInfo
    /// Clauses of the scheme's document that it tests.
    package var clauses: [Clause]
    /// The aspects in which the probe differs from its control.
    package var changes: Change
    /// The expected answer.
    package var expected: Expected
    /// The outcome.
    package var outcome: Outcome
    /// What kind of harm a failure is.
    package var impact: Impact?
    /// Why it was skipped or is inconclusive, or what a scenario found.
    package var reason: Reason?
    /// Why a failure does not fail the run; `nil` when the outcome is another than `waived`.
    package var excuse: Excuse?
    /// What the target did with the probe; `nil` when it was not sent.
    package var observed: Observed?
    /// What the target did with the control; `nil` when it was not sent.
    package var control: Observed?

    /// Creates a result.
    package init(
        info: CaseInfo, clauses: [Clause], changes: Change, expected: Expected, outcome: Outcome,
        impact: Impact? = nil, reason: Reason? = nil, observed: Observed? = nil, control: Observed? = nil
    ) {
        self.info = info
        self.clauses = clauses
        self.changes = changes
        self.expected = expected
        self.outcome = outcome
        self.impact = impact
        self.reason = reason
        self.observed = observed
        self.control = control
    }

    /// The description of the case.
    package subscript<Value>(dynamicMember path: KeyPath<CaseInfo, Value>) -> Value { info[keyPath: path] }

    /// The expected answer.
    package struct Expected: Sendable, Hashable {
        /// The decision.
        package var decision: Decision
        /// The acceptable statuses; empty when any status that expresses the decision is acceptable.
        package var statuses: [Int]

        /// Creates an expectation.
        package init(decision: Decision, statuses: [Int]) {
            self.decision = decision
            self.statuses = statuses
        }
    }

    /// What a target did with one request.
    package struct Observed: Sendable, Hashable {
        /// The observation; `nil` when nothing reached the target.
        package var observation: Observation?
        /// The status; `nil` when there was no answer.
        package var status: Int?
        /// Why there was no answer.
        package var failure: String?
        /// Whether it took effect; `nil` when that could not be seen.
        package var effect: Bool?

        /// Creates an observation of one request.
        package init(
            observation: Observation?, status: Int? = nil, failure: String? = nil, effect: Bool? = nil
        ) {
            self.observation = observation
            self.status = status
            self.failure = failure
            self.effect = effect
        }

        /// Whether it was refused: where its effect could be seen, the answer does not count.
        var isRefused: Bool {
            switch (observation, effect) {
            case (.rejected, nil), (.rejected, false), (.accepted, false): true
            default: false
            }
        }
    }

    /// Whether it was skipped because the run ended before it.
    package var wasNotReached: Bool {
        [.skipped(.firstFailure), .skipped(.interrupted), .skipped(.outOfTime)].contains(reason)
    }

    /// Whether it shows that the verdicts of the run do not follow from the requests.
    package var isUnsteady: Bool { if case .unsteady = reason { outcome == .fail } else { false } }

    /// Whether it shows that the target can tell valid requests from invalid ones; of a sender, that its deliveries
    /// verify.
    package var isDiscriminating: Bool {
        guard outcome == .pass, control?.observation == .accepted else { return false }
        return switch expected.decision {
        case .rejected: observed?.isRefused == true
        case .delivered: observed?.observation == .accepted
        case .accepted, .either: false
        }
    }
}
