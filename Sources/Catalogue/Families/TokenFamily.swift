internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// JSON Web Tokens: who may sign, with what, and what the claims must say.
enum TokenFamily {
    static let cases: [Case] = unsigned + publicKeyAsSecret + labels + strangers + keyNames + layout + claims + body

    // MARK: Algorithm

    private static let oneAlgorithm =
        "Give the library the list of algorithms yourself, with RS256 alone in it, and never take it from the token."

    /// Tokens that say of themselves that they need no signature (C07).
    private static let unsigned: [Case] =
        ["none", "None", "nOnE", "NONE"].enumerated().map { place, name in
            algorithm(
                "alg-none\(place == 0 ? "" : "-spelling-\(place)")", "whose algorithm is \(name), without a signature",
                ["C07"], profile: place == 0 ? .smoke : .standard
            ) { draft in
                draft.setTokenHeader("alg", .string(name))
                draft.editSignature { _ in [] }
            }
        } + [
            algorithm("alg-none-with-signature", "whose algorithm is none, with the signature of another", ["C07"]) {
                draft in
                draft.setTokenHeader("alg", "none")
                draft.key = stranger
            },
            algorithm("alg-missing", "without an algorithm and without a signature", ["C07"]) { draft in
                draft.setTokenHeader("alg", nil)
                draft.editSignature { _ in [] }
            },
        ]

    /// The public key is known to everyone; as the key of an HMAC it lets everyone sign (C08).
    private static let publicKeyAsSecret: [Case] = [
        hmac("pem", "the PEM text of the public key") { $0.pem },
        hmac("pem-without-last-line-end", "the PEM text of the public key without its last line end") {
            Array($0.pem.dropLast())
        },
        hmac("der", "the DER bytes of the public key") { $0.der },
        hmac("jwk-n", "the modulus as the set of keys shows it") { Base64.encode($0.modulus, alphabet: .url) },
        hmac("modulus", "the bytes of the modulus") { $0.modulus },
        hmac("empty-key", "an empty key", ["C08", "A04"]) { _ in [] },
        algorithm(
            "hs256-kid-of-empty-file",
            "signed by HS256 under an empty key, whose key name is the path of an empty file",
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

    /// The right signature under the name of another algorithm.
    private static let labels: [Case] =
        ["HS256", "RS512", "PS256", "rs256"].map { name in
            Case(
                "token/alg-named-\(name == "rs256" ? "in-lower-case" : name.lowercased())", .should, .algorithm, .low,
                covers: ["C02"], cwe: [757], needs: [.token], changes: .signedMessage,
                "A token signed by RS256 that names \(name) as its algorithm is refused.",
                why: "What the token says is not looked at, or bent until it fits: the next step is to believe it.",
                fix: oneAlgorithm, expect: .rejected
            ) { $0.setTokenHeader("alg", .string(name)) }
        } + [
            Case(
                "token/crit-unknown", .should, .algorithm, .low, covers: ["C02"], cwe: [347], needs: [.token],
                changes: .signedMessage, "A token with an extension that must be understood, and is not, is refused.",
                why: "The extension may change what the signature covers; RFC 7515 §4.1.11 has such a token refused.",
                fix: "Refuse every token whose header has crit, unless you know what it names.", expect: .rejected
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
            changes: .signedMessage, "A token \(title) is refused.",
            why: "Where the token chooses how it is verified, anyone writes tokens with any claims, and speaks in the "
                + "name of anyone.",
            fix: oneAlgorithm, expect: .rejected, profile: profile, probe: edit)
    }

    // MARK: Layout

    private static let layout: [Case] = [
        shape("without-bearer", "stands without Bearer in front") { $0.dropFirst($0.afterScheme) + [] },
        shape("under-another-scheme", "stands behind Basic") { bytes("Basic ") + $0.dropFirst($0.afterScheme) },
        shape("bearer-twice", "stands behind Bearer twice") { bytes("Bearer ") + $0 },
        shape("two-parts", "has no third part") { Array($0.prefix(upTo: $0.lastIndex(of: dot) ?? 0)) },
        shape("four-parts", "has a fourth part") { $0 + bytes(".AAAA") },
        shape("five-parts", "has five parts, as encrypted ones do") { $0 + bytes(".AAAA.AAAA") },
        shape("empty-header", "has an empty header") {
            bytes("Bearer ") + $0.suffix(from: $0.firstIndex(of: dot) ?? 0)
        },
        shape("not-json", "has three parts that hold no JSON") { _ in bytes("Bearer AAAA.AAAA.AAAA") },
        shape("only-dots", "is two full stops") { _ in bytes("Bearer ..") },
        shape("padded", "is followed by padding", .should) { $0 + bytes("==") },
        decided("bearer-in-lower-case", "behind bearer in lower case") {
            bytes("bearer ") + $0.dropFirst($0.afterScheme)
        },
        decided("two-blanks", "behind Bearer and two blanks") { bytes("Bearer  ") + $0.dropFirst($0.afterScheme) },
    ]

    private static let dot = UInt8(ascii: ".")

    private static func shape(
        _ name: String, _ title: String, _ ceiling: Level = .must, edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "token/\(name)", ceiling, .grammar, .medium, covers: ["B06", "B13"], cwe: [248, 347], needs: [.token],
            changes: .signature, "A token that \(title) is refused.",
            why: "Code that takes tokens apart by hand throws on a part that is missing, which is a 500 for anyone who "
                + "likes, or goes on without it.",
            fix: "Have a library read the whole header, and treat every error as a refusal.", expect: .rejected
        ) { draft in draft.setHeader { edit($0.header) } }
    }

    private static func decided(
        _ name: String, _ title: String, edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "token/\(name)", .may, .grammar, .info, covers: ["B08"], cwe: [178], needs: [.token], changes: .signature,
            "A valid token \(title) is decided about.",
            why: "Schemes of HTTP have no case (RFC 9110 §11.1), and yet many libraries compare them byte for byte.",
            fix: "Compare the scheme without regard to case.", expect: .either,
            keptFor: .interop("tells which spellings the endpoint reads")
        ) { draft in draft.setHeader { edit($0.header) } }
    }

