internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let expiryNotANumber = Flaw(
        "expiry-not-a-number-accepted", covers: ["I06", "E04"], needs: [.token], caughtBy: ["token/expiry-word"],
        "It accepts an expiry that is no number.",
        explanation: "Your endpoint compares exp with the clock as it is, and a comparison with a word is never true."
    ) { $0.overlooks(.timestampMalformed, claim: "exp") { $0?.string != nil } }
}
