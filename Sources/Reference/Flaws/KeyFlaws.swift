internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes

/// More keys than the secret.
enum KeyFlaws {
    static let all: [Flaw] = [
        Flaw(
            "empty-key-accepted", covers: ["A04", "A09"], needs: [.hmac], caughtBy: ["algorithm/key-empty"],
            "It accepts signatures made with an empty key.",
            explanation: "Your endpoint accepts signatures made with an empty secret, which anyone can compute."
        ) { $0.alsoAcceptKeys { _ in [[]] } },
        Flaw(
            "whitespace-key-accepted", covers: ["A05"], needs: [.hmac],
            caughtBy: ["algorithm/key-space", "algorithm/key-spaces", "algorithm/key-newline"],
            "It accepts signatures made with a key of only whitespace.",
            explanation:
                "Your endpoint accepts signatures made with a secret that is only whitespace, which anyone can compute."
        ) { $0.alsoAcceptKeys { _ in [" ", "   ", "\n"].map { Array($0.utf8) } } },
        Flaw(
            "key-with-newline-accepted", covers: ["A05"], needs: [.hmac, .textSecret],
            caughtBy: ["algorithm/key-with-newline"],
            "It also accepts signatures made with the secret followed by a newline.",
            explanation:
                "Your endpoint also tries the secret as read from a file, with its trailing newline, so two keys are "
                + "valid instead of one."
        ) { $0.alsoAcceptKeys { secrets in secrets.map { $0.text + [0x0A] } } },
        Flaw(
            "development-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It falls back to a development secret.",
            explanation:
                "Your endpoint accepts signatures made with a development secret, which anyone who sees the source "
                + "code knows."
        ) { $0.alsoAcceptKeys(texts: ["development_secret", "dev-secret", "dev", "development"]) },
        Flaw(
            "fallback-key-accepted", covers: ["A07"], needs: [.hmac],
            caughtBy: ["algorithm/key-default", "algorithm/key-fallback-secret"],
            "It falls back to a hard-coded secret.",
            explanation:
                "Your endpoint accepts signatures made with a hard-coded secret that was meant for when the setting is "
                + "missing."
        ) { $0.alsoAcceptKeys(texts: ["fallback-secret", "default", "default-secret", "default_secret"]) },
        Flaw(
            "placeholder-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It accepts signatures made with a template's placeholder.",
            explanation:
                "Your endpoint still accepts signatures made with a placeholder such as changeme, which anyone can "
                + "guess."
        ) { $0.alsoAcceptKeys(texts: ["changeme", "your-secret", "your-secret-here", "secret", "test", "password"]) },
        Flaw(
            "magic-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/key-stars"],
            "It accepts signatures made with a masked secret.",
            explanation:
                "Your endpoint accepts signatures made with ***, the text that masks a secret in a settings page."
        ) { $0.alsoAcceptKeys(texts: ["***", "********", "[REDACTED]"]) },
        Flaw(
            "sample-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It accepts signatures made with sample secrets from documentation.",
            explanation: "Your endpoint accepts signatures made with a secret that is printed in public documentation."
        ) { behaviour in
            behaviour.alsoAcceptKeys(texts: [
                "a-random-secret-at-least-32-chars", "wh_1234567890abcdef", "whsec_test",
                "8f742231b10e8888abcd99yyyzzz85a5",
                "It's a Secret to Everybody", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ])
        },
        Flaw(
            "undefined-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-undefined"],
            "It accepts signatures made with the word undefined as the key.",
            explanation:
                "Your endpoint converts a missing setting to the string undefined and uses that as a key, which anyone "
                + "can guess."
        ) { $0.alsoAcceptKeys(texts: ["undefined"]) },
        Flaw(
            "null-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-null"],
            "It accepts signatures made with the word null as the key.",
            explanation:
                "Your endpoint converts a missing setting to the string null and uses that as a key, which anyone can "
                + "guess."
        ) { $0.alsoAcceptKeys(texts: ["null"]) },
        Flaw(
            "none-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-none"],
            "It accepts signatures made with the word None as the key.",
            explanation:
                "Your endpoint converts a missing setting to the string None and uses that as a key, which anyone can "
                + "guess."
        ) { $0.alsoAcceptKeys(texts: ["None"]) },
        Flaw(
            "nil-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-nil"],
            "It accepts signatures made with the word nil as the key.",
            explanation:
                "Your endpoint converts a missing setting to the string nil and uses that as a key, which anyone can "
                + "guess."
        ) { $0.alsoAcceptKeys(texts: ["nil"]) },
        Flaw(
            "object-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-object"],
            "It accepts signatures made with the text [object Object] as the key.",
            explanation:
                "Your endpoint converts a whole settings object to the string [object Object] and uses that as a key, "
                + "which anyone can guess."
        ) { $0.alsoAcceptKeys(texts: ["[object Object]"]) },
        Flaw(
            "key-text-accepted", covers: ["A09", "C06"], needs: [.decodedSecret],
            caughtBy: ["algorithm/key-secret-as-text"],
            "It accepts signatures made with the secret's text as well as with the decoded secret.",
            explanation:
                "Your endpoint also uses the secret's text as the key, although it should use only the decoded secret."
        ) { $0.alsoAcceptKeys { secrets in secrets.map(\.text) } },
        Flaw(
            "key-text-without-prefix-accepted", covers: ["A09", "C06"], needs: [.decodedSecret],
            caughtBy: ["algorithm/key-secret-as-text-without-prefix"],
            "It also accepts signatures made with the secret's undecoded text without the prefix.",
            explanation:
                "Your endpoint strips the prefix from the secret and also uses the rest as the key without decoding it."
        ) { behaviour in
            let prefix = behaviour.scheme.signature.secret.prefix.utf8
            behaviour.alsoAcceptKeys { secrets in
                secrets.map { $0.text.starts(with: prefix) ? Array($0.text.dropFirst(prefix.count)) : $0.text }
            }
        },
        Flaw(
            "hex-decoded-key-accepted", covers: ["C06"], needs: [.textSecret], caughtBy: ["algorithm/key-hex-decoded"],
            "It also accepts signatures made with the secret decoded from hexadecimal.",
            explanation: "Your endpoint also decodes the secret from hexadecimal, although its text is the key."
        ) { $0.alsoAcceptKeys { secrets in secrets.compactMap { Hex.decode($0.text) } } },
        Flaw(
            "base64-decoded-key-accepted", covers: ["C06"], needs: [.textSecret],
            caughtBy: ["algorithm/key-base64-decoded"],
            "It also accepts signatures made with the secret decoded from Base64.",
            explanation: "Your endpoint also decodes the secret from Base64, although its text is the key."
        ) { $0.alsoAcceptKeys { secrets in secrets.compactMap { LooseBase64.decode($0.text, forgiving: .node) } } },
        Flaw(
            "hashed-key-accepted", covers: ["C06"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It also accepts signatures made with the hash of the secret.",
            explanation:
                "Your endpoint also uses the SHA-256 of the secret as the key, as if it were a stored password hash."
        ) { $0.alsoAcceptKeys { secrets in secrets.map { HashFunction.sha256.digest($0.key) } } },
    ]
}
