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

    /// What must come back.
    public struct Expected: Sendable, Hashable {
        /// The decision.
        public var observation: String
        /// The statuses that are right; empty for any that says the decision.
        public var statuses: [Int]
    }

    /// What a target did with one request.
    public struct Observed: Sendable, Hashable {
        /// Accepted, rejected, crashed, silent or odd; `nil` when nothing reached the target.
        public var observation: Observation?
        /// The status; `nil` when there was no answer.
        public var status: Int?
        /// Why there was no answer.
        public var failure: String?
    }

    /// Whether it shows that the target can tell good from bad.
    public var isDiscriminating: Bool {
        outcome == .pass && expected.observation == Expectation.Decision.rejected.rawValue
            && observed?.observation == .rejected && control?.observation == .accepted
    }
}
