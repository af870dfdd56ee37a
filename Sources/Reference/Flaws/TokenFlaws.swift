internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes
internal import Transport

/// The signature of a token, and the key that it names.
package enum TokenFlaws {
    package static let all: [Flaw] = [
        Flaw(
            "token-signature-unchecked", covers: ["C09"], needs: [.token],
            caughtBy: ["token/other-key", "token/claims-changed"],
            "It decodes tokens and checks their claims, and never their signatures.",
            explanation:
                "Your endpoint decodes tokens without verifying them: whoever writes the right claims is let in."
        ) { behaviour in
            behaviour.alsoAcceptTokens { _, _, _ in true }
            behaviour.skip(.algorithmWrong, .keyUnknown)
        },
        Flaw(
            "token-none-accepted", covers: ["C07"], needs: [.token],
            caughtBy: ["token/alg-none", "token/alg-none-with-signature"],
            "It does not verify a token that names none as its algorithm.",
            explanation: "Your endpoint takes the algorithm from the token, and none is one that it knows."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in token.header["alg"] == "none" }
            behaviour.skip(.algorithmWrong) { token, _ in token.header["alg"] == "none" }
        },
        Flaw(
            "token-none-in-any-case-accepted", covers: ["C07"], needs: [.token],
            caughtBy: ["token/alg-none-spelling-*"],
            "It refuses the algorithm none in this spelling only, and does not verify NONE or None.",
            explanation: "Your endpoint refuses tokens whose algorithm is none, compares byte for byte, and "
                + "forgets the other spellings."
        ) { behaviour in
            let isNone: @Sendable (Token) -> Bool = { token in
                guard let name = token.header["alg"]?.string else { return false }
                return name != "none" && ASCII.equalsIgnoringCase(Array(name.utf8), "none".utf8)
            }
            behaviour.alsoAcceptTokens { token, text, _ in text.isEmpty && isNone(token) }
            behaviour.skip(.algorithmWrong) { token, _ in isNone(token) }
        },
        Flaw(
            "token-algorithm-optional", covers: ["C07"], needs: [.token], caughtBy: ["token/alg-missing"],
            "It takes a token that names no algorithm for one that needs no signature.",
            explanation: "Your endpoint does not verify a token whose header lacks alg."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in token.header["alg"] == nil }
            behaviour.skip(.algorithmWrong) { token, _ in token.header["alg"] == nil }
        },
        Flaw(
            "token-algorithm-unread", covers: ["C02"], needs: [.token], caughtBy: ["token/alg-named-*"],
            "It verifies with RS256 whatever algorithm a token names.",
            explanation: "Your endpoint never looks at the algorithm that a token names."
        ) { $0.skip(.algorithmWrong) { token, _ in token.header["alg"] != "RS256" } },
        Flaw(
            "token-critical-ignored", covers: ["C02"], needs: [.token], caughtBy: ["token/crit-unknown"],
            "It ignores an extension of a token that must be understood.",
            explanation:
                "Your endpoint ignores crit in the header of tokens, where RFC 7515 has what is unknown refused."
        ) {
            $0.skip(.algorithmWrong) { token, _ in token.header["crit"] != nil && token.header["alg"] == "RS256" }
        },
        Flaw(
            "token-pem-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-pem"],
            "It verifies HS256 where a token names it, with the PEM text of the public key as the secret.",
            explanation: "Your endpoint takes the algorithm from the token, so that the PEM text of the public "
                + "key, which everyone has, is a secret to sign with."
        ) { $0.alsoAcceptTokens { $0.pem } },
        Flaw(
            "token-trimmed-pem-as-secret", covers: ["C08"], needs: [.token],
            caughtBy: ["token/hs256-pem-without-last-line-end"],
            "It verifies HS256 where a token names it, with the PEM text of the public key, its last "
                + "line end removed as the secret.",
            explanation: "Your endpoint takes the algorithm from the token, so that the PEM text of the public "
                + "key, its last line end removed, which everyone has, is a secret to sign with."
        ) { $0.alsoAcceptTokens { Array($0.pem.dropLast()) } },
        Flaw(
            "token-der-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-der"],
            "It verifies HS256 where a token names it, with the DER bytes of the public key as the secret.",
            explanation: "Your endpoint takes the algorithm from the token, so that the DER bytes of the public "
                + "key, which everyone has, is a secret to sign with."
        ) { $0.alsoAcceptTokens { $0.der } },
        Flaw(
            "token-modulus-text-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-jwk-n"],
            "It verifies HS256 where a token names it, with the text of the modulus in the set of keys as the secret.",
            explanation: "Your endpoint takes the algorithm from the token, so that the text of the modulus in "
                + "the set of keys, which everyone has, is a secret to sign with."
        ) { $0.alsoAcceptTokens { Base64.encode($0.modulus, alphabet: .url) } },
        Flaw(
            "token-modulus-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-modulus"],
            "It verifies HS256 where a token names it, with the bytes of the modulus as the secret.",
            explanation: "Your endpoint takes the algorithm from the token, so that the bytes of the modulus, "
                + "which everyone has, is a secret to sign with."
        ) { $0.alsoAcceptTokens { $0.modulus } },
        Flaw(
            "token-empty-secret-accepted", covers: ["C08", "A04"], needs: [.token], caughtBy: ["token/hs256-empty-key"],
            "It verifies HS256 where a token names it, with the empty secret that was never set.",
            explanation: "Your endpoint accepts HS256 under an empty secret, which anyone can use."
        ) { $0.alsoAcceptTokens { _ in [] } },
        Flaw(
            "token-key-name-opens-file", covers: ["C08", "C09", "A04"], needs: [.token],
            caughtBy: ["token/hs256-kid-of-empty-file"],
            "It reads the key from the file that a token names, and verifies HS256 under what stands there.",
            explanation: "Your endpoint reads the key from the path in kid: an empty file is an empty secret."
        ) { behaviour in
            let namesFile: @Sendable (Token) -> Bool = { $0.header["kid"]?.string?.hasSuffix("/dev/null") == true }
            behaviour.alsoAcceptTokens(codedWith: { _ in [] }, when: namesFile)
            behaviour.skip(.keyUnknown) { token, _ in namesFile(token) }
        },
        Flaw(
            "token-brought-key-trusted", covers: ["C09"], needs: [.token], caughtBy: ["token/other-key-in-token"],
            "It verifies with the key that a token brings along in jwk.",
            explanation: "Your endpoint takes the key from jwk in the header of the token, where the sender puts "
                + "one of his own."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in
                // Whatever the key is, it is the one that signed: the sender chose both.
                token.header["jwk"] != nil
            }
            behaviour.skip(.keyUnknown) { token, _ in token.header["jwk"] != nil }
        },
        Flaw(
            "token-key-address-trusted", covers: ["C09"], needs: [.token],
            caughtBy: ["token/other-key-by-address", "token/other-key-by-certificate-address"],
            "It fetches the key from the address that a token names in jku or x5u.",
            explanation: "Your endpoint fetches keys from jku or x5u in the header of the token: the sender has "
                + "his own there."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in
                // What stands at the address is the sender's, and so fits what he signed.
                token.header["jku"] != nil || token.header["x5u"] != nil
            }
        },
        Flaw(
            "token-unknown-key-unverified", covers: ["C09", "A14"], needs: [.token],
            caughtBy: ["token/other-key-own-name"],
            "It lets a token in whose key it does not find, as if the set of keys could not be fetched.",
            explanation: "Your endpoint goes on when it finds no key of the name in the token, without having "
                + "verified anything."
        ) { behaviour in
            let isKnown: @Sendable (Token, [UInt8]) -> Bool = { token, key in
                SignatureAlgorithm.rs256.keyName(of: key).map { token.header["kid"] == .string($0) } ?? false
            }
            behaviour.alsoAcceptTokens { token, _, key in token.header["kid"]?.string != nil && !isKnown(token, key) }
            behaviour.skip(.keyUnknown) { token, _ in token.header["kid"]?.string != nil }
        },
        Flaw(
            "token-key-name-optional", covers: ["C09"], needs: [.token], caughtBy: ["token/other-key-without-name"],
            "It does not verify a token that does not name its key.",
            explanation: "Your endpoint skips the verification of a token without kid."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in token.header["kid"] == nil }
            behaviour.skip(.keyUnknown) { token, _ in token.header["kid"] == nil }
        },
        Flaw(
            "token-key-name-ignored", covers: ["C09"], needs: [.token], caughtBy: ["token/key-name-unknown"],
            "It tries every key of the set, whatever name a token gives.",
            explanation: "Your endpoint ignores kid and tries every key that it has."
        ) { $0.skip(.keyUnknown) },
        Flaw(
            "token-unknown-key-crashes", covers: ["C09"], needs: [.token],
            caughtBy: ["token/key-name-*", "token/other-key-own-name"],
            "It fails with an exception on the name of a key that is not in the set.",
            explanation: "Your endpoint takes the first key of the name in the token, and throws when there is "
                + "none (as botframework-connector for Python does)."
        ) { behaviour in
            behaviour.crash(.traceback("IndexError: list index out of range", line: 58)) { received in
                guard let token = received.request.token(of: received.scheme) else { return false }
                let names = received.secrets.compactMap { SignatureAlgorithm.rs256.keyName(of: $0.key) }
                return !names.contains { token.header["kid"] == .string($0) }
            }
        },
        Flaw(
            "token-header-rebuilt", covers: ["C09"], needs: [.token], caughtBy: ["token/header-changed"],
            "It verifies over the header that it expects, and not over the one that was sent.",
            explanation: "Your endpoint verifies the signature over a header of its own making, so that the one "
                + "in the token may say anything."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, text, key in
                let name = SignatureAlgorithm.rs256.keyName(of: key) ?? ""
                let header: JSON = ["alg": "RS256", "kid": .string(name), "typ": "JWT"]
                let signed = Base64.encode(header.serialized(), alphabet: .url) + [UInt8(ascii: ".")] + token.claimsText
                return Base64.decode(text, alphabet: .url).map {
                    SignatureAlgorithm.rs256.verifies($0, of: signed, key: key)
                } ?? false
            }
        },
        Flaw(
            "token-endorsement-unchecked", covers: ["I05"], needs: [.token],
            caughtBy: ["token/endorsed-for-another-channel"],
            "It verifies with every key of the set, whichever channel a key is endorsed for.",
            explanation: "Your endpoint never looks at the endorsements of the key that signed: a token of "
                + "another channel is good here."
        ) { behaviour in
            let rule = behaviour.scheme.signature.secret
            let other = (try? rule.key(from: rule.publishedSecret(SecretRule.otherChannel))).map { [$0] } ?? []
            behaviour.alsoAcceptKeys { _ in other }
        },
        Flaw(
            "token-scheme-of-header-ignored", covers: ["B06", "B08"], needs: [.token],
            caughtBy: ["token/without-bearer", "token/under-another-scheme", "token/bearer-twice"],
            "It takes whatever stands behind the last blank of the header for the token.",
            explanation: "Your endpoint does not ask for Bearer in front of the token."
        ) { $0.alsoReadTokens { header in Array(header.split(separator: 0x20).last ?? []) } },
        Flaw(
            "token-more-parts-ignored", covers: ["B13"], needs: [.token],
            caughtBy: ["token/four-parts", "token/five-parts"],
            "It ignores what stands behind the third part of a token.",
            explanation: "Your endpoint splits the token at full stops and takes the first three parts, however "
                + "many there are."
        ) { behaviour in
            behaviour.alsoReadTokens { header in
                let parts = ASCII.split(Array(header.dropFirst("Bearer ".utf8.count)), separator: UInt8(ascii: "."))
                return Array(parts.prefix(3).joined(separator: [UInt8(ascii: ".")]))
            }
        },
        Flaw(
            "token-third-part-optional", covers: ["B13", "C07"], needs: [.token], caughtBy: ["token/two-parts"],
            "It believes a token that has no third part.",
            explanation: "Your endpoint does not verify a token that has no signature at all."
        ) { behaviour in
            behaviour.alsoReadTokens { header in header.dropFirst("Bearer ".utf8.count) + [UInt8(ascii: ".")] }
            behaviour.alsoAcceptTokens { token, text, _ in text.isEmpty && token.header["alg"] == "RS256" }
        },
        Flaw(
            "malformed-token-crashes", covers: ["B13"], needs: [.token],
            caughtBy: ["token/empty-header", "token/not-json", "token/only-dots", "token/two-parts"],
            "It fails with an exception on a token that it cannot take apart.",
            explanation: "Your endpoint takes tokens apart by hand, and what is no JSON in Base64 ends in an exception."
        ) { behaviour in
            behaviour.crash(
                .traceback("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", line: 33)
            ) {
                received in
                guard let header = received.signatureHeader, !header.isEmpty else { return false }
                return Token(header.dropFirst("Bearer ".utf8.count)) == nil
            }
        },
        Flaw(
            "token-padding-accepted", covers: ["B07"], needs: [.token], caughtBy: ["token/padded"],
            "It drops padding at the end of a token.",
            explanation: "Your endpoint decodes the signature of a token with a decoder that forgives padding, so "
                + "that one token has many spellings."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, text, key in
                let bare = Array(text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed())
                guard bare != text, let signature = Base64.decode(bare, alphabet: .url) else { return false }
                return SignatureAlgorithm.rs256.verifies(signature, of: token.signedText, key: key)
            }
        },
    ]
}
