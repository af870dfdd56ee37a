internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenAlgorithmOptional = Flaw(
        "token-algorithm-optional", covers: ["C07"], needs: [.token], caughtBy: ["token/alg-missing"],
        "It takes a token that names no algorithm for one that needs no signature.",
        explanation: "Your endpoint does not verify a token whose header lacks alg."
    ) { behaviour in
        behaviour.alsoBelieves { token, _, _ in token.header["alg"] == nil }
        behaviour.overlooks(.algorithmWrong) { token, _ in token.header["alg"] == nil }
    }
}
