internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes
internal import Transport

/// The signature of a token and the key that it names.
package enum TokenFlaws {
    package static let all: [Flaw] = [
        Flaw(
            "token-signature-unchecked", covers: ["C09"], needs: [.token],
            caughtBy: ["token/other-key", "token/claims-changed"],
            "It checks a token's claims but not its signature.",
            explanation:
                "Your endpoint decodes tokens without verifying them, so anyone who writes the right claims is let in."
        ) { behaviour in
            behaviour.alsoAcceptTokens { _, _, _ in true }
            behaviour.skip(.algorithmWrong, .keyUnknown)
        },
        Flaw(
            "token-none-accepted", covers: ["C07"], needs: [.token],
            caughtBy: ["token/alg-none", "token/alg-none-with-signature"],
            "It does not verify a token whose algorithm is none.",
            explanation:
                "Your endpoint takes the algorithm from the token and accepts none, so anyone can make a valid token."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in token.header["alg"] == "none" }
            behaviour.skip(.algorithmWrong) { token, _ in token.header["alg"] == "none" }
        },
        Flaw(
            "token-none-in-any-case-accepted", covers: ["C07"], needs: [.token],
            caughtBy: ["token/alg-none-spelling-*"],
            "It rejects the algorithm none, but not NONE or None.",
            explanation:
                "Your endpoint rejects the algorithm none only in lower case, so any other spelling of it bypasses "
                + "verification."
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
            "It does not verify a token that names no algorithm.",
            explanation:
                "Your endpoint skips verification when a token's header has no alg, so anyone can make a valid token."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in token.header["alg"] == nil }
            behaviour.skip(.algorithmWrong) { token, _ in token.header["alg"] == nil }
        },
        Flaw(
            "token-algorithm-unread", covers: ["C02"], needs: [.token], caughtBy: ["token/alg-named-*"],
            "It verifies with RS256 whatever algorithm a token names.",
            explanation:
                "Your endpoint never checks the algorithm that a token names, so tokens labelled with another one pass."
        ) { $0.skip(.algorithmWrong) { token, _ in token.header["alg"] != "RS256" } },
        Flaw(
            "token-critical-ignored", covers: ["C02"], needs: [.token], caughtBy: ["token/crit-unknown"],
            "It ignores a critical extension that it does not understand.",
            explanation:
                "Your endpoint ignores crit in a token's header, although RFC 7515 requires unknown critical "
                + "extensions to be rejected."
        ) {
            $0.skip(.algorithmWrong) { token, _ in token.header["crit"] != nil && token.header["alg"] == "RS256" }
        },
        Flaw(
            "token-pem-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-pem"],
            "It verifies HS256 with the public key's PEM text as the secret.",
            explanation:
                "Your endpoint takes the algorithm from the token, so anyone can sign with the PEM text of the public "
                + "key as an HS256 secret."
        ) { $0.alsoAcceptTokens { $0.pem } },
        Flaw(
            "token-trimmed-pem-as-secret", covers: ["C08"], needs: [.token],
            caughtBy: ["token/hs256-pem-without-last-line-end"],
            "It verifies HS256 with the public key's PEM text, without its last newline, as the secret.",
            explanation:
                "Your endpoint takes the algorithm from the token, so anyone can sign with the trimmed PEM text of the "
                + "public key as an HS256 secret."
        ) { $0.alsoAcceptTokens { Array($0.pem.dropLast()) } },
        Flaw(
            "token-der-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-der"],
            "It verifies HS256 with the public key's DER bytes as the secret.",
            explanation:
                "Your endpoint takes the algorithm from the token, so anyone can sign with the DER bytes of the public "
                + "key as an HS256 secret."
        ) { $0.alsoAcceptTokens { $0.der } },
        Flaw(
            "token-modulus-text-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-jwk-n"],
            "It verifies HS256 with the text of the key set's modulus as the secret.",
            explanation:
                "Your endpoint takes the algorithm from the token, so anyone can sign with the text of the public "
                + "modulus as an HS256 secret."
        ) { $0.alsoAcceptTokens { Base64.encode($0.modulus, alphabet: .url) } },
        Flaw(
            "token-modulus-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-modulus"],
            "It verifies HS256 with the bytes of the public key's modulus as the secret.",
            explanation:
                "Your endpoint takes the algorithm from the token, so anyone can sign with the bytes of the public "
                + "modulus as an HS256 secret."
        ) { $0.alsoAcceptTokens { $0.modulus } },
        Flaw(
            "token-empty-secret-accepted", covers: ["C08", "A04"], needs: [.token], caughtBy: ["token/hs256-empty-key"],
            "It verifies HS256 with an empty secret that was never set.",
            explanation: "Your endpoint accepts HS256 with an empty secret, so anyone can make a valid token."
        ) { $0.alsoAcceptTokens { _ in [] } },
        Flaw(
            "token-key-name-opens-file", covers: ["C08", "C09", "A04"], needs: [.token],
            caughtBy: ["token/hs256-kid-of-empty-file"],
            "It reads the key from the file that a token names, and verifies HS256 with its contents.",
            explanation:
                "Your endpoint reads the key from the path in kid, so an attacker can point it at an empty file and "
                + "sign with an empty secret."
        ) { behaviour in
            let namesFile: @Sendable (Token) -> Bool = { $0.header["kid"]?.string?.hasSuffix("/dev/null") == true }
            behaviour.alsoAcceptTokens(codedWith: { _ in [] }, when: namesFile)
            behaviour.skip(.keyUnknown) { token, _ in namesFile(token) }
        },
        Flaw(
            "token-brought-key-trusted", covers: ["C09"], needs: [.token], caughtBy: ["token/other-key-in-token"],
            "It verifies with the key in a token's own jwk header.",
            explanation:
                "Your endpoint takes the key from jwk in the token's header, so anyone can sign with a key of their "
                + "own."
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
            "It fetches the key from the URL in a token's jku or x5u header.",
            explanation:
                "Your endpoint fetches keys from jku or x5u in the token's header, so anyone can sign with a key that "
                + "they host themselves."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in
                // The key at the address is the sender's, so it matches the signature.
                token.header["jku"] != nil || token.header["x5u"] != nil
            }
        },
        Flaw(
            "token-unknown-key-unverified", covers: ["C09", "A14"], needs: [.token],
            caughtBy: ["token/other-key-own-name"],
            "It accepts a token whose key it cannot find.",
            explanation:
                "Your endpoint carries on without verifying when the key that a token names is not in the key set, so "
                + "anyone can make a valid token."
        ) { behaviour in
            let isKnown: @Sendable (Token, [UInt8]) -> Bool = { token, key in
                SignatureAlgorithm.rs256.keyName(of: key).map { token.header["kid"] == .string($0) } ?? false
            }
            behaviour.alsoAcceptTokens { token, _, key in token.header["kid"]?.string != nil && !isKnown(token, key) }
            behaviour.skip(.keyUnknown) { token, _ in token.header["kid"]?.string != nil }
        },
        Flaw(
            "token-key-name-optional", covers: ["C09"], needs: [.token], caughtBy: ["token/other-key-without-name"],
            "It does not verify a token that names no key.",
            explanation: "Your endpoint skips verification when a token has no kid, so anyone can make a valid token."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, _, _ in token.header["kid"] == nil }
            behaviour.skip(.keyUnknown) { token, _ in token.header["kid"] == nil }
        },
        Flaw(
            "token-key-name-ignored", covers: ["C09"], needs: [.token], caughtBy: ["token/key-name-unknown"],
            "It tries every key in the set, whatever key a token names.",
            explanation:
                "Your endpoint ignores kid and tries every key that it has, so a token can name one key and use "
                + "another."
        ) { $0.skip(.keyUnknown) },
        Flaw(
            "token-unknown-key-crashes", covers: ["C09"], needs: [.token],
            caughtBy: ["token/key-name-*", "token/other-key-own-name"],
            "It throws when a token names a key that is not in the set.",
            explanation:
                "Your endpoint looks up the key that a token names and throws when there is none (as "
                + "botframework-connector for Python does)."
        ) { behaviour in
            behaviour.crash(.traceback("IndexError: list index out of range", line: 58)) { received in
                guard let token = received.request.token(of: received.scheme) else { return false }
                let names = received.secrets.compactMap { SignatureAlgorithm.rs256.keyName(of: $0.key) }
                return !names.contains { token.header["kid"] == .string($0) }
            }
        },
        Flaw(
            "token-header-rebuilt", covers: ["C09"], needs: [.token], caughtBy: ["token/header-changed"],
            "It verifies the token header that it expects instead of the one that was sent.",
            explanation:
                "Your endpoint verifies the signature over a header that it builds itself, so the header in the token "
                + "can say anything."
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
            "It accepts every key in the set, whichever channel the key is endorsed for.",
            explanation:
                "Your endpoint never checks the endorsements of the signing key, so a token for another channel is "
                + "accepted here."
        ) { behaviour in
            let rule = behaviour.scheme.signature.secret
            let other = (try? rule.key(from: rule.publishedSecret(SecretRule.otherChannel))).map { [$0] } ?? []
            behaviour.alsoAcceptKeys { _ in other }
        },
        Flaw(
            "token-scheme-of-header-ignored", covers: ["B06", "B08"], needs: [.token],
            caughtBy: ["token/without-bearer", "token/under-another-scheme", "token/bearer-twice"],
            "It takes whatever follows the last space in the header as the token.",
            explanation:
                "Your endpoint does not require Bearer before the token, so a token under another authentication "
                + "scheme passes."
        ) { $0.alsoReadTokens { header in Array(header.split(separator: 0x20).last ?? []) } },
        Flaw(
            "token-more-parts-ignored", covers: ["B13"], needs: [.token],
            caughtBy: ["token/four-parts", "token/five-parts"],
            "It ignores everything after the third part of a token.",
            explanation:
                "Your endpoint splits the token at its dots and uses the first three parts, so malformed tokens with "
                + "more parts pass."
        ) { behaviour in
            behaviour.alsoReadTokens { header in
                let parts = ASCII.split(Array(header.dropFirst("Bearer ".utf8.count)), separator: UInt8(ascii: "."))
                return Array(parts.prefix(3).joined(separator: [UInt8(ascii: ".")]))
            }
        },
        Flaw(
            "token-third-part-optional", covers: ["B13", "C07"], needs: [.token], caughtBy: ["token/two-parts"],
            "It accepts a token that has no third part.",
            explanation:
                "Your endpoint skips verification when a token has no signature at all, so anyone can make a valid "
                + "token."
        ) { behaviour in
            behaviour.alsoReadTokens { header in header.dropFirst("Bearer ".utf8.count) + [UInt8(ascii: ".")] }
            behaviour.alsoAcceptTokens { token, text, _ in text.isEmpty && token.header["alg"] == "RS256" }
        },
        Flaw(
            "malformed-token-crashes", covers: ["B13"], needs: [.token],
            caughtBy: ["token/empty-header", "token/not-json", "token/only-dots", "token/two-parts"],
            "It throws on a token that it cannot parse.",
            explanation: "Your endpoint parses tokens by hand, and throws on a part that is not JSON in Base64."
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
            "It ignores padding at the end of a token.",
            explanation:
                "Your endpoint's decoder accepts padding in a token's signature, so one token has several valid "
                + "spellings."
        ) { behaviour in
            behaviour.alsoAcceptTokens { token, text, key in
                let bare = Array(text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed())
                guard bare != text, let signature = Base64.decode(bare, alphabet: .url) else { return false }
                return SignatureAlgorithm.rs256.verifies(signature, of: token.signedText, key: key)
            }
        },
    ]
}
