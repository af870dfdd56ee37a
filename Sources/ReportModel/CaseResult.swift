package import Schemes

/// What one case came to.
package struct CaseResult: Sendable, Hashable {
    /// The case's id.
    package var id: String
    /// Its family.
    package var family: String
    /// What a sound endpoint does.
    package var title: String
    /// How much it asks in this scheme.
    package var level: Level
    /// How bad a failure is.
    package var severity: Severity
    /// CWE numbers.
    package var cwe: [Int]
    /// Clauses of the document that it tests.
    package var clauses: [Clause]
    /// Entries of the flaw catalogue.
    package var covers: [String]
    /// What it came to.
    package var outcome: Outcome
    /// What kind of harm a failure is.
    package var impact: Impact?
    /// Why it is inconclusive or skipped.
    package var reason: String?
    /// What must come back.
    package var expected: Expected
    /// What the target did with the probe; `nil` when it was not sent.
    package var observed: Observed?
    /// What the target did with the control; `nil` when it was not sent.
    package var control: Observed?
    /// Why it matters.
    package var why: String
    /// How to mend a failure.
    package var fix: String
    /// In which aspects the probe differs from its control, in words.
    package var changes: [String]

    /// Creates a result.
    package init(
        id: String, family: String, title: String, level: Level, severity: Severity, cwe: [Int], clauses: [Clause],
        covers: [String], outcome: Outcome, impact: Impact? = nil, reason: String? = nil, expected: Expected,
        observed: Observed? = nil, control: Observed? = nil, why: String, fix: String, changes: [String]
    ) {
        self.id = id
        self.family = family
        self.title = title
        self.level = level
        self.severity = severity
        self.cwe = cwe
        self.clauses = clauses
        self.covers = covers
        self.outcome = outcome
        self.impact = impact
        self.reason = reason
        self.expected = expected
        self.observed = observed
        self.control = control
        self.why = why
        self.fix = fix
        self.changes = changes
    }

    /// What must come back.
    package struct Expected: Sendable, Hashable {
        /// The decision.
        package var observation: String
        /// The statuses that are right; empty for any that says the decision.
        package var statuses: [Int]

        /// Creates an expectation.
        package init(observation: String, statuses: [Int]) {
            self.observation = observation
            self.statuses = statuses
        }
    }

    /// What a target did with one request.
    package struct Observed: Sendable, Hashable {
        /// Accepted, rejected, crashed, silent or odd; `nil` when nothing reached the target.
        package var observation: Observation?
        /// The status; `nil` when there was no answer.
        package var status: Int?
        /// Why there was no answer.
        package var failure: String?

        /// Creates an account of one request.
        package init(observation: Observation?, status: Int? = nil, failure: String? = nil) {
            self.observation = observation
            self.status = status
            self.failure = failure
        }
    }

    /// Whether it shows that the target can tell good from bad.
    package var isDiscriminating: Bool {
        outcome == .pass && expected.observation == Decision.rejected.rawValue
            && observed?.observation == .rejected && control?.observation == .accepted
    }
}
