public import Catalogue
public import Schemes

/// What one case came to.
public struct CaseResult: Sendable, Hashable {
    /// The case's id.
    public var id: String
    /// Its family.
    public var family: String
    /// What a sound endpoint does.
    public var title: String
    /// How much it asks in this scheme.
    public var level: Level
    /// How bad a failure is.
    public var severity: Severity
    /// CWE numbers.
    public var cwe: [Int]
    /// Clauses of the document that it tests.
    public var clauses: [Clause]
    /// Entries of the flaw catalogue.
    public var covers: [String]
    /// What it came to.
    public var outcome: Outcome
    /// What kind of harm a failure is.
    public var impact: Impact?
    /// Why it is inconclusive or skipped.
    public var reason: String?
    /// What must come back.
    public var expected: Expected
    /// What the target did with the probe; `nil` when it was not sent.
    public var observed: Observed?
    /// What the target did with the control; `nil` when it was not sent.
    public var control: Observed?
    /// Why it matters.
    public var why: String
    /// How to mend a failure.
    public var fix: String
    /// In which aspects the probe differs from its control, in words.
    public var changes: [String]

    /// Creates a result.
    public init(
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
    public struct Expected: Sendable, Hashable {
        /// The decision.
        public var observation: String
        /// The statuses that are right; empty for any that says the decision.
        public var statuses: [Int]

        /// Creates an expectation.
        public init(observation: String, statuses: [Int]) {
            self.observation = observation
            self.statuses = statuses
        }
    }

    /// What a target did with one request.
    public struct Observed: Sendable, Hashable {
        /// Accepted, rejected, crashed, silent or odd; `nil` when nothing reached the target.
        public var observation: Observation?
        /// The status; `nil` when there was no answer.
        public var status: Int?
        /// Why there was no answer.
        public var failure: String?

        /// Creates an account of one request.
        public init(observation: Observation?, status: Int? = nil, failure: String? = nil) {
            self.observation = observation
            self.status = status
            self.failure = failure
        }
    }

    /// Whether it shows that the target can tell good from bad.
    public var isDiscriminating: Bool {
        outcome == .pass && expected.observation == Expectation.Decision.rejected.rawValue
            && observed?.observation == .rejected && control?.observation == .accepted
    }
}
