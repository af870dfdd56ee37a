package import ReportModel
package import Schemes

/// One recipe: a control, a probe that differs from it in one way, and the expected answer.
package struct Case: CaseDescription {
    /// The stable, path-like id: family and name.
    package let id: String
    /// What a sound endpoint does, in one sentence.
    package let title: String
    /// The highest level it can have. A scheme whose document asks for less lowers it: see `level(in:)`.
    package let ceiling: Level
    /// The subject; a failure breaks the scheme's clauses on it.
    package let topic: Topic
    /// How bad a failure is.
    package let severity: Severity
    /// The kinds of weakness, as CWE numbers.
    package let cwe: [Int]
    /// The entries of the flaw catalogue that it covers, such as `E07`.
    package let covers: [String]
    /// What a scheme must have for the case to apply.
    package let needs: [Need]
    /// The only aspects in which the probe may differ from its control.
    package let changes: Change
    /// The expected answer.
    package let expectation: Expectation
    /// Why it matters.
    package let why: String
    /// How to fix a failure.
    package let fix: String
    /// The smallest profile that runs it.
    package let profile: Profile
    /// Why the case is kept although it catches no flaw of the reference endpoint; `nil` for every other case.
    package var keptFor: Keeping? { reasonToKeep ?? KeptCases.reasons[id] }

    private let reasonToKeep: Keeping?
    private let control: @Sendable (inout Draft) -> Void
    private let probe: @Sendable (inout Draft) -> Void

    /// Creates a case. The closures are the recipes: they edit the draft of a valid request.
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

    /// Returns the signed control.
    package func controlRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        return draft.signedRequest()
    }

    /// Returns the signed probe: the control with the one change.
    package func probeRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        probe(&draft)
        return draft.signedRequest()
    }
}

extension Level {
    /// Returns the level a scheme's document supports on a topic, at most this one.
    func asked(on topic: Topic, by scheme: Scheme) -> Level {
        let said = scheme.clauses(on: topic).map(\.level)
        if said.contains(.open) || said.contains(.may) { return .may }
        return min(self, said.contains(.must) || topic == .transport ? .must : .should)
    }
}
