internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let expiryOptional = Flaw(
        "expiry-optional", covers: ["I06", "E02"], needs: [.token],
        caughtBy: ["token/expiry-missing", "token/expiry-null"],
        "It accepts a token that never expires.",
        explanation: "Your endpoint compares exp only where a token has one."
    ) { $0.overlooks(.timestampMissing, .timestampMalformed, claim: "exp") { $0 == nil || $0 == .null } }
}
