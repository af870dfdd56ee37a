internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes
internal import Synchronization
internal import Transport

/// Verdicts that belong to another request, and wrong verification that a parser hides.
enum VerdictFlaws {
    static let all: [Flaw] = remembered + hidden

    // MARK: Remembered

    private static let remembered: [Flaw] = [
        cached(
            "verdict-cached-by-signature", needs: [.signedBody], caughtBy: ["replay/verdict-*"],
            "It remembers which signatures were right, and not for what.",
            explanation: "Your endpoint caches verdicts by signature, so that a seen signature opens it to any request."
        ) { [$0.route, $0.signatures.first ?? []] },
        cached(
            "verdict-cached-by-body", needs: [.timestamp], caughtBy: ["replay/verdict-other-timestamp"],
            "It remembers which signature was right for a body, whatever the timestamp.",
            explanation:
                "Your endpoint caches verdicts without the timestamp, so that a captured request never expires."
        ) { [$0.route, $0.signatures.first ?? [], $0.request.body] },
        cached(
            "verdict-shared-by-bridges", caughtBy: ["tenancy/other-request"],
            "It remembers which requests were right, and not at which bridge.",
            explanation:
                "Your endpoint shares its cache of verdicts among tenants, so that one can write to the others."
        ) { [$0.signatureHeader ?? [], $0.timestamp ?? [], $0.request.body] },
        Flaw(
            "every-ninth-unverified", covers: ["A19"], caughtBy: ["replay/forgery-every-time"],
            "It accepts every ninth request in a row that does not verify.",
            explanation: "Your endpoint lets a forged request in now and then: one of its servers does not verify."
        ) { behaviour in
            let rejected = Mutex<(signature: [UInt8], count: Int)>(([], 0))
            behaviour.acceptAnyway { _, received in
                rejected.withLock { rejected in
                    let signature = received.signatureHeader ?? []
                    rejected = (signature, rejected.signature == signature ? rejected.count + 1 : 1)
                    return rejected.count % 9 == 0
                }
            }
        },
    ]

    /// Accepts what has the key of a request that verified.
    private static func cached(
        _ id: String, needs: [Requirement] = [], caughtBy: [String], _ title: String, explanation: String,
        by key: @escaping @Sendable (ReceivedRequest) -> [[UInt8]]
    ) -> Flaw {
        Flaw(
            id, covers: ["B19"], needs: needs, caughtBy: caughtBy, title, explanation: explanation
        ) { behaviour in
            let seen = Mutex<Set<[[UInt8]]>>([])
            behaviour.acceptAnyway { _, received in
                guard received.signatures.first?.isEmpty == false else { return false }
                return seen.withLock { $0.contains(key(received)) }
            }
            let accepts = behaviour.accepts
            behaviour.accepts = { answer, received in
                seen.withLock { _ = $0.insert(key(received)) }
                return accepts(answer, received)
            }
        }
    }

    // MARK: Hidden

    private static let hidden: [Flaw] = [
        hides(
            "fallback-to-plain-hash", caughtBy: ["rejection/plain-hash-of-message"],
            "It accepts the plain SHA-256 of the message for bodies that it can't use.",
            explanation: "Your endpoint accepts a signature that needs no secret, and only its parser rejects the body."
        ) { values, _, scheme in [HashFunction.sha256.digest(values.message(scheme.signature.message))] },
        hides(
            "fallback-to-hash-of-body", caughtBy: ["rejection/plain-hash-of-body"],
            "It accepts the plain SHA-256 of the body for bodies that it can't use.",
            explanation: "Your endpoint accepts a digest of the body as its signature, and only its parser rejects it."
        ) { values, _, _ in [HashFunction.sha256.digest(values.body)] },
        hides(
            "fallback-to-empty-key", caughtBy: ["rejection/empty-key"],
            "It accepts signatures under an empty key for bodies that it can't use.",
            explanation:
                "Your endpoint verifies with an empty secret where it finds none, and hides that in a later error."
        ) { values, _, scheme in values.signatures(under: [], scheme) },
        hides(
            "fallback-to-reserialised", caughtBy: ["rejection/reserialised-body"],
            "It verifies the body written anew for bodies that it can't use.",
            explanation:
                "Your endpoint verifies what its serialiser makes of the body, and its schema check hides that."
        ) { values, key, scheme in
            guard let body = try? JSON.parse(values.body) else { return [] }
            var others = values
            others.body = body.serialized()
            return others.signatures(under: key, scheme)
        },
        hides(
            "fallback-to-nothing", caughtBy: ["rejection/nothing"],
            "It verifies no bytes at all for bodies that it can't use.",
            explanation: "Your endpoint verifies an empty body where its parser fails, and then answers with an error."
        ) { values, key, scheme in
            var others = values
            others.body = []
            return others.signatures(under: key, scheme)
        },
        hides(
            "fallback-to-no-timestamp", needs: [.timestamp], caughtBy: ["rejection/no-timestamp"],
            "It verifies the message without its timestamp for bodies that it can't use.",
            explanation: "Your endpoint falls back to a recipe without the timestamp, and its parser hides that."
        ) { values, key, scheme in
            var others = values
            others.timestamp = []
            return others.signatures(under: key, scheme)
        },
    ]

    /// Accepts more signatures for bodies that are rejected afterwards in any case.
    private static func hides(
        _ id: String, needs: [Requirement] = [], caughtBy: [String], _ title: String, explanation: String,
        more: @escaping @Sendable (SignedValues, _ key: [UInt8], Scheme) -> [[UInt8]]
    ) -> Flaw {
        Flaw(
            id, covers: ["J12"], needs: [.hmac, .signedBody, .invalidBodyRefused] + needs, caughtBy: caughtBy, title,
            explanation: explanation
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                let body = try? JSON.parse(values.body)
                let isUsable = scheme.payloads.contains { RequiredMembers.areThere(body, $0) }
                return isUsable ? [] : more(values, key, scheme)
            }
        }
    }
}
