internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// JSON Web Tokens: who may sign, with which algorithm, and what the claims must say.
enum TokenFamily {
    static let cases: [Case] = unsigned + publicKeyAsSecret + labels + strangers + keyNames + layout + claims + body

    // MARK: Algorithm

    private static let oneAlgorithm =
        "Pass the list of algorithms to the library yourself, with RS256 alone in it, and never take it from the token."

    /// Tokens that declare themselves unsigned (C07).
    private static let unsigned: [Case] =
        ["none", "None", "nOnE", "NONE"].enumerated().map { place, name in
            algorithm(
                "alg-none\(place == 0 ? "" : "-spelling-\(place)")",
                "whose algorithm is \(name) and that has no signature",
                ["C07"], profile: place == 0 ? .smoke : .standard
            ) { draft in
                draft.setTokenHeader("alg", .string(name))
                draft.editSignature { _ in [] }
            }
        } + [
            algorithm(
                "alg-none-with-signature", "whose algorithm is none and whose signature is another token's", ["C07"]
            ) {
                draft in
                draft.setTokenHeader("alg", "none")
                draft.key = stranger
            },
            algorithm("alg-missing", "without an algorithm and without a signature", ["C07"]) { draft in
                draft.setTokenHeader("alg", nil)
                draft.editSignature { _ in [] }
            },
        ]

    /// Everyone knows the public key; used as an HMAC key, it lets anyone sign (C08).
    private static let publicKeyAsSecret: [Case] = [
        hmac("pem", "the PEM text of the public key") { $0.pem },
        hmac("pem-without-last-line-end", "the PEM text of the public key without its trailing newline") {
            Array($0.pem.dropLast())
        },
        hmac("der", "the DER bytes of the public key") { $0.der },
        hmac("jwk-n", "the modulus as shown in the key set") { Base64.encode($0.modulus, alphabet: .url) },
        hmac("modulus", "the bytes of the modulus") { $0.modulus },
        hmac("empty-key", "an empty key", ["C08", "A04"]) { _ in [] },
        algorithm(
            "hs256-kid-of-empty-file",
            "signed by HS256 under an empty key, whose key id is the path of an empty file,",
            ["C08", "A04"]
        ) { draft in
            draft.setTokenHeader("alg", "HS256")
            draft.setTokenHeader("kid", "../../../../../../dev/null")
            draft.algorithm = .hmac(.sha256)
            draft.key = []
        },
    ]

    private static func hmac(
        _ name: String, _ title: String, _ covers: [String] = ["C08"],
        key: @escaping @Sendable (RSAPublicKey) -> [UInt8]
    ) -> Case {
        algorithm(
            "hs256-\(name)", "signed by HS256 under \(title)", covers, profile: name == "pem" ? .smoke : .standard
        ) { draft in
            guard let known = draft.publicKey else { return }
            draft.setTokenHeader("alg", "HS256")
            draft.algorithm = .hmac(.sha256)
            draft.key = key(known)
        }
    }

    /// The correct signature under another algorithm's name.
    private static let labels: [Case] =
        ["HS256", "RS512", "PS256", "rs256"].map { name in
            Case(
                "token/alg-named-\(name == "rs256" ? "in-lower-case" : name.lowercased())", .should, .algorithm, .low,
                covers: ["C02"], cwe: [757], needs: [.token], changes: .signedMessage,
                "A token signed by RS256 that names \(name) as its algorithm is rejected.",
                why: "The endpoint ignores the algorithm in the token, or bends it until it fits. The next step is to "
                    + "trust it.",
                fix: oneAlgorithm, expect: .rejected
            ) { $0.setTokenHeader("alg", .string(name)) }
        } + [
            Case(
                "token/crit-unknown", .should, .algorithm, .low, covers: ["C02"], cwe: [347], needs: [.token],
                changes: .signedMessage, "A token with an unsupported critical extension is rejected.",
                why: "The extension may change what the signature covers; RFC 7515 §4.1.11 requires that such a token "
                    + "is rejected.",
                fix: "Reject every token whose header has crit, unless you support what it names.", expect: .rejected
            ) { draft in
                draft.setTokenHeader("crit", ["https://countersign.example/unknown"])
                draft.setTokenHeader("https://countersign.example/unknown", true)
            }
        ]

