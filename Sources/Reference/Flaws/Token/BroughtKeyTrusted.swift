internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenBroughtKeyTrusted = Flaw(
        "token-brought-key-trusted", covers: ["C09"], needs: [.token], caughtBy: ["token/other-key-in-token"],
        "It verifies with the key that a token brings along in jwk.",
        explanation: "Your endpoint takes the key from jwk in the header of the token, where the sender puts "
            + "one of his own."
    ) { behaviour in
        behaviour.alsoBelieves { token, _, _ in
            // Whatever the key is, it is the one that signed: the sender chose both.
            token.header["jwk"] != nil
        }
        behaviour.overlooks(.keyUnknown) { token, _ in token.header["jwk"] != nil }
    }
}
