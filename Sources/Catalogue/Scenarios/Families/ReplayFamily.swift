internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// A duplicate has no second effect, however it is disguised, and no other delivery is mistaken for a duplicate.
enum ReplayFamily {
    static let cases: [Case] =
        repeated + malleable + identities + longIDs + orders + verdicts + [TenancyFamily.sharedMemory] + memories

    private static let repeated: [Case] = [
        .scenario(
            "replay/identical", .must, .replay, .medium, covers: ["F01"], cwe: [294], needs: [.eventID],
            expects: .either, "A byte-identical replay has no second effect.",
            why:
                "An attacker can resend a captured request while its timestamp is fresh. Senders resend too, "
                + "when an answer is lost.",
            fix: "Store the id of each delivery for at least as long as its signature is valid, and act once per id."
        ) { session in
            let request = session.validRequest(for: session.main)
            try session.expectOneEffect(of: request, then: [request], on: session.main, "a byte-identical replay")
        },
        .scenario(
            "replay/resigned", .must, .replay, .medium, covers: ["F01", "F14"], cwe: [294, 694],
            needs: [.eventID, .timestamp], expects: .either,
            "A delivery that is signed again with a later timestamp has no second effect.",
            why: "Senders sign each attempt anew. A replay store keyed by signature or timestamp sees two deliveries.",
            fix: "Key the replay store by the id of the delivery, not by its signature or timestamp."
        ) { session in
            let draft = session.draft(for: session.main)
            let again = draft.signed { $0.timestamp = $0.stamp(after: 1) }
            try session.expectOneEffect(
                of: draft.signedRequest(), then: [again], on: session.main, "a delivery signed again a second later")
        },
        .scenario(
            "replay/answered-2xx", .should, .replay, .medium, covers: ["F16"], cwe: [755], needs: [.eventID],
            expects: .accepted, "A duplicate delivery is answered with success.",
            why:
                "The sender did not get the first answer. An error makes it keep retrying and eventually disable "
                + "the endpoint.",
            fix: "Give a duplicate the same answer as the first delivery, without acting again."
        ) { session in
            let request = session.validRequest(for: session.main)
            try session.sendControl(request, to: session.main)
            let again = try session.send(request, to: session.main)
            try session.survives(again, "a duplicate delivery")
            guard again.isAccepted else { throw Finding(.refusal, "a duplicate delivery was \(again.words)") }
        },
        .scenario(
            "replay/no-fresh-capability", .must, .replay, .high, covers: ["F15"], cwe: [696, 294],
            needs: [.eventID], expects: .either,
            "The answer to a replay contains nothing that the first answer did not.",
            why:
                "An endpoint that creates a token or an id before it looks for duplicates hands a fresh one to "
                + "anyone who replays the delivery.",
            fix: "Look for duplicates before you create anything, and answer them from what was stored."
        ) { session in
            let request = session.validRequest(for: session.main)
            let first = try session.sendControl(request, to: session.main)
            let again = try session.send(request, to: session.main)
            try session.survives(again, "a replay")
            guard again.isAccepted else { return }
            guard first.bodyIsWhole, again.bodyIsWhole else {
                throw Obstacle("an answer is longer than what is kept of it, so it can't be compared")
            }
            if first.body == again.body { return }
            guard let old = first.json?.members, let new = again.json?.members else {
                throw Obstacle.moot("the answers differ and are not JSON, so it can't be told what is fresh in them")
            }
            // A fresh value in the answer to every request is a time or a request id.
            let other = try session.sendControl(session.validRequest(for: session.main), to: session.main)
            let fresh = new.filter { member in
                guard let value = member.value.string, value.utf8.count >= 4 else { return false }
                return old.contains { $0.key == member.key && $0.value != member.value }
            }
            guard let member = fresh.first(where: { other.json?[$0.key] != $0.value }) else { return }
            throw Finding(.leak, "the answer to a replay has a fresh value in '\(member.key)'")
        },
        .scenario(
            "replay/new-delivery-id", .must, .replay, .medium, covers: ["F02"], cwe: [294, 345], needs: [.eventID],
            expects: .either, "A replay with different unsigned ids in its headers has no second effect.",
            why: "Anyone who replays the request can change an id that the signature does not cover.",
            fix: "Take the identity of a delivery from signed data."
        ) { session in
            let draft = session.draft(for: session.main)
            let names = ["X-Request-Id", "Idempotency-Key", "X-Event-Id", "X-Delivery-Id", "X-GitHub-Delivery"]
            func request(_ mark: String) -> SignedRequest {
                draft.signed { edited in
                    edited.onTheWire { wire in
                        for name in names where wire.headers.first(named: name) == nil {
                            wire.headers.append(name, draft.eventID + Array("-\(mark)".utf8))
                        }
                    }
                }
            }
            try session.expectOneEffect(
                of: request("first"), then: [request("second")], on: session.main,
                "a replay under new unsigned delivery ids")
        },
        .scenario(
            "replay/other-query", .must, .replay, .high, covers: ["F19"], cwe: [294], needs: [.eventID],
            expects: .either, "A replay with different ids in its query has no second effect.",
            why: "An endpoint that prefers an id from the query takes a replay for as many deliveries as there are "
                + "queries.",
            fix: "Take the identity of a delivery from signed data."
        ) { session in
            let draft = session.draft(for: session.main)
            func request(_ mark: String) -> SignedRequest {
                let id = String(decoding: HTTPRequest.escaped(draft.eventID), as: UTF8.self) + mark
                return draft.signed { edited in
                    for name in ["id", "event_id", "eventId", "delivery_id", "idempotency_key"] {
                        edited.addQuery("\(name)=\(id)")
                    }
                }
            }
            try session.expectOneEffect(
                of: draft.signedRequest(), then: [request("first"), request("second")], on: session.main,
                "a replay with other ids in its query")
        },
        .scenario(
            "replay/ids-of-other-vendors", .must, .replay, .high, covers: ["F19"], cwe: [294, 345], needs: [.eventID],
            expects: .either, "A replay with different ids in the headers of other vendors has no second effect.",
            why:
                "An endpoint for several senders looks for an id in the headers of all of them. The first one that it "
                + "finds may not be signed.",
            fix: "Take the identity of a delivery from signed data, and know which sender each path belongs to."
        ) { session in
            let draft = session.draft(for: session.main)
            func request(_ mark: String) -> SignedRequest {
                draft.signed { edited in
                    edited.onTheWire { wire in
                        for name in otherVendors where wire.headers.first(named: name) == nil {
                            wire.headers.append(name, draft.eventID + Array("-\(mark)".utf8))
                        }
                    }
                }
            }
            try session.expectOneEffect(
                of: request("first"), then: [request("second")], on: session.main,
                "a replay with other ids in the headers of other vendors")
        },
        .scenario(
            "replay/at-once", .must, .replay, .medium, covers: ["F10"], cwe: [367, 362], needs: [.eventID],
            expects: .either, "Sixteen simultaneous copies of a request have one effect.",
            why: "If looking up an id and storing it are two steps, copies that arrive in between get through.",
            fix: "Insert the id under a unique key, and act only when the insert created a row."
        ) { session in
            let request = session.validRequest(for: session.main)
            let effects = try session.effects(on: session.main, expecting: 1) {
                let replies = try session.sendAtOnce(Array(repeating: request, count: 16), to: session.main)
                for reply in replies { try session.survives(reply, "one of sixteen simultaneous copies") }
                guard replies.contains(where: \.isAccepted) else {
                    throw Finding(.refusal, "all of sixteen simultaneous copies of a valid request were rejected")
                }
                return replies
            }
            switch effects {
            case .exactly(1), .atMost(1): return
            case .exactly(0):
                throw Finding(.refusal, "sixteen simultaneous copies of a valid request had no effect at all")
            case .exactly:
                throw Finding(.forgery, "sixteen simultaneous copies of one request had more than one effect")
            case .atMost: throw Obstacle.statusOnly
            }
        },
    ]

