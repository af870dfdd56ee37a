internal import Catalogue
internal import ReportModel

extension Flaw {
    static let changesIgnored = Flaw(
        "changes-ignored", covers: ["H06"], needs: [.only(["scaiwave", "vaultysclaw"])],
        caughtBy: ["lifecycle/patch-ignored", "lifecycle/paused", "lifecycle/deleted", "lifecycle/disabled"],
        "It answers that a bridge was changed, and changes nothing.",
        explanation: "Your endpoint confirms a pause, a change or a deletion that never happens."
    ) { $0.rules.changes = false }
}
