internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// Two rejections compared: one that comes later than that of a random signature shows that a signature was accepted.
///
/// The body can't be used, so that an endpoint rejects it whatever its signature. Where it answers a correct signature
/// differently from a random one, the answer to a third signature tells which of the two it was taken for.
enum RejectionFamily {
    static let cases: [Case] = signatures.map(compared)

    /// A wrong signature over the message or the body.
    private struct WrongSignature: Sendable {
        let name: String
        let title: String
        let needs: [Requirement]
        let edit: @Sendable (inout Draft) -> Void

        init(
            _ name: String, _ title: String, needs: [Requirement] = [], edit: @escaping @Sendable (inout Draft) -> Void
        ) {
            self.name = name
            self.title = title
            self.needs = needs
            self.edit = edit
        }
    }

    private static let signatures = [
        WrongSignature("plain-hash-of-message", "the plain SHA-256 of the signed message") { draft in
            let encoding = draft.encoding
            draft.onceSigned { $0.signature = encoding.encode(HashFunction.sha256.digest($0.message)) }
        },
        WrongSignature(
            "plain-hash-of-body", "the plain SHA-256 of the body",
            needs: [.not(.message(MessageTemplate(parts: [.field(.body)])))]
        ) { draft in
            let encoding = draft.encoding
            draft.onceSigned { $0.signature = encoding.encode(HashFunction.sha256.digest($0.body)) }
        },
        WrongSignature("empty-key", "made with an empty key") { $0.key = [] },
        WrongSignature("reserialised-body", "that of the body written anew", needs: [.json]) { draft in
            draft.signBody(as: draft.payload.serialized())
        },
        WrongSignature("nothing", "that of an empty body") { $0.signBody(as: []) },
        WrongSignature("no-timestamp", "that of a message without the timestamp", needs: [.timestamp]) {
            $0.signed[.timestamp] = []
        },
    ]

    /// Bodies that no handler can use, from the one that parses to the one that does not.
    private static let unusable: [@Sendable (inout Draft) -> Void] = [
        { draft in
            draft.serialise = { $0.serialized(.pretty) }
            for pointer in [draft.context.payload.textPointer] + draft.context.payload.required {
                draft.payload = draft.payload.replacing(pointer: pointer, with: nil)
            }
        },
        { draft in
            draft.serialise = { $0.serialized(.pretty) + Array("}".utf8) }
        },
    ]

    private static func compared(_ wrong: WrongSignature) -> Case {
        .scenario(
            "rejection/\(wrong.name)", .must, .signature, .high, covers: ["J12"], cwe: [203, 347],
            needs: [.hmac, .signedBody, .invalidBodyRefused] + wrong.needs, expects: .rejected,
            "An unusable body with a signature that is \(wrong.title) is rejected as with a random one.",
            why:
                "A rejection that comes from the parser shows that the verifier accepted the signature. With a body "
                + "that the parser takes, the same signature gets in.",
            fix: "Reject the signature before anything looks at the body, and accept no other recipe as a fallback."
        ) { session in
            for spoil in unusable {
                func reply(_ edit: (inout Draft) -> Void = { _ in }) throws -> Reply {
                    let request = session.draft(for: session.main).signed { draft in
                        spoil(&draft)
                        edit(&draft)
                    }
                    return try session.send(request, to: session.main)
                }
                let correct = try reply()
                let random = try reply { $0.spoilSignature() }
                guard correct.isRejected, random.isRejected, !correct.looksLike(random) else { continue }
                let probe = try reply(wrong.edit)
                if probe.isAccepted {
                    throw Finding(.forgery, "a request with a signature that is \(wrong.title) was \(probe.words)")
                }
                guard probe.looksLike(correct), !probe.looksLike(random) else { return }
                // Answers that vary by themselves tell nothing.
                guard try reply({ $0.spoilSignature() }).looksLike(random), try reply(wrong.edit).looksLike(correct)
                else { throw Obstacle("rejections of the same kind of request differ") }
                throw Finding(
                    .forgery,
                    "a signature that is \(wrong.title) was accepted: its request was \(probe.words), as with the "
                        + "correct signature, where a random one was \(random.words)")
            }
            throw Obstacle.moot("an unusable body is answered in the same way whatever its signature")
        }
    }
}

extension Reply {
    /// Whether two answers are the same to their sender.
    fileprivate func looksLike(_ other: Reply) -> Bool { status == other.status && body == other.body }
}
