public import Catalogue
public import Schemes

/// A named, deliberate defect of the reference endpoint.
///
/// Flaws prove the harness, which must catch each one, and explain real endpoints, which fail where a flaw fails.
public struct Flaw: Sendable {
    /// The name in kebab case, such as `future-accepted`.
    public let id: String
    /// What it does wrong, in one sentence.
    public let title: String
    /// The sentence that a diagnosis prints, to the owner of the endpoint.
    public let explanation: String
    /// The entries of the flaw catalogue that it shows, such as `E07`.
    public let covers: [String]
    /// What a scheme must have for it to make sense.
    public let needs: [Need]
    /// The cases that are declared to catch it, by id or glob.
    public let caughtBy: [CaseGlob]
    /// Whether it may refuse the plain valid request, so that a run is inconclusive and not merely red.
    public let mayRefuseControl: Bool
    /// Puts the defect into an endpoint's behaviour.
    public let apply: @Sendable (inout EndpointBehaviour) -> Void

    /// Creates a flaw. The closure changes one decision of a sound endpoint.
    init(
        _ id: String, covers: [String], needs: [Need] = [], caughtBy: [String], mayRefuseControl: Bool = false,
        _ title: String, explanation: String, apply: @escaping @Sendable (inout EndpointBehaviour) -> Void
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.covers = covers
        self.needs = needs
        self.caughtBy = caughtBy.map(CaseGlob.init)
        self.mayRefuseControl = mayRefuseControl
        self.apply = apply
    }

    /// Tells whether it makes sense for a scheme.
    public func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Tells whether a case is declared to catch it.
    public func isCaught(by id: String) -> Bool { caughtBy.contains { $0.matches(id) } }
}
