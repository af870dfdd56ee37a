internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

// Keys that anyone can guess, and keys that result from misreading the secret.
extension AlgorithmFamily {
    static let guessedKeys: [Case] =
        emptyKeys.map { key in
            guessed(
                key.name, key.title, key.text, covers: key.covers, cwe: [1188, 326, 521],
                why: "In many configurations a secret that was never set is empty, and HMAC accepts an empty or "
                    + "whitespace key without complaint: anyone can sign.",
                profile: key.text.isEmpty ? .smoke : .standard)
        }
        + placeholders.map { key in
            guessed(
                key.name, "the key \(key.text)", key.text, covers: ["A07"], cwe: [798, 1392],
                needs: textPlaceholders.contains(key.name) ? [.textSecret] : [],
                why: "Sample values and fallbacks in code reach production when the setting is missing. Anyone who "
                    + "reads the source can sign.",
                profile: key.name == "changeme" ? .smoke : .standard)
        }
        + stringified.map { key in
            guessed(
                key.name, "the key \(key.text)", key.text, covers: ["A08"], cwe: [1188],
                why:
                    "A missing setting that is converted to text becomes this word, and the word becomes the "
                    + "key: anyone can sign.",
                profile: key.name == "undefined" ? .smoke : .standard)
        }

    private static let emptyKeys: [(name: String, title: String, text: String, covers: [String])] = [
        ("empty", "an empty key", "", ["A04", "A09"]), ("space", "a single space as the key", " ", ["A05"]),
        ("spaces", "three spaces as the key", "   ", ["A05"]), ("tab", "a single tab as the key", "\t", ["A05"]),
        ("newline", "a single newline as the key", "\n", ["A05"]),
        ("crlf", "a single CRLF as the key", "\r\n", ["A05"]),
    ]

    /// Those that begin with the prefix of a secret in Base64, and are a key only where the secret is text.
    private static let textPlaceholders: Set<String> = ["whsec-test", "whsec-test-secret"]

    private static let placeholders: [(name: String, text: String)] = [
        ("secret", "secret"), ("test", "test"), ("changeme", "changeme"), ("change-me", "change-me"),
        ("password", "password"), ("admin", "admin"), ("default", "default"), ("dev", "dev"),
        ("development", "development"), ("development-secret", "development_secret"), ("dev-secret", "dev-secret"),
        ("fallback-secret", "fallback-secret"), ("stars", "***"), ("your-secret", "your-secret"),
        ("your-secret-here", "your-secret-here"), ("your-webhook-secret", "your_webhook_secret"),
        ("webhook-secret", "webhook_secret"), ("webhook-secret-upper-case", "WEBHOOK_SECRET"),
        ("bridge-secret", "bridge_secret"), ("shared-secret", "shared_secret"), ("signing-secret", "signing_secret"),
        ("my-secret", "my-secret"), ("mysecret", "mysecret"), ("supersecret", "supersecret"),
        ("secret-key", "secret-key"), ("test-secret", "test-secret"), ("test-secret-underscore", "test_secret"),
        ("whsec-test", "whsec_test"), ("whsec-test-secret", "whsec_test_secret"), ("placeholder", "placeholder"),
        ("replace-me", "replace-me"), ("todo", "TODO"), ("xxx", "xxx"), ("example", "example"), ("demo", "demo"),
        ("key", "key"), ("token", "token"), ("123456", "123456"), ("12345678", "12345678"),
        ("secret123", "secret123"), ("local", "local"),
        ("documented-32-characters", "a-random-secret-at-least-32-chars"), ("documented-wh", "wh_1234567890abcdef"),
        ("documented-sentence", "It's a Secret to Everybody"),
    ]

    private static let stringified: [(name: String, text: String)] = [
        ("undefined", "undefined"), ("null", "null"), ("none", "None"), ("nil", "nil"), ("nil-brackets", "<nil>"),
        ("null-brackets", "(null)"), ("object", "[object Object]"), ("nan", "NaN"), ("true", "true"),
        ("false", "false"), ("zero", "0"), ("braces", "{}"), ("brackets", "[]"), ("quotes", "\"\""),
        ("unexpanded", "${WEBHOOK_SECRET}"), ("unexpanded-dollar", "$WEBHOOK_SECRET"),
        ("unexpanded-handlebars", "{{ webhook_secret }}"), ("process-env", "process.env.WEBHOOK_SECRET"),
    ]

    private static func guessed(
        _ name: String, _ title: String, _ text: String, covers: [String], cwe: [Int], needs: [Requirement] = [],
        why: String,
        profile: Profile
    ) -> Case {
        Case(
            "algorithm/key-\(name)", .must, .key, .critical, covers: covers, cwe: cwe, needs: [.hmac] + needs,
            changes: .signature, "A request signed with \(title) is rejected.", why: why,
            fix:
                "Fail at start-up when the secret is missing or only whitespace. Use no fallback, and give each "
                + "bridge a random secret.",
            expect: .rejected, profile: profile
        ) { $0.key = $0.key(readFrom: text) }
    }

    // MARK: Misreadings of the secret

    private struct Reading: Sendable {
        let name: String
        let title: String
        let covers: [String]
        var needs: [Requirement] = []
        let key: @Sendable (Draft) -> [UInt8]
    }