    // MARK: Body

    /// The body stands outside the token: that is how the scheme is, and nothing an endpoint can mend.
    private static let body: [Case] = [
        Case(
            "token/body-changed-accepted", .may, .rawBody, .info, covers: ["D04"], cwe: [345], needs: [.token, .json],
            changes: .body,
            "A request whose text was changed on the way is accepted: the token does not cover the body.",
            why: "Nobody signs the body here. Whoever sees one request can send any text under its token until that "
                + "expires; TLS is the only protection.",
            fix:
                "Nothing to mend in the endpoint: keep tokens out of logs, and do not take the text for authenticated.",
            expect: .accepted, keptFor: .interop("shows what the scheme leaves open")
        ) { draft in draft.sendBody { $0.say("changed") } }
    ]
}

extension [UInt8] {
    /// The number of bytes up to the token, the blank included.
    fileprivate var afterScheme: Int { (firstIndex(of: 0x20) ?? -1) + 1 }
}

extension Draft {
    /// Gives a member of the token's header another value, or takes it out.
    mutating func setTokenHeader(_ name: String, _ value: JSON?) {
        // By hand: a name may hold what a pointer would have to escape.
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

    /// The key that everyone knows.
    var publicKey: RSAPublicKey? { (try? RSAPrivateKey.kept(der: context.secret.key))?.publicKey }
}

extension TokenFamily {
    /// A key that no verifier has heard of.
    static let stranger = published(SecretRule.stranger)

    /// A key that stands in the set of keys when this project serves it, endorsed for another channel.
    static let otherChannel = published(SecretRule.otherChannel)

    private static func published(_ label: String) -> [UInt8] {
        let rule = SecretRule(decoding: .pem, prefix: "")
        return (try? rule.key(from: rule.publishedSecret(label))) ?? []
    }
}
