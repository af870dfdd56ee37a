internal import Catalogue
internal import ReportModel

extension Flaw {
    static let vaultysClawTeamsPreview = Flaw(
        "vaultysclaw-teams-preview", covers: ["A01", "C09"], needs: [.only(["teams-bot"])],
        caughtBy: ["presence/*", "token/*"],
        "It is the Teams endpoint of VaultysClaw as its document describes the preview: the token is never looked at.",
        explanation:
            "Your endpoint behaves like the Teams endpoint of VaultysClaw's preview: it finds the bridge by the channel in "
            + "the body and posts the text, whoever sent it. Keep it off the public network until it verifies the token."
    ) { $0.letsIn { _, _ in true } }
}
