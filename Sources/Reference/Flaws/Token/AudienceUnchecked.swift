internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let audienceUnchecked = Flaw(
        "audience-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-*"],
        "It never looks for whom a token was made.",
        explanation: "Your endpoint never compares aud: a token for any bot is good for yours."
    ) { $0.overlooks(.audienceWrong) }
}
