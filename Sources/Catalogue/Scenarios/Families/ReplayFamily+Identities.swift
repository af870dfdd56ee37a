internal import Bytes
internal import ReportModel
internal import Schemes

// Which deliveries are the same and which are different.
extension ReplayFamily {
    static let identities: [Case] =
        [
            .scenario(
                "replay/missing-id", .must, .replay, .medium, covers: ["F03"], cwe: [294, 636],
                needs: [.requiredEventID],
                expects: .either, "A correctly signed request without an id is rejected, or has no second effect.",
                why: "A check that runs only when there is an id is disabled by leaving the id out.",
                fix: "Reject a delivery without an id."
            ) { session in
                let request = session.draft(for: session.main).signed { $0.dropEventID() }
                let effects = try session.effects(on: session.main, expecting: 1) {
                    let replies = try [
                        session.send(request, to: session.main), session.send(request, to: session.main),
                    ]
                    for reply in replies { try session.survives(reply, "a request without an id") }
                    return replies
                }
                try session.sendControl(session.validRequest(for: session.main), to: session.main)
                switch effects {
                case .exactly(0...1), .atMost(0...1): return
                case .exactly: throw Finding(.forgery, "a request without an id took effect every time it was sent")
                case .atMost: throw Obstacle.statusOnly
                }
            },
            .scenario(
                "replay/missing-id-distinct", .should, .replay, .low, covers: ["F04"], cwe: [330],
                needs: [.requiredEventID],
                expects: .either, "Different requests without an id are all rejected, or all take effect.",
                why: "Ids derived from the time of arrival merge deliveries that arrive at the same moment.",
                fix: "Reject a delivery without an id, or generate ids that can't collide."
            ) { session in
                let drafts = (0..<20).map { number in
                    session.draft(for: session.main).signed {
                        $0.say("number \(number)")
                        $0.dropEventID()
                    }
                }
                var accepted = 0
                let effects = try session.effects(on: session.main, expecting: drafts.count) {
                    let replies = try drafts.map { try session.send($0, to: session.main) }
                    for reply in replies { try session.survives(reply, "a request without an id") }
                    accepted = replies.count(where: \.isAccepted)
                    return replies
                }
                if accepted == 0 { return }
                switch effects {
                case .exactly(accepted): return
                case .exactly: throw Finding(.refusal, "different requests without an id were treated as duplicates")
                case .atMost: throw Obstacle.statusOnly
                }
            },
            .scenario(
                "replay/same-id-other-body", .should, .replay, .info, covers: ["F06"], cwe: [694],
                needs: [.eventID], expects: .either,
                "A second body under a known id has no effect.",
                why:
                    "An id identifies one delivery. Another body under it is a mistake of the sender, or an "
                    + "attempt to pass as a delivery that was already checked.",
                fix: "Drop it, or answer 409 or 422."
            ) { session in
                let draft = session.draft(for: session.main)
                let other = draft.signed { $0.say("with another text") }
                try session.expectOneEffect(
                    of: draft.signedRequest(), then: [other], on: session.main, "another body under the same id")
            },
            .scenario(
                "replay/same-body-new-id", .should, .replay, .medium, covers: ["F13", "F21"], cwe: [694],
                needs: [.eventID], expects: .accepted,
                "Two deliveries that differ only in their id both take effect.",
                why: "People say the same thing twice. A replay store keyed by bodies drops the second message.",
                fix: "Tell deliveries apart by id."
            ) { session in
                let drafts = (0..<2).map { _ in session.draft(for: session.main) }
                let text = drafts[0].context.text
                let requests = drafts.map { draft in draft.signed { $0.sayOnly(text) } }
                try session.expectEffects(of: requests, on: session.main, "two deliveries with the same text")
            },
            .scenario(
                "replay/one-field-differs", .should, .replay, .medium, covers: ["F14", "F21"], cwe: [694],
                needs: [.eventID], expects: .accepted,
                "Deliveries with the same sender and moment but different ids and texts all take effect.",
                why:
                    "A key composed of the sender, the kind of event and the second is the same for different events.",
                fix: "Tell deliveries apart by the whole id."
            ) { session in
                let requests = (0..<5).map { number in
                    session.draft(for: session.main).signed { $0.say("number \(number)") }
                }
                try session.expectEffects(of: requests, on: session.main, "five different deliveries of one sender")
            },
        ] + alike.map(distinct)

    /// Ids one character longer than columns, keys and hashes often are.
    static let longIDs: [Case] = [65, 129, 256].map { length in
        .scenario(
            "replay/ids-of-\(length)-characters", .should, .replay, .medium, covers: ["F20"], cwe: [130, 694],
            needs: [.eventID], expects: .either,
            "Two deliveries whose ids of \(length) characters differ in the last one both take effect, or are rejected.",
            why:
                "A column that is too short either throws, so that the sender retries for hours, or cuts the id, so that "
                + "another delivery is taken for a duplicate.",
            fix: "Store ids in a column without a limit, or store their digest, and reject ids that you can't store."
        ) { session in
            let draft = session.draft(for: session.main)
            let requests = ["a", "b"].map { ending in
                draft.signed { draft in
                    let padding = max(0, length - draft.eventID.count - 1)
                    draft.eventID += [UInt8](repeating: UInt8(ascii: "0"), count: padding) + Array(ending.utf8)
                }
            }
            let what = "two deliveries with ids of \(length) characters"
            var accepted = 0
            let effects = try session.effects(on: session.main, expecting: requests.count) {
                let replies = try requests.map { try session.send($0, to: session.main) }
                for reply in replies { try session.survives(reply, "one of \(what)") }
                accepted = replies.count(where: \.isAccepted)
                return replies
            }
            switch effects {
            case .exactly(accepted): return
            case .exactly(let count):
                throw Finding(.refusal, "of \(what), \(accepted) were accepted and \(count) took effect")
            case .atMost: throw Obstacle.statusOnly
            }
        }
    }

    private struct Alike: Sendable {
        let name: String
        let title: String
        let endings: [String]
    }

    private static let alike = [
        Alike(name: "composed", title: "only by canonical equivalence", endings: ["\u{E9}", "e\u{301}"]),
        Alike(name: "case", title: "only in letter case", endings: ["abc", "ABC"]),
        Alike(name: "space", title: "only in a trailing space", endings: ["x", "x "]),
    ]

    private static func distinct(_ alike: Alike) -> Case {
        .scenario(
            "replay/ids-\(alike.name)", .may, .replay, .info, covers: ["F17"], cwe: [176], needs: [.eventIDInBody],
            expects: .accepted, "Two deliveries whose ids differ \(alike.title) both take effect.",
            why: "Strings that compare by canonical equivalence, and columns that fold case or trim, treat two ids as "
                + "one.",
            fix: "Compare ids byte for byte, and give the column a binary collation."
        ) { session in
            let draft = session.draft(for: session.main)
            let signed = alike.endings.map { ending in draft.signed { $0.eventID += Array(ending.utf8) } }
            try session.expectEffects(of: signed, on: session.main, "two deliveries whose ids differ \(alike.title)")
        }
    }
}

extension Draft {
    /// Removes the id of the delivery before signing, wherever the scheme puts it.
    mutating func dropEventID() {
        switch context.scheme.eventID {
        case .pointer(let pointer): payload = payload.replacing(pointer: pointer, with: nil)
        case .header:
            signed[.id] = []
            onceSigned { $0.idHeader = nil }
        case nil: return
        }
    }
}
