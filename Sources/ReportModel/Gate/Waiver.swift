internal import Bytes

/// A known failure that is tolerated until a day, as long as it stays the same failure.
package struct Waiver: Sendable, Hashable {
    /// The id of the case.
    package var caseID: String
    /// The failure that is tolerated.
    package var outcome: PinnedOutcome
    /// Why it is tolerated.
    package var reason: String
    /// Who has to see to it.
    package var owner: String
    /// Where it is tracked.
    package var issue: String
    /// The last day on which it is tolerated.
    package var expires: CalendarDay

    /// The longest time, in days, for which a failure may be waived.
    package static let longest: Int64 = 180

    /// Creates a waiver.
    package init(
        caseID: String, outcome: PinnedOutcome, reason: String, owner: String, issue: String, expires: CalendarDay
    ) {
        self.caseID = caseID
        self.outcome = outcome
        self.reason = reason
        self.owner = owner
        self.issue = issue
        self.expires = expires
    }
}

/// How a case is not met: the harm, and what the target did.
package struct PinnedOutcome: Sendable, Hashable {
    /// The harm.
    package var impact: Impact
    /// What the target did with the probe; `nil` for anything.
    package var observation: Observation?
    /// The status; `nil` for any.
    package var status: Int?

    /// Creates an outcome.
    package init(impact: Impact, observation: Observation? = nil, status: Int? = nil) {
        self.impact = impact
        self.observation = observation
        self.status = status
    }

    /// Reads a text such as `forgery: accepted 200`, `crash: silent` or `leak`.
    package init?(_ text: String) {
        let parts = text.split(separator: ": ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let impact = Impact(rawValue: parts[0]) else { return nil }
        self.init(impact: impact)
        guard parts.count == 2 else { return }
        let words = parts[1].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count <= 2, let observation = Observation(rawValue: words[0]) else { return nil }
        self.observation = observation
        guard words.count == 2 else { return }
        guard let status = ASCII.decimal(words[1].utf8), (100...999).contains(status) else { return nil }
        self.status = Int(status)
    }

    /// The outcome as text.
    package var text: String {
        guard let observation else { return impact.rawValue }
        return "\(impact.rawValue): \(observation.rawValue)" + (status.map { " \($0)" } ?? "")
    }

    /// Whether an outcome is this one; what is `nil` here may be anything there.
    package func includes(_ other: PinnedOutcome) -> Bool {
        impact == other.impact && (observation == nil || observation == other.observation)
            && (status == nil || status == other.status)
    }
}

extension CaseResult {
    /// How the case is not met; `nil` when it is met, or was not judged.
    package var unmet: PinnedOutcome? {
        guard let impact, outcome != .inconclusive, outcome != .skipped else { return nil }
        if case .controlRefused(let control) = reason {
            return PinnedOutcome(impact: impact, observation: control.observation, status: control.status)
        }
        return PinnedOutcome(impact: impact, observation: observed?.observation, status: observed?.status)
    }
}

/// Why a failure does not fail the run.
package enum Excuse: Sendable, Hashable {
    /// It is waived.
    case waiver(Waiver)
    /// It was there in the report of an earlier run, which has this id.
    case baseline(run: String)
}
