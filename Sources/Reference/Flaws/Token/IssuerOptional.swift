internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let issuerOptional = Flaw(
        "issuer-optional", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-missing", "token/issuer-empty"],
        "It compares the issuer only where a token names one.",
        explanation: "Your endpoint accepts tokens without iss, or with an empty one."
    ) { $0.overlooks(.issuerWrong, claim: "iss") { $0 == nil || $0 == "" } }
}
