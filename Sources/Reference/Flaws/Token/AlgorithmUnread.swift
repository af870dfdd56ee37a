internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenAlgorithmUnread = Flaw(
        "token-algorithm-unread", covers: ["C02"], needs: [.token], caughtBy: ["token/alg-named-*"],
        "It verifies with RS256 whatever algorithm a token names.",
        explanation: "Your endpoint never looks at the algorithm that a token names."
    ) { $0.overlooks(.algorithmWrong) { token, _ in token.header["alg"] != "RS256" } }
}
