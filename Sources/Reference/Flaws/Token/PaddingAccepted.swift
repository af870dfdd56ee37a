internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenPaddingAccepted = Flaw(
        "token-padding-accepted", covers: ["B07"], needs: [.token], caughtBy: ["token/padded"],
        "It drops padding at the end of a token.",
        explanation: "Your endpoint decodes the signature of a token with a decoder that forgives padding, so "
            + "that one token has many spellings."
    ) { behaviour in
        behaviour.alsoBelieves { token, text, key in
            let bare = Array(text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed())
            guard bare != text, let signature = Base64.decode(bare, alphabet: .url) else { return false }
            return SignatureAlgorithm.rs256.verifies(signature, of: token.signedText, key: key)
        }
    }
}
