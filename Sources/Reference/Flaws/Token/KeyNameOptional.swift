internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenKeyNameOptional = Flaw(
        "token-key-name-optional", covers: ["C09"], needs: [.token], caughtBy: ["token/other-key-without-name"],
        "It does not verify a token that does not name its key.",
        explanation: "Your endpoint skips the verification of a token without kid."
    ) { behaviour in
        behaviour.alsoBelieves { token, _, _ in token.header["kid"] == nil }
        behaviour.overlooks(.keyUnknown) { token, _ in token.header["kid"] == nil }
    }
}
