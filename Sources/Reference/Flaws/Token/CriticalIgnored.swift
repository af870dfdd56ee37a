internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenCriticalIgnored = Flaw(
        "token-critical-ignored", covers: ["C02"], needs: [.token], caughtBy: ["token/crit-unknown"],
        "It ignores an extension of a token that must be understood.",
        explanation: "Your endpoint ignores crit in the header of tokens, where RFC 7515 has what is unknown refused."
    ) { $0.overlooks(.algorithmWrong) { token, _ in token.header["crit"] != nil && token.header["alg"] == "RS256" } }
}
