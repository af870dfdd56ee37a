internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// How the signature is computed: the function, the key, the message, and attempts to downgrade them.
enum AlgorithmFamily {
    static let cases: [Case] = guessedKeys + derivedKeys + recipes + hashes + unkeyed + labels + versions

    // MARK: Function

    private static let otherHashes: [(name: String, hash: HashFunction)] = [
        ("md5", .md5), ("sha1", .sha1), ("sha256", .sha256), ("sha384", .sha384), ("sha512", .sha512),
    ]

    private static let agility =
        "If the sender can choose the function, an attacker chooses the weakest one the endpoint still supports."
    private static let oneFunction = "Fix the function in the code, and take no hint from the request."

    private static let hashes: [Case] =
        otherHashes.map { other in
            Case(
                "algorithm/hmac-\(other.name)", .must, .algorithm, .medium, covers: ["C01", "C02"], cwe: [757, 327],
                needs: [.hmac, .not(.algorithm(.hmac(other.hash)))], changes: .signature,
                "A signature made with HMAC-\(other.name.uppercased()) is rejected.", why: agility, fix: oneFunction,
                expect: .rejected
            ) { $0.algorithm = .hmac(other.hash) }
        } + [
            Case(
                "algorithm/hmac-sha512-cut-to-length", .must, .algorithm, .medium, covers: ["C02"], cwe: [757, 327],
                needs: [.hmac, .not(.algorithm(.hmac(.sha512)))], changes: .signature,
                "A signature made with HMAC-SHA512 and truncated to the usual length is rejected.",
                why: "A verifier that tries several functions and compares only as many bytes as it expects accepts "
                    + "it.",
                fix: oneFunction, expect: .rejected
            ) { draft in
                let length = draft.algorithm.sign([], key: draft.key).count
                draft.algorithm = .hmac(.sha512)
                draft.editMAC { Array($0.prefix(length)) }
            }
        ]

    private struct Unkeyed: Sendable {
        let name: String
        let title: String
        let input: @Sendable (_ parts: SignedParts, _ key: [UInt8]) -> [UInt8]
    }

    private static let plainHashes = [
        Unkeyed(name: "hash-of-message", title: "the plain SHA-256 of the signed message") { parts, _ in
            parts.message
        },
        Unkeyed(name: "hash-of-key-and-message", title: "the SHA-256 of key and message") { parts, key in
            key + parts.message
        },
        Unkeyed(name: "hash-of-message-and-key", title: "the SHA-256 of message and key") { parts, key in
            parts.message + key
        },
        Unkeyed(name: "hash-of-key", title: "the SHA-256 of the key alone") { _, key in key },
    ]

    private static let plainBodyHashes = [
        Unkeyed(name: "hash-of-body", title: "the plain SHA-256 of the body") { parts, _ in parts.body },
        Unkeyed(name: "hash-of-key-and-body", title: "the SHA-256 of key and body") { parts, key in key + parts.body },
        Unkeyed(name: "hash-of-body-and-key", title: "the SHA-256 of body and key") { parts, key in parts.body + key },
    ]

    /// When only the body is signed, the digests of message and body are the same.
    private static let unkeyed: [Case] =
        plainHashes.map { plainHash($0, needs: [.hmac]) }
        + plainBodyHashes.map { plainHash($0, needs: [.hmac, .not(.message(template(.body)))]) } + [
            Case(
                "algorithm/key-and-message-swapped", .must, .algorithm, .high, covers: ["C03"], cwe: [347],
                needs: [.hmac], changes: .signature,
                "A signature made with key and message swapped is rejected.",
                why: "With swapped arguments, HMAC of a message longer than a block uses only its hash as the key, "
                    + "and treats the secret as public data.",
                fix: "Pass the secret as the key and the signed bytes as the message.", expect: .rejected
            ) { draft in
                let (key, algorithm, encoding) = (draft.key, draft.algorithm, draft.encoding)
                draft.onceSigned { $0.signature = encoding.encode(algorithm.sign(key, key: $0.message)) }
            }
        ]

