internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenUnknownKeyUnverified = Flaw(
        "token-unknown-key-unverified", covers: ["C09", "A14"], needs: [.token], caughtBy: ["token/other-key-own-name"],
        "It lets a token in whose key it does not find, as if the set of keys could not be fetched.",
        explanation: "Your endpoint goes on when it finds no key of the name in the token, without having "
            + "verified anything."
    ) { behaviour in
        let isKnown: @Sendable (Token, [UInt8]) -> Bool = { token, key in
            SignatureAlgorithm.rs256.keyName(of: key).map { token.header["kid"] == .string($0) } ?? false
        }
        behaviour.alsoBelieves { token, _, key in token.header["kid"]?.string != nil && !isKnown(token, key) }
        behaviour.overlooks(.keyUnknown) { token, _ in token.header["kid"]?.string != nil }
    }
}
