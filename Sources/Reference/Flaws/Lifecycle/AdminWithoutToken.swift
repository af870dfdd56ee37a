internal import Catalogue
internal import ReportModel

extension Flaw {
    static let adminWithoutToken = Flaw(
        "admin-without-token", covers: ["A13"], needs: [.only(["scaiwave", "vaultysclaw"])],
        caughtBy: ["lifecycle/admin-needs-token", "lifecycle/admin-needs-session"],
        "Its administrative interface asks for no token.",
        explanation: "Your endpoint lets anyone make, change and delete bridges."
    ) { $0.rules.asksForToken = false }
}
