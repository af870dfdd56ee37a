internal import Catalogue
internal import ReportModel

extension Flaw {
    static let listHoldsSecrets = Flaw(
        "list-holds-secrets", covers: ["S10"], needs: [.only(["vaultysclaw"])], caughtBy: ["lifecycle/secret-in-list"],
        "Its list of bridges holds their secrets.",
        explanation: "Your endpoint shows the secrets of all bridges to who may list them."
    ) { $0.rules.listsSecrets = true }
}
