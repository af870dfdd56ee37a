internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Platform
internal import Schemes
internal import Transport

/// What is remembered of the deliveries that were accepted.
enum ReplayFlaws {
    static let all: [Flaw] = [
        Flaw(
            "no-dedupe", covers: ["F01"], needs: [.eventID],
            caughtBy: [
                "replay/identical", "replay/remembered", "replay/at-once", "replay/after-many-events",
                "replay/last-moment",
            ],
            "It remembers no delivery.",
            explanation: "Your endpoint lets a captured request take effect again as often as it is sent."
        ) { $0.changeDelivery { delivery, _, _ in delivery.event = nil } },
        Flaw(
            "forgets-after-a-second", covers: ["F01", "F08"], needs: [.eventID],
            caughtBy: ["replay/remembered", "replay/last-moment"],
            "It forgets a delivery after a second.",
            explanation: "Your endpoint forgets a delivery within moments, so that only the quickest replay is noticed."
        ) { $0.changeDelivery { delivery, _, _ in delivery.window = min(delivery.window, 1) } },
        Flaw(
            "forgets-at-half-time", covers: ["F08"], needs: [.eventID],
            caughtBy: ["replay/last-moment", "replay/remembered"],
            "It forgets a delivery after half of the time for which it may be repeated.",
            explanation:
                "Your endpoint forgets deliveries before their timestamps have expired, and then takes a replay for new."
        ) { $0.changeDelivery { delivery, _, _ in delivery.window /= 2 } },
        Flaw(
            "duplicate-conflicts", covers: ["F16"], needs: [.eventID],
            caughtBy: ["replay/answered-2xx", "replay/identical"],
            "It answers 409 to a duplicate.",
            explanation:
                "Your endpoint answers 409 to what it has already, so that an honest sender tries again or gives up."
        ) { $0.repeats = { _, _ in .answer(.problem(409, "duplicate event")) } },
        Flaw(
            "duplicate-crashes", covers: ["F16"], needs: [.eventID],
            caughtBy: ["replay/answered-2xx", "replay/identical"],
            "It fails on a duplicate.",
            explanation: "Your endpoint fails on what it has already, as a unique index does that nobody catches."
        ) { behaviour in
            let crash = Crash.trace("UNIQUE constraint failed: events.event_id", "save (/srv/app/events.js:31:9)")
            behaviour.repeats = { _, _ in crash.action }
        },
        Flaw(
            "replay-mints-id", covers: ["F15"], needs: [.eventID], caughtBy: ["replay/no-fresh-capability"],
            "It gives out a fresh message id and token before it looks for duplicates.",
            explanation:
                "Your endpoint gives a replayed request a fresh id or token, made before the duplicate was noticed."
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
            "It recognises a delivery by a header that is not signed.",
            explanation: "Your endpoint keys its memory by a header outside the signature, which a replay can change."
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
            "It recognises a delivery by the ten seconds in which it came.",
            explanation: "Your endpoint takes deliveries that come shortly after each other for one."
        ) { behaviour in
            behaviour.changeEventID { _, received, _ in Array(String(received.now / 10).utf8) }
        },
        Flaw(
            "missing-id-not-remembered", covers: ["F03"], needs: [.requiredEventID], caughtBy: ["replay/missing-id"],
            "It accepts deliveries without an id, and does not remember them.",
            explanation:
                "Your endpoint looks for duplicates only where there is an id, so that a request without one can be replayed."
        ) { behaviour in
            behaviour.alsoAcceptMissingIDs()
            behaviour.changeDelivery { delivery, _, _ in if delivery.id == nil { delivery.event = nil } }
        },
        Flaw(
            "missing-id-made-of-time", covers: ["F04"], needs: [.requiredEventID],
            caughtBy: ["replay/missing-id-distinct", "replay/missing-id"],
            "It gives a delivery without an id the second of its arrival for one.",
            explanation:
                "Your endpoint makes up ids from the clock: two events of one second are one, and a replay is always new."
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
            "It remembers an id before it verifies the request that bears it.",
            explanation: "Your endpoint lets a stranger use up an id, so that the real event is dropped as a duplicate."
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
            "It takes the same id with another body for another event.",
            explanation: "Your endpoint processes a second body under an id that it has processed already."
        ) { $0.changeEventID { id, received, _ in id + HashFunction.sha256.digest(received.request.body) } },
        Flaw(
            "id-and-timestamp-remembered", covers: ["F14"], needs: [.eventID, .timestamp],
            caughtBy: ["replay/resigned"],
            "It takes a delivery that was signed anew for another event.",
            explanation:
                "Your endpoint keys its memory by id and timestamp, so that each retry of an honest sender takes effect again."
        ) { $0.changeEventID { id, received, _ in id + (received.timestamp ?? []) } },
        Flaw(
            "signature-header-remembered", covers: ["F12"], needs: [.eventID],
            caughtBy: ["replay/malleable-*", "replay/resigned"],
            "It recognises a delivery by the text of its signature header.",
            explanation:
                "Your endpoint keys its memory by the signature header, which can be written in many ways for one signature."
        ) { $0.changeEventID { _, received, _ in received.signatureHeader } },
        Flaw(
            "memory-shared-by-bridges", covers: ["F07"], needs: [.eventID], caughtBy: ["replay/two-bridges"],
            "It has one memory for all bridges.",
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
            "It remembers the latest 256 deliveries.",
            explanation:
                "Your endpoint forgets a delivery as soon as enough others have come, however fresh it still is."
        ) { $0.takesEffect = { $1.record($0, capacity: 256) } },
        Flaw(
            "full-memory-ignored", covers: ["F18"], needs: [.eventID], caughtBy: ["replay/after-many-events"],
            "It does without its memory of deliveries once that is full.",
            explanation:
                "Your endpoint goes on when it can't remember a delivery, and so takes its replay for a new one."
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
            "It looks for a duplicate, and remembers the delivery only when it is done.",
            explanation:
                "Your endpoint lets copies that come at the same moment all take effect: looking and storing are two steps."
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
            "It remembers a delivery although it could not use it.",
            explanation: "Your endpoint marks an event as done before it is, and so swallows the retry."
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
            "It recognises a delivery by its body, whatever its id.",
            explanation:
                "Your endpoint drops the second of two events that say the same, although they have ids of their own."
        ) { behaviour in
            behaviour.changeEventID { _, received, body in
                received.bodyWithoutID(body).map { HashFunction.sha256.digest($0.serialized()) }
            }
        },
        Flaw(
            "sender-remembered", covers: ["F14"], needs: [.eventID, .json],
            caughtBy: ["replay/one-field-differs", "replay/same-body-new-id"],
            "It recognises a delivery by who sent it, what kind it is and the quarter of a minute.",
            explanation:
                "Your endpoint keys its memory too coarsely, and so drops events that share all but one member."
        ) { behaviour in
            behaviour.changeEventID { _, received, body in
                let rest = received.bodyWithoutID(body)?.replacing(pointer: received.payload.textPointer, with: nil)
                let quarter = String(received.now / 15)
                return rest.map { HashFunction.sha256.digest($0.serialized() + quarter.utf8) }
            }
        },
        Flaw(
            "ids-by-canonical-equivalence", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-composed"],
            "It holds ids for equal that are written with other code points.",
            explanation:
                "Your endpoint compares ids as text, for which a letter with its accent apart is the same as in one piece."
        ) { behaviour in
            // The hash of a String is that of its canonical form.
            behaviour.changeEventID { id, _, _ in Array(String(String(decoding: id, as: UTF8.self).hashValue).utf8) }
        },
        Flaw(
            "ids-lower-cased", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-case"],
            "It holds ids for equal that differ in case.",
            explanation:
                "Your endpoint stores ids where the case of letters is ignored, and drops the second of two events."
        ) { $0.changeEventID { id, _, _ in id.map(ASCII.lowercased) } },
        Flaw(
            "ids-trimmed", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-space"],
            "It removes blanks around ids.",
            explanation: "Your endpoint trims ids before it compares them, and drops the second of two events."
        ) { $0.changeEventID { id, _, _ in ASCII.trimmed(id) } },
        Flaw(
            "effect-before-verification", covers: ["J07"], needs: [.eventID],
            caughtBy: ["replay/refused-without-effect"],
            "It writes the message before it verifies the request.",
            explanation: "Your endpoint lets a request take effect that it then refuses."
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
