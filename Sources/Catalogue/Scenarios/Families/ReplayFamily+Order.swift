internal import Bytes
internal import ReportModel
internal import Schemes

// What happens first: verification, memory, effect.
extension ReplayFamily {
    static let orders: [Case] = [
        .scenario(
            "replay/forged-first", .must, .replay, .high, covers: ["F05"], cwe: [696, 345], needs: [.eventID],
            expects: .accepted, "A forged request with an id does not stop the genuine one with the same id.",
            why: "An endpoint that remembers an id before it verifies lets a stranger burn the ids of real deliveries.",
            fix: "Verify first; remember the id when the signature has held."
        ) { stage in
            let draft = stage.draft(for: stage.main)
            let forged = draft.signed { $0.onceSigned { $0.signature = $0.zeroSignature } }
            let refusal = try stage.send(forged, to: stage.main)
            guard refusal.isRejected else {
                throw Obstacle.moot("a forged request was \(refusal.words), which other cases judge")
            }
            try stage.expectGenuine(draft.signedRequest(), after: "a forged request with its id")
        },
        .scenario(
            "replay/retry-after-refusal", .should, .replay, .medium, covers: ["F11"], cwe: [696],
            needs: [.requiredEventID, .invalidBodyRefused], expects: .accepted,
            "A delivery whose first attempt was refused for its body is accepted when it comes again.",
            why: "An endpoint that marks a delivery as done before it is done loses it when the sender tries again.",
            fix: "Mark a delivery as done in the transaction that acts on it."
        ) { stage in
            let draft = stage.draft(for: stage.main)
            let broken = draft.signed { draft in
                let pointer = draft.context.payload.textPointer
                draft.payload = draft.payload.replacing(pointer: pointer, with: nil)
            }
            let refusal = try stage.send(broken, to: stage.main)
            try stage.survives(refusal, "a signed body without its text")
            guard refusal.isRejected else {
                throw Obstacle.moot("a signed body without its text is accepted here, so nothing was refused")
            }
            try stage.expectGenuine(draft.signedRequest(), after: "an attempt with the same id that was refused")
        },
        .scenario(
            "replay/refused-without-effect", .must, .signature, .high, covers: ["J07"], cwe: [696],
            expects: .rejected, "A request that is refused for its signature has no effect.",
            why:
                "A status tells what was answered, not what was done: an endpoint that acts before it verifies does what "
                + "a stranger says, and answers 401.",
            fix: "Verify before anything is written, sent or queued."
        ) { stage in
            try stage.sendControl(stage.validRequest(for: stage.main), to: stage.main)
            let forged = stage.draft(for: stage.main).signed {
                $0.onceSigned { $0.signature = $0.zeroSignature }
            }
            try stage.expectNoEffect(of: [forged], on: stage.main, "a request with a forged signature")
        },
    ]
}

extension Stage {
    /// Sends a request whose id was seen before in a request that was refused, and which must take effect all the same.
    fileprivate func expectGenuine(_ request: SignedRequest, after what: String) throws {
        var reception: Reception?
        let effects = try effects(on: main, expecting: 1) {
            let received = try send(request, to: main)
            reception = received
            return [received]
        }
        if let reception, !reception.isAccepted {
            throw Finding(.refusal, "after \(what), the genuine delivery was \(reception.words)")
        }
        if let reception, reception.saysDuplicate {
            throw Finding(.refusal, "after \(what), the genuine delivery was answered as a duplicate")
        }
        switch effects {
        case .exactly(1): return
        case .exactly: throw Finding(.refusal, "after \(what), the genuine delivery had no effect")
        case .atMost: throw Obstacle.statusOnly
        }
    }
}
