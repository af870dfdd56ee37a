internal import Catalogue
internal import ReportModel

extension Flaw {
    static let pausedStillTaken = Flaw(
        "paused-still-taken", covers: ["H06"], needs: [.only(["scaiwave"])], caughtBy: ["lifecycle/paused"],
        "It takes messages for a bridge that is paused.",
        explanation: "Your endpoint goes on taking messages while the bridge is paused."
    ) { $0.takesInSpite { $0.setRunning(true, now: 0) } }
}
