internal import Catalogue
internal import ReportModel

extension Flaw {
    static let answersHoldSecrets = Flaw(
        "answers-hold-secrets", covers: ["S10"], needs: [.only(["scaiwave", "vaultysclaw"])],
        caughtBy: ["lifecycle/secret-in-answer", "lifecycle/config-in-answer"],
        "Its answers about a bridge hold the secret.",
        explanation: "Your endpoint shows a secret again that is write-only or shown once."
    ) { $0.rules.tellsSecrets = true }
}
