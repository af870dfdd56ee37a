internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

// Tokens signed by someone else, and the ids with which tokens name their keys (C09).
extension TokenFamily {
    static let strangers: [Case] = [
        forged("other-key", "by the sender's own key under the real key's id", profile: .smoke) {
            $0.key = stranger
        },
        forged("other-key-own-name", "by the sender's own key under its own id") { draft in
            draft.key = stranger
            draft.setTokenHeader("kid", .string(strangerKey.map(JSONWebKey.thumbprint) ?? ""))
        },
        forged("other-key-in-token", "by a key embedded in the token") { draft in
            guard let strangerKey else { return }
            draft.key = stranger
            draft.setTokenHeader("kid", .string(JSONWebKey.thumbprint(of: strangerKey)))
            draft.setTokenHeader("jwk", JSONWebKey.json(strangerKey))
        },
        forged("other-key-by-address", "by a key at an address in the token") { draft in
            draft.key = stranger
            draft.setTokenHeader("jku", "https://countersign.invalid/keys")
        },
        forged("other-key-by-certificate-address", "by a key whose certificate is at an address in the token") {
            draft in
            draft.key = stranger
            draft.setTokenHeader("x5u", "https://countersign.invalid/certificate")
        },
        forged("other-key-without-name", "by the sender's own key without an id") { draft in
            draft.key = stranger
            draft.setTokenHeader("kid", nil)
        },
        Case(
            "token/endorsed-for-another-channel", .must, .tenancy, .high, covers: ["I05"], cwe: [345, 863],
            needs: [.token], changes: .signedMessage,
            "A token signed by a key in the set that is endorsed for another channel is rejected.",
            why:
                "All channels share one key set. A party that runs another channel signs with a key in the set, "
                + "and only the key's endorsements say that it may not sign for yours.",
            fix: "Look up the body's channelId among the endorsements of the signing key.",
            expect: .rejected
        ) { draft in
            draft.key = otherChannel
            draft.setTokenHeader("kid", .string(SignatureAlgorithm.rs256.keyName(of: otherChannel) ?? ""))
        },
        Case(
            "token/claims-changed", .must, .message, .critical, covers: ["C09", "A01"], cwe: [347, 345],
            needs: [.token], changes: .signature, "A token whose claims were changed after signing is rejected.",
            why: "An endpoint that decodes tokens without verifying them believes whatever anyone writes.",
            fix: "Call the function that verifies, not the one that decodes.", expect: .rejected, profile: .smoke
        ) { draft in
            draft.message = draft.message
            draft.claims = draft.claims.replacing(pointer: "/name", with: "changed")
        },
        Case(
            "token/header-changed", .must, .message, .high, covers: ["C09"], cwe: [347, 345], needs: [.token],
            changes: .signature, "A token whose header was changed after signing is rejected.",
            why: "The header is part of the signed text. An endpoint that verifies only the claims accepts foreign "
                + "headers.",
            fix: "Verify over the header and the claims exactly as they appear in the token.", expect: .rejected
        ) { draft in
            draft.message = draft.message
            draft.setTokenHeader("typ", "at+jwt")
        },
    ]

    static let keyNames: [Case] = [
        Case(
            "token/key-name-unknown", .should, .key, .low, covers: ["C09"], cwe: [347], needs: [.token],
            changes: .signedMessage, "A token with an unknown key id is rejected even if its key is in the set.",
            why: "A verifier that tries every key does work for anyone, and does not notice a made-up id.",
            fix: "Choose the key by its id, fetch the set again once an hour at most, and reject an unknown id.",
            expect: .rejected
        ) { $0.setTokenHeader("kid", "countersign-unknown") },
        decided("key-name-missing", "without a key id") { $0.setTokenHeader("kid", nil) },
        decided("key-name-number", "whose key id is a number") { $0.setTokenHeader("kid", 1) },
    ]

    private static func decided(
        _ name: String, _ title: String, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .may, .key, .info, covers: ["C09"], cwe: [755], needs: [.token], changes: .signedMessage,
            "A token \(title) is accepted or rejected without an error.",
            why:
                "A verifier that looks up the id without checking its type throws, so anyone can cause a 500.",
            fix: "Reject a token that does not name a key in the set.", expect: .either,
            keptFor: .regression("lookups that fail on an id of another type"), probe: edit)
    }

    private static var strangerKey: RSAPublicKey? { (try? RSAPrivateKey.kept(der: stranger))?.publicKey }

    private static func forged(
        _ name: String, _ title: String, profile: Profile = .standard, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .must, .signature, .critical, covers: ["C09"], cwe: [347], needs: [.token],
            changes: .signedMessage, "A token signed \(title) is rejected.",
            why:
                "Anyone can generate a key and sign with it. If an endpoint checks only the claims, or takes the "
                + "key from the token, anyone can speak in anyone's name.",
            fix: "Verify the signature with a key from the set that the OpenID document names, and no other.",
            expect: .rejected, profile: profile, probe: edit)
    }
}
