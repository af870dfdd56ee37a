package import Catalogue
package import Schemes

/// A named, deliberate defect of the reference endpoint.
///
/// Flaws prove the harness, which must catch each one, and explain real endpoints, which fail where a flaw fails.
package struct Flaw: Sendable {
    /// The name in kebab case, such as `future-accepted`.
    package let id: String
    /// What it does wrong, in one sentence.
    package let title: String
    /// The sentence that a diagnosis prints, to the owner of the endpoint.
    package let explanation: String
    /// The entries of the flaw catalogue that it shows, such as `E07`.
    package let covers: [String]
    /// What a scheme must have for it to make sense.
    package let needs: [Requirement]
    /// The cases that are declared to catch it, by id or glob.
    package let caughtBy: [CaseGlob]
    /// Whether it may refuse the plain valid request, so that a run is inconclusive and not merely red.
    package let mayRefuseControl: Bool
    /// Puts the defect into an endpoint's behaviour.
    package let apply: @Sendable (inout Behaviour) -> Void

    /// Creates a flaw. The closure changes one decision of a sound endpoint.
    init(
        _ id: String, covers: [String], needs: [Requirement] = [], caughtBy: [String], mayRefuseControl: Bool = false,
        _ title: String, explanation: String, apply: @escaping @Sendable (inout Behaviour) -> Void
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
    package func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Tells whether a case is declared to catch it.
    package func isCaught(by id: String) -> Bool { caughtBy.contains { $0.matches(id) } }
}
