internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let expiryUnchecked = Flaw(
        "expiry-unchecked", covers: ["I06", "E01"], needs: [.token], caughtBy: ["token/expir*"],
        "It never looks whether a token has expired.",
        explanation: "Your endpoint never compares exp with the clock: a token that was seen once is good for ever."
    ) { $0.overlooks(.tooOld, .timestampMissing, .timestampMalformed) }
}
