internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let expiryNegativeSkips = Flaw(
        "expiry-negative-skips", covers: ["I06", "E11"], needs: [.token], caughtBy: ["token/expiry-negative"],
        "It takes a negative expiry for a token that never expires.",
        explanation: "Your endpoint reads exp as an unsigned number, so that a negative one lies far ahead."
    ) { $0.overlooks(.timestampMalformed, claim: "exp") { ($0?.integer ?? 0) < 0 } }
}
