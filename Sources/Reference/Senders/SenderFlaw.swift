package import Catalogue
package import Schemes

/// A named, deliberate defect of the reference sender.
package struct SenderFlaw: Sendable {
    /// The name in kebab case, such as `keeps-timestamp`.
    package let id: String
    /// What it does wrong, in one sentence.
    package let title: String
    /// The entries of the flaw catalogue that it demonstrates, such as `S03`.
    package let covers: [String]
    /// What a scheme must have for it to apply.
    package let needs: [Requirement]
    /// The cases that are declared to catch it.
    package let caughtBy: [CaseGlob]
    /// Puts the defect into a sender's behaviour.
    package let apply: @Sendable (inout SendingBehaviour) -> Void

    init(
        _ id: String, covers: [String], needs: [Requirement] = [], caughtBy: [String], _ title: String,
        apply: @escaping @Sendable (inout SendingBehaviour) -> Void
    ) {
        self.id = id
        self.title = title
        self.covers = covers
        self.needs = needs
        self.caughtBy = caughtBy.map(CaseGlob.init)
        self.apply = apply
    }

    /// Whether it applies to a scheme.
    package func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Whether a case is declared to catch it.
    package func isCaught(by id: String) -> Bool { caughtBy.contains { $0.matches(id) } }
}
