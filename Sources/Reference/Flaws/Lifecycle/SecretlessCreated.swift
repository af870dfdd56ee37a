internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let secretlessCreated = Flaw(
        "secretless-created", covers: ["A06"], needs: [.only(["vaultysclaw"])], caughtBy: ["lifecycle/no-secret"],
        "It makes a bridge without a secret, and then verifies nothing.",
        explanation: "Your endpoint skips the verification for a bridge that has no secret."
    ) { behaviour in
        behaviour.rules.wantsSecret = false
        behaviour.letsIn { _, received in received.secrets.isEmpty && !received.state.isDeleted }
    }
}
