internal import Catalogue
internal import ReportModel

extension Flaw {
    static let disabledStillTaken = Flaw(
        "disabled-still-taken", covers: ["H06"], needs: [.only(["vaultysclaw"])], caughtBy: ["lifecycle/disabled"],
        "It takes messages for a bridge that is disabled.",
        explanation: "Your endpoint goes on taking messages while the bridge is disabled."
    ) { $0.takesInSpite { $0.setRunning(true, now: 0) } }
}
