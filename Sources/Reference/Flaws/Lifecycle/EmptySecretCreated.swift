internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let emptySecretCreated = Flaw(
        "empty-secret-created", covers: ["A04", "A05"], needs: [.only(["vaultysclaw"])],
        caughtBy: ["lifecycle/empty-secret"],
        "It makes a bridge with an empty secret, and verifies with the empty key.",
        explanation: "Your endpoint lets a bridge have an empty secret, with which anyone can sign."
    ) { behaviour in
        behaviour.rules.wantsFilledSecret = false
        behaviour.alsoTries { $0.isEmpty ? [[]] : [] }
    }
}
