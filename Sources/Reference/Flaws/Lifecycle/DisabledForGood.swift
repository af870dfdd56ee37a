internal import Catalogue
internal import ReportModel

extension Flaw {
    static let disabledForGood = Flaw(
        "disabled-for-good", covers: ["H06"], needs: [.only(["vaultysclaw"])], caughtBy: ["lifecycle/enabled-again"],
        "It confirms that a bridge is enabled again, and leaves it disabled.",
        explanation: "Your endpoint goes on refusing the messages of a bridge that was disabled once."
    ) { $0.rules.enablesAgain = false }
}
