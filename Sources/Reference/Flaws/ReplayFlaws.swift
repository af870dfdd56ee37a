internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Platform
internal import Schemes
internal import Transport

/// What is remembered of accepted deliveries.
enum ReplayFlaws {
    static let all: [Flaw] = [
        Flaw(
            "no-dedupe", covers: ["F01"], needs: [.eventID],
            caughtBy: [
                "replay/identical", "replay/remembered", "replay/at-once", "replay/after-many-events",
                "replay/last-moment",
            ],
            "It does not remember deliveries.",
            explanation: "Your endpoint processes a captured request again each time it is sent."
        ) { $0.changeDelivery { delivery, _, _ in delivery.event = nil } },
        Flaw(
            "forgets-after-a-second", covers: ["F01", "F08"], needs: [.eventID],
            caughtBy: ["replay/remembered", "replay/last-moment"],
            "It forgets a delivery after a second.",
            explanation: "Your endpoint forgets a delivery almost at once, so it detects only an immediate replay."
        ) { $0.changeDelivery { delivery, _, _ in delivery.window = min(delivery.window, 1) } },
        Flaw(
            "forgets-at-half-time", covers: ["F08"], needs: [.eventID],
            caughtBy: ["replay/last-moment", "replay/remembered"],
            "It forgets a delivery after half the time in which it can be replayed.",
            explanation:
                "Your endpoint forgets deliveries before their timestamps expire, so a late replay passes as new."
        ) { $0.changeDelivery { delivery, _, _ in delivery.window /= 2 } },
        Flaw(
            "duplicate-conflicts", covers: ["F16"], needs: [.eventID],
            caughtBy: ["replay/answered-2xx", "replay/identical"],
            "It answers 409 to a duplicate.",
            explanation:
                "Your endpoint answers 409 to a delivery that it already has, so an honest sender retries or gives up."
        ) { $0.repeats = { _, _ in .answer(.problem(409, "duplicate event")) } },
        Flaw(
            "duplicate-crashes", covers: ["F16"], needs: [.eventID],
            caughtBy: ["replay/answered-2xx", "replay/identical"],
            "It throws on a duplicate.",
            explanation:
                "Your endpoint fails on a delivery that it already has, probably with an uncaught unique-constraint "
                + "error, so an honest sender keeps retrying."
        ) { behaviour in
            let crash = Crash.trace("UNIQUE constraint failed: events.event_id", "save (/srv/app/events.js:31:9)")
            behaviour.repeats = { _, _ in crash.action }
        },
        Flaw(
            "replay-mints-id", covers: ["F15"], needs: [.eventID], caughtBy: ["replay/no-fresh-capability"],
            "It issues a new message id and token before it looks for duplicates.",
            explanation:
                "Your endpoint returns a new id or token for a replayed request, because it creates them before it "
                + "detects the duplicate."
        ) { behaviour in
            let fresh: @Sendable (HTTPResponse, ReceivedRequest) -> ServerAction = { _, received in
                let token = Hex.encode(RandomBytes.make(count: 12))
                var answer = received.scheme.responses.accepted.response(
                    messageID: "msg_" + String(decoding: token, as: UTF8.self))
                let body = (try? JSON.parse(answer.body))?.members ?? []
                let stream = JSON.Member("stream_token", .string(String(decoding: token, as: UTF8.self)))
                answer.body = JSON.object(body + [stream]).serialized()
                return .answer(answer)
            }
            behaviour.accepts = fresh
            behaviour.repeats = fresh
        },
        Flaw(
            "delivery-header-remembered", covers: ["F02"], needs: [.eventID], caughtBy: ["replay/new-delivery-id"],
            "It identifies a delivery by an unsigned header.",
            explanation:
                "Your endpoint deduplicates by a header that is not signed, so a replay only needs a new value there."
        ) { behaviour in
            let names = [
                "X-Request-Id", "Idempotency-Key", "X-Event-Id", "X-Delivery-Id", "X-GitHub-Delivery", "X-Webhook-Id",
            ]
            behaviour.changeEventID { _, received, _ in names.lazy.compactMap { received.header($0) }.first }
        },
        Flaw(
            "vendor-header-remembered", covers: ["F19"], needs: [.eventID], caughtBy: ["replay/ids-of-other-vendors"],
            "It recognises a delivery by the id header of whichever vendor it finds first.",
            explanation:
                "Your endpoint looks for an id in the headers of many vendors, and a replay can bring one of its own."
        ) { behaviour in
            let names = ["Svix-Id", "X-Shopify-Webhook-Id", "X-Gitlab-Event-UUID", "X-Amz-Sns-Message-Id", "ce-id"]
            behaviour.changeEventID { _, received, _ in names.lazy.compactMap { received.header($0) }.first }
        },
        Flaw(
            "query-id-remembered", covers: ["F19"], needs: [.eventID], caughtBy: ["replay/other-query"],
            "It recognises a delivery by an id in the query when there is one.",
            explanation: "Your endpoint prefers an id from its own address, which nobody signed."
        ) { behaviour in
            behaviour.changeEventID { _, received, _ in
                ["delivery_id", "event_id"].lazy.compactMap { received.request.query($0) }.first
            }
        },
        cut("id-cut-at-64", 64, caughtBy: ["replay/ids-of-65-characters"]),
        cut("id-cut-at-128", 128, caughtBy: ["replay/ids-of-129-characters"]),
        cut("id-cut-at-255", 255, caughtBy: ["replay/ids-of-256-characters"]),
        Flaw(
            "long-id-crashes", covers: ["F20"], needs: [.eventID], caughtBy: ["replay/ids-of-256-characters"],
            "It fails with an exception on an id of more than 255 characters.",
            explanation: "Your endpoint stores ids in a column of 255 characters, and nobody catches its error."
        ) { behaviour in
            let crash = Crash.trace("value too long for type character varying(255)", "save (/srv/app/events.js:31:9)")
            let (accepts, repeats) = (behaviour.accepts, behaviour.repeats)
            let isLong: @Sendable (ReceivedRequest) -> Bool = { (Delivery($0, $0.json).id?.count ?? 0) > 255 }
            behaviour.accepts = { isLong($1) ? crash.action : accepts($0, $1) }
            behaviour.repeats = { isLong($1) ? crash.action : repeats($0, $1) }
        },
        Flaw(
            "second-remembered", covers: ["F21"], needs: [.eventID],
            caughtBy: ["replay/one-field-differs", "replay/same-body-new-id"],
            "It recognises a delivery by the second in which it came.",
            explanation: "Your endpoint takes deliveries that come shortly after each other for one."
        ) { behaviour in
            behaviour.changeEventID { _, received, _ in Array(String(received.now).utf8) }
        },
        Flaw(
            "missing-id-not-remembered", covers: ["F03"], needs: [.requiredEventID], caughtBy: ["replay/missing-id"],
            "It accepts deliveries without an id and does not remember them.",
            explanation:
                "Your endpoint deduplicates only deliveries that have an id, so a request without one can be replayed."
        ) { behaviour in
            behaviour.alsoAcceptMissingIDs()
            behaviour.changeDelivery { delivery, _, _ in if delivery.id == nil { delivery.event = nil } }
        },
        Flaw(
            "missing-id-made-of-time", covers: ["F04"], needs: [.requiredEventID],
            caughtBy: ["replay/missing-id-distinct", "replay/missing-id"],
            "It uses the second of arrival as the id of a delivery that has none.",
            explanation:
                "Your endpoint derives missing ids from the clock, so two events in one second are treated as one and "
                + "a replay always looks new."
        ) { behaviour in
            behaviour.alsoAcceptMissingIDs()
            behaviour.changeDelivery { delivery, received, _ in
                guard delivery.id == nil else { return }
                let second = Array(String(received.now).utf8)
                delivery.event = EffectLog.Event(bridge: delivery.bridge, scheme: received.scheme.id, id: second)
            }
        },
        Flaw(
            "remembered-before-verification", covers: ["F05"], needs: [.eventID], caughtBy: ["replay/forged-first"],
            "It records an id before it verifies the request.",
            explanation: "Your endpoint lets anyone use up an id, so the real event is dropped as a duplicate."
        ) { behaviour in
            let seen = EffectLog()
            behaviour.answerFirst { received in
                let receipt = seen.record(Delivery(received, received.json))
                guard receipt.isRepetition else { return nil }
                return .answer(received.scheme.responses.accepted.response(messageID: receipt.messageID))
            }
            behaviour.changeDelivery { delivery, _, _ in delivery.event = nil }
        },
        Flaw(
            "id-and-body-remembered", covers: ["F06"], needs: [.eventID], caughtBy: ["replay/same-id-other-body"],
            "It treats the same id with another body as another event.",
            explanation: "Your endpoint processes a second body under an id that it has already processed."
        ) { $0.changeEventID { id, received, _ in id + HashFunction.sha256.digest(received.request.body) } },
        Flaw(
            "id-and-timestamp-remembered", covers: ["F14"], needs: [.eventID, .timestamp],
            caughtBy: ["replay/resigned"],
            "It treats a re-signed delivery as another event.",
            explanation:
                "Your endpoint deduplicates by id and timestamp, so every retry by an honest sender takes effect again."
        ) { $0.changeEventID { id, received, _ in id + (received.timestamp ?? []) } },
        Flaw(
            "signature-header-remembered", covers: ["F12"], needs: [.eventID],
            caughtBy: ["replay/malleable-*", "replay/resigned"],
            "It identifies a delivery by the text of its signature header.",
            explanation:
                "Your endpoint deduplicates by the signature header, which has several valid spellings, so a replay "
                + "only needs another one."
        ) { $0.changeEventID { _, received, _ in received.signatureHeader } },
        Flaw(
            "memory-shared-by-bridges", covers: ["F07"], needs: [.eventID], caughtBy: ["replay/two-bridges"],
            "It deduplicates across all bridges.",
            explanation:
                "Your endpoint drops an event of one bridge because another bridge had an event with the same id."
        ) { behaviour in
            behaviour.changeDelivery { delivery, _, _ in
                guard let event = delivery.event else { return }
                delivery.event = EffectLog.Event(bridge: [], scheme: event.scheme, id: event.id)
            }
        },
        Flaw(
            "memory-of-256", covers: ["F09"], needs: [.eventID], caughtBy: ["replay/after-many-events"],
            "It remembers only the latest 256 deliveries.",
            explanation:
                "Your endpoint forgets a delivery once enough others have arrived, even while it can still be replayed."
        ) { $0.takesEffect = { $1.record($0, capacity: 256) } },
        Flaw(
            "full-memory-ignored", covers: ["F18"], needs: [.eventID], caughtBy: ["replay/after-many-events"],
            "It stops deduplicating once its memory is full.",
            explanation: "Your endpoint carries on when it cannot remember a delivery, so a replay passes as new."
        ) { behaviour in
            behaviour.takesEffect = { delivery, log in
                guard log.remembered >= 256, log.repeated(delivery) == nil else { return log.record(delivery) }
                var unremembered = delivery
                unremembered.event = nil
                return log.added(unremembered)
            }
        },
        Flaw(
            "check-then-insert", covers: ["F10"], needs: [.eventID], caughtBy: ["replay/at-once"],
            "It checks for a duplicate first and records the delivery only afterwards.",
            explanation:
                "Your endpoint checks and stores in two steps, so copies that arrive at the same moment all take "
                + "effect."
        ) { behaviour in
            behaviour.takesEffect = { delivery, log in
                if let receipt = log.repeated(delivery) { return receipt }
                // What a database takes between the two statements.
                MonotonicClock.pause(.milliseconds(20))
                return log.added(delivery)
            }
        },
        Flaw(
            "refused-body-remembered", covers: ["F11"], needs: [.eventIDInBody, .requiredEventID, .invalidBodyRefused],
            caughtBy: ["replay/retry-after-refusal"],
            "It remembers a delivery even though it could not use it.",
            explanation: "Your endpoint marks an event as done before it has been processed, so it discards the retry."
        ) { behaviour in
            let seen = EffectLog()
            let refusesBody = behaviour.refusesBody
            behaviour.refusesBody = { answer, received in
                _ = seen.record(Delivery(received, received.json))
                return refusesBody(answer, received)
            }
            let takesEffect = behaviour.takesEffect
            behaviour.takesEffect = { seen.repeated($0) ?? takesEffect($0, $1) }
        },
        Flaw(
            "refused-type-remembered", covers: ["F11"], needs: [.eventIDInBody, .invalidBodyRefused, .json],
            caughtBy: ["replay/retry-after-refusal"],
            "It does without members, but remembers a delivery that it rejects for the type of one.",
            explanation: "Your endpoint marks an event as done before its schema check, and so swallows the retry."
        ) { behaviour in
            let seen = EffectLog()
            behaviour.isUsable = { body, payload in
                guard let body, body.members != nil else { return false }
                return ([payload.textPointer] + payload.required).allSatisfy { pointer in
                    guard payload.template[pointer: pointer]?.string != nil else { return true }
                    return body[pointer: pointer].map { $0.string != nil || $0 == .null } ?? true
                }
            }
            let refusesBody = behaviour.refusesBody
            behaviour.refusesBody = { answer, received in
                _ = seen.record(Delivery(received, received.json))
                return refusesBody(answer, received)
            }
            let takesEffect = behaviour.takesEffect
            behaviour.takesEffect = { seen.repeated($0) ?? takesEffect($0, $1) }
        },
        Flaw(
            "body-remembered", covers: ["F13"], needs: [.eventID], caughtBy: ["replay/same-body-new-id"],
            "It identifies a delivery by its body and ignores the id.",
            explanation:
                "Your endpoint drops the second of two events with the same content, although each has an id of its "
                + "own."
        ) { behaviour in
            behaviour.changeEventID { _, received, body in
                received.bodyWithoutID(body).map { HashFunction.sha256.digest($0.serialized()) }
            }
        },
        Flaw(
            "sender-remembered", covers: ["F14"], needs: [.eventID, .json],
            caughtBy: ["replay/one-field-differs", "replay/same-body-new-id"],
            "It identifies a delivery by its sender, its type and a 15-second interval.",
            explanation:
                "Your endpoint's deduplication key is too coarse, so it drops distinct events that happen close "
                + "together."
        ) { behaviour in
            behaviour.changeEventID { _, received, body in
                let rest = received.bodyWithoutID(body)?.replacing(pointer: received.payload.textPointer, with: nil)
                let quarter = String(received.now / 15)
                return rest.map { HashFunction.sha256.digest($0.serialized() + quarter.utf8) }
            }
        },
        Flaw(
            "ids-by-canonical-equivalence", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-composed"],
            "It treats ids that are canonically equivalent in Unicode as equal.",
            explanation:
                "Your endpoint compares ids as Unicode text, where a precomposed letter equals a decomposed one, so it "
                + "drops the second of two events."
        ) { behaviour in
            // The hash of a String is that of its canonical form.
            behaviour.changeEventID { id, _, _ in Array(String(String(decoding: id, as: UTF8.self).hashValue).utf8) }
        },
        Flaw(
            "ids-lower-cased", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-case"],
            "It treats ids that differ only in case as equal.",
            explanation: "Your endpoint compares ids without regard to case, so it drops the second of two events."
        ) { $0.changeEventID { id, _, _ in id.map(ASCII.lowercased) } },
        Flaw(
            "ids-trimmed", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-space"],
            "It trims whitespace around ids.",
            explanation: "Your endpoint trims ids before it compares them, so it drops the second of two events."
        ) { $0.changeEventID { id, _, _ in ASCII.trimmed(id) } },
        Flaw(
            "effect-before-verification", covers: ["J07"], needs: [.eventID],
            caughtBy: ["replay/refused-without-effect"],
            "It stores the message before it verifies the request.",
            explanation: "Your endpoint rejects a request only after it has taken effect."
        ) { behaviour in
            behaviour.answerFirst { received in
                _ = received.log.record(Delivery(received, received.json))
                return nil
            }
        },
    ]

    /// Ids are compared up to the width of a column.
    private static func cut(_ id: String, _ length: Int, caughtBy: [String]) -> Flaw {
        Flaw(
            id, covers: ["F20"], needs: [.eventID], caughtBy: caughtBy, "It cuts ids to \(length) characters.",
            explanation: "Your endpoint cuts ids to \(length) characters, and drops events whose ids differ after that."
        ) { behaviour in
            // Not the event's own id: the log keeps a digest of long ones.
            behaviour.changeDelivery { delivery, _, _ in
                guard let event = delivery.event, let id = delivery.id else { return }
                delivery.event = EffectLog.Event(
                    bridge: event.bridge, scheme: event.scheme, id: Array(id.prefix(length)))
            }
        }
    }
}
