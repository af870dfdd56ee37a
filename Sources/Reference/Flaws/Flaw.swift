package import Catalogue
package import Schemes

/// A named, deliberate defect of the reference endpoint.
/// Flaws prove the harness, which must catch each of them, and help to diagnose real endpoints, which fail the cases
/// that a flaw fails.
package struct Flaw: Sendable {
    /// The name in kebab case, such as `future-accepted`.
    package let id: String
    /// What it does wrong, in one sentence.
    package let title: String
    /// What a diagnosis tells the owner of an endpoint.
    package let explanation: String
    /// The entries of the flaw catalogue that it demonstrates, such as `E07`.
    package let covers: [String]
    /// What a scheme must have for it to apply.
    package let needs: [Requirement]
    /// The cases that are declared to catch it, by id or glob.
    package let caughtBy: [CaseGlob]
    /// Whether it may reject the plain valid request, which makes a run inconclusive rather than failed.
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

    /// Whether it applies to a scheme.
    package func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Whether a case is declared to catch it.
    package func isCaught(by id: String) -> Bool { caughtBy.contains { $0.matches(id) } }
}