    private static func plainHash(_ unkeyed: Unkeyed, needs: [Requirement]) -> Case {
        Case(
            "algorithm/\(unkeyed.name)", .must, .algorithm, .critical, covers: ["C03"], cwe: [328, 347], needs: needs,
            changes: .signature, "A request whose signature is \(unkeyed.title) is rejected.",
            why: "A plain hash needs no secret, and anyone who sees a hash with the secret in front can extend it "
                + "(length extension).",
            fix: "Use HMAC (RFC 2104) from the platform's library.", expect: .rejected
        ) { draft in
            let (key, encoding) = (draft.key, draft.encoding)
            draft.onceSigned { $0.signature = encoding.encode(HashFunction.sha256.digest(unkeyed.input($0, key))) }
        }
    }

    // MARK: Message

    private struct Recipe: Sendable {
        let name: String
        let title: String
        let template: MessageTemplate
        var needs: [Requirement] = []
    }

    private static func template(
        _ fields: MessageTemplate.Field..., joinedBy separator: String = "", after: String = ""
    )
        -> MessageTemplate
    {
        var parts: [MessageTemplate.Part] = after.isEmpty ? [] : [.literal(bytes(after))]
        for (place, field) in fields.enumerated() {
            if place > 0, !separator.isEmpty { parts.append(.literal(bytes(separator))) }
            parts.append(.field(field))
        }
        return MessageTemplate(parts: parts)
    }

    private static let otherRecipes = [
        Recipe(name: "body", title: "the body alone", template: template(.body)),
        Recipe(
            name: "timestamp-body", title: "timestamp and body without a separator",
            template: template(.timestamp, .body), needs: [.timestamp]),
        Recipe(
            name: "timestamp-dot-body", title: "timestamp, full stop and body",
            template: template(.timestamp, .body, joinedBy: "."), needs: [.timestamp]),
        Recipe(
            name: "timestamp-colon-body", title: "timestamp, colon and body",
            template: template(.timestamp, .body, joinedBy: ":"), needs: [.timestamp]),
        Recipe(
            name: "timestamp-newline-body", title: "timestamp, newline and body",
            template: template(.timestamp, .body, joinedBy: "\n"), needs: [.timestamp]),
        Recipe(
            name: "v0-timestamp-body", title: "v0, timestamp and body separated by colons",
            template: template(.timestamp, .body, joinedBy: ":", after: "v0:"), needs: [.timestamp]),
        Recipe(
            name: "id-timestamp-body", title: "id, timestamp and body separated by full stops",
            template: template(.id, .timestamp, .body, joinedBy: "."), needs: [.timestamp, .eventID]),
        Recipe(
            name: "body-timestamp", title: "body and timestamp in reverse order",
            template: template(.body, .timestamp), needs: [.timestamp]),
        Recipe(
            name: "body-dot-timestamp", title: "body, full stop and timestamp",
            template: template(.body, .timestamp, joinedBy: "."), needs: [.timestamp]),
        Recipe(
            name: "timestamp", title: "the timestamp without the body", template: template(.timestamp),
            needs: [.timestamp]),
        Recipe(
            name: "id-timestamp", title: "id and timestamp without the body",
            template: template(.id, .timestamp, joinedBy: "."), needs: [.timestamp, .eventID]),
        Recipe(name: "id-body", title: "id and body", template: template(.id, .body, joinedBy: "."), needs: [.eventID]),
        Recipe(name: "id", title: "the id alone", template: template(.id), needs: [.eventID]),
        Recipe(name: "path-body", title: "path and body", template: template(.target, .body)),
        Recipe(name: "path", title: "the path alone", template: template(.target)),
        Recipe(
            name: "method-path-body", title: "method, path and body", template: template(.method, .target, .body)),
    ]

    private static let recipes: [Case] = otherRecipes.map { recipe in
        let signsLess = !recipe.template.contains(.body)
        return Case(
            "algorithm/signed-\(recipe.name)", .must, .message, .high, covers: ["A12"], cwe: [757, 347],
            needs: recipe.needs + [.not(.message(recipe.template))], changes: .signedMessage,
            "A request signed over \(recipe.title) is rejected.",
            why: signsLess
                ? "A signature that does not cover the body is valid for any body: one captured request signs them all."
                : "A verifier that tries several recipes is only as strong as the weakest: what one of them omits "
                    + "is no longer protected, and signatures for another system are valid here.",
            fix: "Build the signed message with the scheme's one recipe, and compare once.", expect: .rejected,
            profile: recipe.name == "body" ? .smoke : .standard
        ) { $0.template = recipe.template }
    }
}
