internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenNoneAccepted = Flaw(
        "token-none-accepted", covers: ["C07"], needs: [.token],
        caughtBy: ["token/alg-none", "token/alg-none-with-signature"],
        "It does not verify a token that names none as its algorithm.",
        explanation: "Your endpoint takes the algorithm from the token, and none is one that it knows."
    ) { behaviour in
        behaviour.alsoBelieves { token, _, _ in token.header["alg"] == "none" }
        behaviour.overlooks(.algorithmWrong) { token, _ in token.header["alg"] == "none" }
    }
}
