package import ReportModel
package import Schemes

/// One recipe: a control, a probe that differs from it in one way, and what must come back.
package struct Case: CaseDescription {
    /// The stable, path-like name: family and name.
    package let id: String
    /// What a sound endpoint does, in one sentence.
    package let title: String
    /// The most that is asked. A scheme whose document says less, asks less: see `level(in:)`.
    package let ceiling: Level
    /// What it is about; the scheme's clauses on it are those that a failure breaks.
    package let topic: Topic
    /// How bad a failure is.
    package let severity: Severity
    /// The kinds of weakness (CWE numbers).
    package let cwe: [Int]
    /// The entries of the flaw catalogue that it covers, such as `E07`.
    package let covers: [String]
    /// What a scheme must have for the case to make sense.
    package let needs: [Need]
    /// The only aspects of the request in which the probe differs from its control.
    package let changes: Change
    /// What must come back.
    package let expectation: Expectation
    /// Why it matters.
    package let why: String
    /// How to mend a failure.
    package let fix: String
    /// The smallest profile that runs it.
    package let profile: Profile
    /// Why it stays although no flaw of the reference endpoint needs it to be caught; `nil` for every other case.
    package var keptFor: Keeping? { reasonToKeep ?? KeptCases.reasons[id] }

    private let reasonToKeep: Keeping?
    private let control: @Sendable (inout Draft) -> Void
    private let probe: @Sendable (inout Draft) -> Void

    /// Creates a case. The closures are recipes: they change the draft of a valid request.
    package init(
        _ id: String, _ ceiling: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Need] = [], changes: Change, _ title: String, why: String, fix: String, expect: Expectation,
        profile: Profile = .standard, keptFor: Keeping? = nil,
        control: @escaping @Sendable (inout Draft) -> Void = { _ in },
        probe: @escaping @Sendable (inout Draft) -> Void
    ) {
        self.id = id
        self.ceiling = ceiling
        self.topic = topic
        self.severity = severity
        self.covers = covers
        self.cwe = cwe
        self.needs = needs
        self.changes = changes
        self.title = title
        self.why = why
        self.fix = fix
        expectation = expect
        self.profile = profile
        reasonToKeep = keptFor
        self.control = control
        self.probe = probe
    }

    /// Gives the control of the case, signed.
    package func controlRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        return draft.signedRequest()
    }

    /// Gives the probe of the case, signed: the control with the one change.
    package func probeRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        probe(&draft)
        return draft.signedRequest()
    }
}

extension Level {
    /// Gives how much a scheme's document asks on a topic, with this as the most.
    func asked(on topic: Topic, by scheme: Scheme) -> Level {
        let said = scheme.clauses(on: topic).map(\.level)
        if said.contains(.open) || said.contains(.may) { return .may }
        return min(self, said.contains(.must) || topic == .transport ? .must : .should)
    }
}
