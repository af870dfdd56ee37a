internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenHeaderRebuilt = Flaw(
        "token-header-rebuilt", covers: ["C09"], needs: [.token], caughtBy: ["token/header-changed"],
        "It verifies over the header that it expects, and not over the one that was sent.",
        explanation: "Your endpoint verifies the signature over a header of its own making, so that the one "
            + "in the token may say anything."
    ) { behaviour in
        behaviour.alsoBelieves { token, text, key in
            let name = SignatureAlgorithm.rs256.keyName(of: key) ?? ""
            let header: JSON = ["alg": "RS256", "kid": .string(name), "typ": "JWT"]
            let signed = Base64.encode(header.serialized(), alphabet: .url) + [UInt8(ascii: ".")] + token.claimsText
            return Base64.decode(text, alphabet: .url).map {
                SignatureAlgorithm.rs256.verifies($0, of: signed, key: key)
            } ?? false
        }
    }
}