    private static let readings = [
        Reading(name: "hex-decoded", title: "the secret decoded as hexadecimal", covers: ["C06"], needs: [.textSecret])
        {
            LenientDecoder.hex($0.context.secret.text)
        },
        Reading(name: "base64-decoded", title: "the secret decoded as Base64", covers: ["C06"], needs: [.textSecret]) {
            LenientDecoder.base64($0.context.secret.text)
        },
        Reading(
            name: "whsec-toggled", title: "the secret with whsec_ removed or added", covers: ["C06"],
            needs: [.textSecret]
        ) { draft in
            let (text, prefix) = (draft.context.secret.text, bytes("whsec_"))
            return text.starts(with: prefix) ? Array(text.dropFirst(prefix.count)) : prefix + text
        },
        Reading(name: "hex-encoded", title: "the hexadecimal text of the key", covers: ["C06"]) { Hex.encode($0.key) },
        Reading(name: "base64-encoded", title: "the Base64 text of the key", covers: ["C06"], needs: [.textSecret]) {
            Base64.encode($0.key)
        },
        Reading(
            name: "secret-as-text", title: "the text of the secret, not decoded", covers: ["A09", "C06"],
            needs: [.decodedSecret]
        ) { $0.context.secret.text },
        Reading(
            name: "secret-as-text-without-prefix", title: "the text of the secret without its prefix, not decoded",
            covers: ["A09", "C06"], needs: [.decodedSecret, .secretPrefix]
        ) { draft in
            let (text, prefix) = (draft.context.secret.text, bytes(draft.context.scheme.signature.secret.prefix))
            return text.starts(with: prefix) ? Array(text.dropFirst(prefix.count)) : text
        },
        Reading(
            name: "prefix-decoded-too", title: "the secret decoded with its prefix", covers: ["A09", "C06"],
            needs: [.decodedSecret]
        ) { LenientDecoder.base64($0.context.secret.text) },
        // HMAC itself hashes keys longer than its 64-byte block, so their digest is the same key; the digest's text is
        // not.
        Reading(name: "hashed", title: "the SHA-256 of the key, the way passwords are stored", covers: ["C06"]) {
            draft in
            let digest = HashFunction.sha256.digest(draft.key)
            return draft.key.count > 64 ? Hex.encode(digest) : digest
        },
        Reading(name: "with-newline", title: "the secret and a trailing newline", covers: ["A05"]) { $0.key + [0x0A] },
        Reading(name: "with-crlf", title: "the secret and a trailing CRLF", covers: ["A05"]) { $0.key + [0x0D, 0x0A] },
        Reading(name: "with-space", title: "the secret and a trailing space", covers: ["A05"]) { $0.key + [0x20] },
        Reading(name: "after-space", title: "a leading space and the secret", covers: ["A05"]) { [0x20] + $0.key },
        Reading(name: "in-quotes", title: "the secret in quotation marks", covers: ["A05", "C06"]) {
            [0x22] + $0.key + [0x22]
        },
        Reading(name: "last-byte-changed", title: "a key that differs in its last byte", covers: ["A01"]) {
            $0.key.dropLast() + [($0.key.last ?? 0) ^ 0x01]
        },
        // Not the last byte: HMAC pads keys with zeros, so dropping a zero at the end would change nothing.
        Reading(name: "without-first-byte", title: "a key without its first byte", covers: ["A01"]) {
            Array($0.key.dropFirst())
        },
        Reading(
            name: "is-credential", title: "the credential as the key", covers: ["A07", "A11"], needs: [.credential]
        ) { draft in
            draft.context.scheme.credentials.first.flatMap { draft.context.credentials[$0.id] } ?? []
        },
        Reading(name: "is-header-name", title: "the header name as the key", covers: ["A07"]) {
            bytes($0.context.scheme.signature.header)
        },
    ]

    static let derivedKeys: [Case] = readings.map { reading in
        Case(
            "algorithm/key-\(reading.name)", .must, .key, .high, covers: reading.covers, cwe: [436, 326],
            needs: [.hmac] + reading.needs, changes: .signature, "A request signed with \(reading.title) is rejected.",
            why: "Both sides must derive the same key bytes from the secret. An endpoint that accepts this key "
                + "derives them differently from the document, and rejects real senders or admits others.",
            fix: "Derive the key bytes once, as the document says, and compare with that key only.",
            expect: .rejected
        ) { $0.key = reading.key($0) }
    }
}

extension Draft {
    /// Returns the key that an endpoint would hold if this were its secret.
    fileprivate func key(readFrom text: String) -> [UInt8] {
        do throws(SecretError) {
            return try context.scheme.signature.secret.key(from: bytes(text))
        } catch {
            return bytes(text)
        }
    }
}

/// Decoders as common platforms have them: they stop at, or skip, invalid characters and never fail.
private enum LenientDecoder {
    /// Decodes pairs of digits up to the first character that is not one.
    static func hex(_ text: [UInt8]) -> [UInt8] {
        var pairs = text.prefix { ASCII.isDigit($0) || (0x61...0x66).contains(ASCII.lowercased($0)) }
        if !pairs.count.isMultiple(of: 2) { pairs.removeLast() }
        return Hex.decode(Array(pairs)) ?? []
    }

    /// Skips characters outside the alphabet and drops the bits that fill no byte.
    static func base64(_ text: [UInt8]) -> [UInt8] {
        let characters = text.filter { $0 != UInt8(ascii: "=") && Base64.decode([$0] + bytes("AAA")) != nil }
        let whole = characters.count / 4 * 4
        return Base64.decode(Array(characters.prefix(whole))) ?? []
    }
}
