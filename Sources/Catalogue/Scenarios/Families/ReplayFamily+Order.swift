internal import Bytes
internal import ReportModel
internal import Schemes

// What comes first: verification, memory or the effect.
extension ReplayFamily {
    static let orders: [Case] = [
        .scenario(
            "replay/forged-first", .must, .replay, .high, covers: ["F05"], cwe: [696, 345], needs: [.eventID],
            expects: .accepted, "A forged request does not block the genuine one with the same id.",
            why: "An endpoint that stores ids before it verifies lets an attacker burn the ids of real deliveries.",
            fix: "Verify first; store the id once the signature has verified."
        ) { session in
            let draft = session.draft(for: session.main)
            let forged = draft.signed { $0.onceSigned { $0.signature = $0.zeroSignature } }
            let refusal = try session.send(forged, to: session.main)
            guard refusal.isRejected else {
                throw Obstacle.moot("a forged request was \(refusal.words), which other cases judge")
            }
            try session.expectGenuine(draft.signedRequest(), after: "a forged request with its id")
        },
        .scenario(
            "replay/retry-after-refusal", .should, .replay, .medium, covers: ["F11"], cwe: [696],
            needs: [.eventID, .json], expects: .accepted,
            "A delivery whose first attempt failed because of its body is accepted on retry.",
            why: "An endpoint that marks a delivery as done before it is done loses it when the sender retries.",
            fix: "Mark a delivery as done in the transaction that processes it."
        ) { session in
            let ways = Self.unusableBodies(session.draft(for: session.main).context)
            for way in ways {
                // A body that is accepted has used up its id.
                let draft = session.draft(for: session.main)
                let broken = draft.signed { $0.payload = $0.payload.replacing(pointer: way.pointer, with: way.value) }
                // One that crashes the handler is not accepted either, and is retried by the sender just the same; that
                // it crashes is another case's finding.
                let attempt = try session.send(broken, to: session.main)
                guard !attempt.isAccepted else { continue }
                return try session.expectGenuine(draft.signedRequest(), after: "a failed attempt with the same id")
            }
            throw Obstacle.moot("the endpoint accepted every signed body, even without required members")
        },
        .scenario(
            "replay/refused-without-effect", .must, .signature, .high, covers: ["J07"], cwe: [696],
            expects: .rejected, "A request that is rejected for its signature has no effect.",
            why:
                "A status shows the answer, not the effect. An endpoint that acts before it verifies obeys an "
                + "attacker and then answers 401.",
            fix: "Verify before you write, send or queue anything."
        ) { session in
            try session.sendControl(session.validRequest(for: session.main), to: session.main)
            let forged = session.draft(for: session.main).signed {
                $0.onceSigned { $0.signature = $0.zeroSignature }
            }
            try session.expectNoEffect(of: [forged], on: session.main, "a request with a forged signature")
        },
    ]
}

extension ReplayFamily {
    /// Returns members to leave out or to send with another type, one at a time; the id is always sent.
    fileprivate static func unusableBodies(
        _ context: RequestContext
    ) -> [(pointer: String, value: JSON?, words: String)] {
        var pointers = [context.payload.textPointer]
        for pointer in context.payload.required where !pointers.contains(pointer) { pointers.append(pointer) }
        if case .pointer(let id) = context.scheme.eventID { pointers.removeAll { $0 == id } }
        let values: [(JSON?, String)] = [
            (nil, "missing"), (.null, "null"), (.number("7"), "a number"), ([], "an array"),
        ]
        return values.flatMap { value, words in pointers.map { ($0, value, words) } }
    }
}

extension ScenarioSession {
    /// Sends a request whose id was first seen in a rejected request. It must take effect all the same.
    fileprivate func expectGenuine(_ request: SignedRequest, after what: String) throws {
        var reply: Reply?
        let effects = try effects(on: main, expecting: 1) {
            let received = try send(request, to: main)
            reply = received
            return [received]
        }
        if let reply, !reply.isAccepted {
            throw Finding(.refusal, "after \(what), the genuine delivery was \(reply.words)")
        }
        if let reply, reply.saysDuplicate {
            throw Finding(.refusal, "after \(what), the genuine delivery was answered as a duplicate")
        }
        switch effects {
        case .exactly(1): return
        case .exactly: throw Finding(.refusal, "after \(what), the genuine delivery had no effect")
        case .atMost: throw Obstacle.statusOnly
        }
    }
}
