internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenNoneInAnyCaseAccepted = Flaw(
        "token-none-in-any-case-accepted", covers: ["C07"], needs: [.token], caughtBy: ["token/alg-none-spelling-*"],
        "It refuses the algorithm none in this spelling only, and does not verify NONE or None.",
        explanation: "Your endpoint refuses tokens whose algorithm is none, compares byte for byte, and "
            + "forgets the other spellings."
    ) { behaviour in
        let isNone: @Sendable (Token) -> Bool = { token in
            guard let name = token.header["alg"]?.string else { return false }
            return name != "none" && ASCII.equalsIgnoringCase(Array(name.utf8), "none".utf8)
        }
        behaviour.alsoBelieves { token, text, _ in text.isEmpty && isNone(token) }
        behaviour.overlooks(.algorithmWrong) { token, _ in isNone(token) }
    }
}
