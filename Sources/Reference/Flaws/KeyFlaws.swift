internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes

/// More keys than the secret.
enum KeyFlaws {
    static let all: [Flaw] = [
        Flaw(
            "empty-key-accepted", covers: ["A04", "A09"], needs: [.hmac], caughtBy: ["algorithm/key-empty"],
            "It accepts signatures under the empty key.",
            explanation: "Your endpoint accepts signatures made with an empty secret, which anyone can compute."
        ) { $0.alsoAcceptKeys { _ in [[]] } },
        Flaw(
            "blank-key-accepted", covers: ["A05"], needs: [.hmac],
            caughtBy: ["algorithm/key-space", "algorithm/key-spaces", "algorithm/key-newline"],
            "It accepts signatures under a key of blanks.",
            explanation: "Your endpoint accepts signatures made with a secret that is only blanks."
        ) { $0.alsoAcceptKeys { _ in [" ", "   ", "\n"].map { Array($0.utf8) } } },
        Flaw(
            "key-with-newline-accepted", covers: ["A05"], needs: [.hmac, .textSecret],
            caughtBy: ["algorithm/key-with-newline"],
            "It accepts signatures under the secret with a line feed behind it too.",
            explanation:
                "Your endpoint also tries the secret as it was read from a file, with the line feed at its end."
        ) { $0.alsoAcceptKeys { secrets in secrets.map { $0.text + [0x0A] } } },
        Flaw(
            "development-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It falls back to a secret meant for development.",
            explanation: "Your endpoint accepts signatures under a secret for development that stands in its source."
        ) { $0.alsoAcceptKeys(texts: ["development_secret", "dev-secret", "dev", "development"]) },
        Flaw(
            "fallback-key-accepted", covers: ["A07"], needs: [.hmac],
            caughtBy: ["algorithm/key-default", "algorithm/key-fallback-secret"],
            "It falls back to a built-in secret.",
            explanation:
                "Your endpoint accepts signatures under a built-in secret that was meant for a missing setting."
        ) { $0.alsoAcceptKeys(texts: ["fallback-secret", "default", "default-secret", "default_secret"]) },
        Flaw(
            "placeholder-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It accepts signatures under the placeholder of a template.",
            explanation: "Your endpoint still accepts signatures under a placeholder such as changeme."
        ) { $0.alsoAcceptKeys(texts: ["changeme", "your-secret", "your-secret-here", "secret", "test", "password"]) },
        Flaw(
            "magic-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/key-stars"],
            "It accepts signatures under the masked form of a secret.",
            explanation: "Your endpoint accepts signatures under ***, the text by which settings are masked."
        ) { $0.alsoAcceptKeys(texts: ["***", "********", "[REDACTED]"]) },
        Flaw(
            "sample-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It accepts signatures under the secrets that documents print as samples.",
            explanation: "Your endpoint accepts signatures under a secret that stands in public documentation."
        ) { behaviour in
            behaviour.alsoAcceptKeys(texts: [
                "a-random-secret-at-least-32-chars", "wh_1234567890abcdef", "whsec_test",
                "8f742231b10e8888abcd99yyyzzz85a5",
                "It's a Secret to Everybody", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ])
        },
        Flaw(
            "undefined-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-undefined"],
            "It accepts signatures under the word undefined.",
            explanation: "Your endpoint turned a missing setting into the text undefined, and verifies with it."
        ) { $0.alsoAcceptKeys(texts: ["undefined"]) },
        Flaw(
            "null-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-null"],
            "It accepts signatures under the word null.",
            explanation: "Your endpoint turned a missing setting into the text null, and verifies with it."
        ) { $0.alsoAcceptKeys(texts: ["null"]) },
        Flaw(
            "none-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-none"],
            "It accepts signatures under the word None.",
            explanation: "Your endpoint turned a missing setting into the text None, and verifies with it."
        ) { $0.alsoAcceptKeys(texts: ["None"]) },
        Flaw(
            "nil-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-nil"],
            "It accepts signatures under the word nil.",
            explanation: "Your endpoint turned a missing setting into the text nil, and verifies with it."
        ) { $0.alsoAcceptKeys(texts: ["nil"]) },
        Flaw(
            "object-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-object"],
            "It accepts signatures under the text [object Object].",
            explanation:
                "Your endpoint turned a whole settings object into the text [object Object], and verifies with it."
        ) { $0.alsoAcceptKeys(texts: ["[object Object]"]) },
        Flaw(
            "key-text-accepted", covers: ["A09", "C06"], needs: [.decodedSecret],
            caughtBy: ["algorithm/key-secret-as-text"],
            "It accepts signatures under the secret's text as well as under what it decodes to.",
            explanation: "Your endpoint also takes the secret's text for the key, where it should only decode it."
        ) { $0.alsoAcceptKeys { secrets in secrets.map(\.text) } },
        Flaw(
            "key-text-without-prefix-accepted", covers: ["A09", "C06"], needs: [.decodedSecret],
            caughtBy: ["algorithm/key-secret-as-text-without-prefix"],
            "It accepts signatures under the secret's text without its prefix, undecoded.",
            explanation:
                "Your endpoint cuts the prefix off the secret and also takes the rest as it is, without decoding it."
        ) { behaviour in
            let prefix = behaviour.scheme.signature.secret.prefix.utf8
            behaviour.alsoAcceptKeys { secrets in
                secrets.map { $0.text.starts(with: prefix) ? Array($0.text.dropFirst(prefix.count)) : $0.text }
            }
        },
        Flaw(
            "hex-decoded-key-accepted", covers: ["C06"], needs: [.textSecret], caughtBy: ["algorithm/key-hex-decoded"],
            "It accepts signatures under the secret decoded from hexadecimal too.",
            explanation: "Your endpoint also decodes the secret from hexadecimal, where its text is the key."
        ) { $0.alsoAcceptKeys { secrets in secrets.compactMap { Hex.decode($0.text) } } },
        Flaw(
            "base64-decoded-key-accepted", covers: ["C06"], needs: [.textSecret],
            caughtBy: ["algorithm/key-base64-decoded"],
            "It accepts signatures under the secret decoded from Base64 too.",
            explanation: "Your endpoint also decodes the secret from Base64, where its text is the key."
        ) { $0.alsoAcceptKeys { secrets in secrets.compactMap { LooseBase64.decode($0.text, forgiving: .node) } } },
        Flaw(
            "hashed-key-accepted", covers: ["C06"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It accepts signatures under the hash of the secret too.",
            explanation:
                "Your endpoint also takes the SHA-256 of the secret for the key, as if it were a stored password."
        ) { $0.alsoAcceptKeys { secrets in secrets.map { HashFunction.sha256.digest($0.key) } } },
    ]
}
