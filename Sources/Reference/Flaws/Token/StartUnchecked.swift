internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let startUnchecked = Flaw(
        "start-unchecked", covers: ["I06", "E07"], needs: [.token], caughtBy: ["token/begins-in-10-minutes"],
        "It never looks whether a token is good already.",
        explanation: "Your endpoint never compares nbf with the clock."
    ) { $0.overlooks(.tooFarAhead) }
}
