internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

// Tokens signed by somebody else, and the names by which tokens call their keys (C09).
extension TokenFamily {
    static let strangers: [Case] = [
        forged("other-key", "by a key of the sender's own, under the name of the real one", profile: .smoke) {
            $0.key = stranger
        },
        forged("other-key-own-name", "by a key of the sender's own, under its own name") { draft in
            draft.key = stranger
            draft.setTokenHeader("kid", .string(strangerKey.map(JSONWebKey.thumbprint) ?? ""))
        },
        forged("other-key-in-token", "by a key that the token brings along") { draft in
            guard let strangerKey else { return }
            draft.key = stranger
            draft.setTokenHeader("kid", .string(JSONWebKey.thumbprint(of: strangerKey)))
            draft.setTokenHeader("jwk", JSONWebKey.json(strangerKey))
        },
        forged("other-key-by-address", "by a key that stands at an address in the token") { draft in
            draft.key = stranger
            draft.setTokenHeader("jku", "https://countersign.invalid/keys")
        },
        forged("other-key-by-certificate-address", "by a key whose certificate stands at an address in the token") {
            draft in
            draft.key = stranger
            draft.setTokenHeader("x5u", "https://countersign.invalid/certificate")
        },
        forged("other-key-without-name", "by a key of the sender's own, without a name") { draft in
            draft.key = stranger
            draft.setTokenHeader("kid", nil)
        },
        Case(
            "token/endorsed-for-another-channel", .must, .tenancy, .high, covers: ["I05"], cwe: [345, 863],
            needs: [.token], changes: .signedMessage,
            "A token signed by a key of the set that is endorsed for another channel is refused.",
            why:
                "The set of keys is one for all channels. Whoever runs another one signs with a key that is in the set, "
                + "and only the endorsements of the key say that it may not speak for yours.",
            fix: "Look for the channelId of the body among the endorsements of the key that signed.",
            expect: .rejected
        ) { draft in
            draft.key = otherChannel
            draft.setTokenHeader("kid", .string(SignatureAlgorithm.rs256.keyName(of: otherChannel) ?? ""))
        },
        Case(
            "token/claims-changed", .must, .message, .critical, covers: ["C09", "A01"], cwe: [347, 345],
            needs: [.token], changes: .signature, "A token whose claims were changed after it was signed is refused.",
            why: "An endpoint that decodes tokens without verifying them believes whatever anyone writes.",
            fix: "Call the function that verifies, not the one that decodes.", expect: .rejected, profile: .smoke
        ) { draft in
            draft.message = draft.message
            draft.claims = draft.claims.replacing(pointer: "/name", with: "changed")
        },
        Case(
            "token/header-changed", .must, .message, .high, covers: ["C09"], cwe: [347, 345], needs: [.token],
            changes: .signature, "A token whose header was changed after it was signed is refused.",
            why: "The header is part of what is signed; an endpoint that signs the claims alone takes foreign headers.",
            fix: "Verify over the header and the claims, as they stand in the token.", expect: .rejected
        ) { draft in
            draft.message = draft.message
            draft.setTokenHeader("typ", "at+jwt")
        },
    ]

    static let keyNames: [Case] = [
        Case(
            "token/key-name-unknown", .should, .key, .low, covers: ["C09"], cwe: [347], needs: [.token],
            changes: .signedMessage, "A token that names a key that is not in the set is refused, though the key is.",
            why: "A verifier that tries every key does work for every stranger, and does not notice a name made up.",
            fix: "Choose the key by its name, fetch the set again once an hour at most, and refuse an unknown name.",
            expect: .rejected
        ) { $0.setTokenHeader("kid", "countersign-unknown") },
        decided("key-name-missing", "without the name of its key") { $0.setTokenHeader("kid", nil) },
        decided("key-name-number", "whose key's name is a number") { $0.setTokenHeader("kid", 1) },
    ]

    private static func decided(
        _ name: String, _ title: String, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .may, .key, .info, covers: ["C09"], cwe: [755], needs: [.token], changes: .signedMessage,
            "A token \(title) is decided about.",
            why:
                "A verifier that looks the name up without asking whether it is one throws, and answers 500 to anyone.",
            fix: "Refuse a token that does not name a key of the set.", expect: .either,
            keptFor: .regression("lookups that fail on a name of another kind"), probe: edit)
    }

    private static var strangerKey: RSAPublicKey? { (try? RSAPrivateKey.kept(der: stranger))?.publicKey }

    private static func forged(
        _ name: String, _ title: String, profile: Profile = .standard, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .must, .signature, .critical, covers: ["C09"], cwe: [347], needs: [.token],
            changes: .signedMessage, "A token signed \(title) is refused.",
            why:
                "Anyone can make a key and sign with it. An endpoint that checks only the claims, or takes the key from "
                + "the token, lets everyone speak in the name of anyone.",
            fix: "Verify the signature with a key of the set that the OpenID document names, and no other.",
            expect: .rejected, profile: profile, probe: edit)
    }
}
