internal import Catalogue
internal import ReportModel

extension Flaw {
    static let deletedStillTaken = Flaw(
        "deleted-still-taken", covers: ["H06"], needs: [.only(["scaiwave", "vaultysclaw"])],
        caughtBy: ["lifecycle/deleted", "lifecycle/deleted-404"],
        "It takes messages for a bridge that was deleted.",
        explanation: "Your endpoint goes on taking messages after the bridge was deleted."
    ) { behaviour in
        behaviour.finds = { _ in true }
        behaviour.takesInSpite { $0.isDeleted = false }
    }
}