    /// Headers in which vendors send the id of a delivery.
    private static let otherVendors = [
        "Webhook-Id", "Svix-Id", "X-Shopify-Webhook-Id", "X-Shopify-Event-Id", "X-Gitlab-Event-UUID", "X-Request-UUID",
        "X-Hook-UUID", "X-Amz-Sns-Message-Id", "I-Twilio-Idempotency-Token", "X-Webhook-Id", "X-Message-Id",
        "X-Correlation-Id", "ce-id",
    ]

    // MARK: Malleable texts

    private struct Rewriting: Sendable {
        let name: String
        let title: String
        let needs: [Requirement]
        let edit: @Sendable (inout SignedParts) -> Void
    }

    private static let rewritings = [
        Rewriting(name: "upper-case", title: "hexadecimal digits in upper case", needs: [.encoding(.hex)]) {
            $0.signature = $0.signature.map(ASCII.uppercased)
        },
        Rewriting(name: "unknown-field", title: "an unknown field at the end", needs: [.fields]) {
            $0.elements.append(SignedParts.Element(Array("x".utf8), Array("1".utf8)))
        },
        Rewriting(name: "reordered", title: "fields in reverse order", needs: [.fields]) { $0.elements.reverse() },
        Rewriting(name: "signature-twice", title: "its signature twice", needs: [.severalSignatures]) { parts in
            if let place = parts.signaturePlace { parts.elements.append(parts.elements[place]) }
        },
        Rewriting(name: "trailing-junk", title: "two extra letters after its signature", needs: [.not(.token)]) {
            $0.signature += Array("zz".utf8)
        },
    ]

    private static let malleable: [Case] = rewritings.map { rewriting in
        .scenario(
            "replay/malleable-\(rewriting.name)", .must, .replay, .high, covers: ["F12"], cwe: [294, 347],
            needs: [.eventID] + rewriting.needs, expects: .either,
            "A replay whose signature header has \(rewriting.title) has no second effect.",
            why:
                "One signature can be written in many ways. A store keyed by the header's text takes each "
                + "spelling for a new delivery.",
            fix: "Key the store by the delivery's id, never by text that an attacker can rewrite."
        ) { session in
            let draft = session.draft(for: session.main)
            let again = draft.signed { $0.onceSigned(rewriting.edit) }
            try session.expectOneEffect(
                of: draft.signedRequest(), then: [again], on: session.main,
                "a replay whose signature header has \(rewriting.title)")
        }
    }
}