    private static func algorithm(
        _ name: String, _ title: String, _ covers: [String], profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .must, .algorithm, .critical, covers: covers, cwe: [347, 327], needs: [.token],
            changes: .signedMessage, "A token \(title) is rejected.",
            why: "If the token chooses how it is verified, anyone can write tokens with any claims and speak in "
                + "anyone's name.",
            fix: oneAlgorithm, expect: .rejected, profile: profile, probe: edit)
    }

    // MARK: Layout

    private static let layout: [Case] = [
        shape("without-bearer", "has no Bearer before it") { $0.dropFirst($0.afterScheme) + [] },
        shape("under-another-scheme", "follows Basic") { bytes("Basic ") + $0.dropFirst($0.afterScheme) },
        shape("bearer-twice", "follows a repeated Bearer") { bytes("Bearer ") + $0 },
        shape("two-parts", "has no third part") { Array($0.prefix(upTo: $0.lastIndex(of: dot) ?? 0)) },
        shape("four-parts", "has a fourth part") { $0 + bytes(".AAAA") },
        shape("five-parts", "has five parts like an encrypted one") { $0 + bytes(".AAAA.AAAA") },
        shape("empty-header", "has an empty header") {
            bytes("Bearer ") + $0.suffix(from: $0.firstIndex(of: dot) ?? 0)
        },
        shape("not-json", "has three parts that are not JSON") { _ in bytes("Bearer AAAA.AAAA.AAAA") },
        shape("only-dots", "is two full stops") { _ in bytes("Bearer ..") },
        shape("padded", "is followed by padding", .should) { $0 + bytes("==") },
        decided("bearer-in-lower-case", "after bearer in lower case") {
            bytes("bearer ") + $0.dropFirst($0.afterScheme)
        },
        decided("two-spaces", "after Bearer and two spaces") { bytes("Bearer  ") + $0.dropFirst($0.afterScheme) },
    ]

    private static let dot = UInt8(ascii: ".")

    private static func shape(
        _ name: String, _ title: String, _ ceiling: Level = .must, edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "token/\(name)", ceiling, .grammar, .medium, covers: ["B06", "B13"], cwe: [248, 347], needs: [.token],
            changes: .signature, "A token that \(title) is rejected.",
            why: "Code that parses tokens by hand throws on a missing part, which lets anyone cause a 500, or goes on "
                + "without it.",
            fix: "Have a library parse the whole header, and treat every error as a rejection.", expect: .rejected
        ) { draft in draft.setHeader { edit($0.header) } }
    }

    private static func decided(
        _ name: String, _ title: String, edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "token/\(name)", .may, .grammar, .info, covers: ["B08"], cwe: [178], needs: [.token], changes: .signature,
            "A valid token \(title) is accepted or rejected without an error.",
            why: "HTTP authentication schemes are case-insensitive (RFC 9110 §11.1), yet many libraries compare them "
                + "byte for byte.",
            fix: "Compare the scheme case-insensitively.", expect: .either,
            keptFor: .interop("shows which spellings the endpoint reads")
        ) { draft in draft.setHeader { edit($0.header) } }
    }

    // MARK: Body

    /// The token does not cover the body. That is how the scheme works, and nothing an endpoint can fix.
    private static let body: [Case] = [
        Case(
            "token/body-changed-accepted", .may, .rawBody, .info, covers: ["D04"], cwe: [345], needs: [.token, .json],
            changes: .body,
            "A request whose text was changed in transit is accepted, because the token does not cover the body.",
            why: "The body is not signed. Anyone who sees a request can send any text with its token until it "
                + "expires; TLS is the only protection.",
            fix:
                "There is nothing to fix in the endpoint. Keep tokens out of logs, and do not treat the text as "
                + "authenticated.",
            expect: .accepted, keptFor: .interop("shows what the scheme leaves open")
        ) { draft in draft.sendBody { $0.say("changed") } }
    ]
}

extension [UInt8] {
    /// The number of bytes before the token, including the space.
    fileprivate var afterScheme: Int { (firstIndex(of: 0x20) ?? -1) + 1 }
}

extension Draft {
    /// Replaces a member of the token's header, or removes it.
    mutating func setTokenHeader(_ name: String, _ value: JSON?) {
        // By hand, because a name may contain characters that a pointer would have to escape.
        var members = (tokenHeader.members ?? []).filter { $0.key != name || value != nil }
        if let value {
            if let place = members.firstIndex(where: { $0.key == name }) {
                members[place].value = value
            } else {
                members.append(JSON.Member(name, value))
            }
        }
        tokenHeader = .object(members)
    }

    /// The published key.
    var publicKey: RSAPublicKey? { (try? RSAPrivateKey.kept(der: context.secret.key))?.publicKey }
}

extension TokenFamily {
    /// A key that no verifier knows.
    static let stranger = published(SecretRule.stranger)

    /// A key in the key set that this project serves, endorsed for another channel.
    static let otherChannel = published(SecretRule.otherChannel)

    private static func published(_ label: String) -> [UInt8] {
        let rule = SecretRule(decoding: .pem, prefix: "")
        return (try? rule.key(from: rule.publishedSecret(label))) ?? []
    }
}
