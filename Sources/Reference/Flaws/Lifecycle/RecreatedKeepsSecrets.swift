internal import Catalogue
internal import ReportModel

extension Flaw {
    static let recreatedKeepsSecrets = Flaw(
        "recreated-keeps-secrets", covers: ["H06"], needs: [.only(["scaiwave", "vaultysclaw"])],
        caughtBy: ["lifecycle/recreated", "lifecycle/secrets-differ"],
        "A bridge in the place of a deleted one goes on with its secrets.",
        explanation: "Your endpoint accepts the secret of a deleted bridge at the one that took its place."
    ) { $0.rules.inheritsSecrets = true }
}
