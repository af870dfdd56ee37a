internal import Catalogue
internal import ReportModel

extension Flaw {
    static let createdPaused = Flaw(
        "created-paused", covers: ["H03"], needs: [.only(["scaiwave"])], caughtBy: ["lifecycle/created-accepts"],
        "It makes bridges that accept nothing at first.",
        explanation: "Your endpoint hands out the secret of a bridge that refuses its first messages."
    ) { $0.rules.createsRunning = false }
}
