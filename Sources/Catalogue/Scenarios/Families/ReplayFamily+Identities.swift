internal import Bytes
internal import ReportModel
internal import Schemes

// Which deliveries are one and which are two.
extension ReplayFamily {
    static let identities: [Case] =
        [
            .scenario(
                "replay/missing-id", .must, .replay, .medium, covers: ["F03"], cwe: [294, 636],
                needs: [.requiredEventID],
                expects: .either, "A correctly signed request without an id is refused, or has no second effect.",
                why: "A check that runs only when there is an id is switched off by leaving it out.",
                fix: "Refuse a delivery without an id."
            ) { stage in
                let request = stage.draft(for: stage.main).signed { $0.dropEventID() }
                let effects = try stage.effects(on: stage.main, expecting: 1) {
                    let receptions = try [stage.send(request, to: stage.main), stage.send(request, to: stage.main)]
                    for reception in receptions { try stage.survives(reception, "a request without an id") }
                    return receptions
                }
                try stage.sendControl(stage.validRequest(for: stage.main), to: stage.main)
                switch effects {
                case .exactly(0...1), .atMost(0...1): return
                case .exactly: throw Finding(.forgery, "a request without an id took effect each time it was sent")
                case .atMost: throw Obstacle.statusOnly
                }
            },
            .scenario(
                "replay/missing-id-distinct", .should, .replay, .low, covers: ["F04"], cwe: [330],
                needs: [.requiredEventID],
                expects: .either, "Different requests without an id are all refused, or all take effect.",
                why: "An id that the endpoint makes from the time of arrival merges what arrives in one moment.",
                fix: "Refuse a delivery without an id, or make ids that can't be the same."
            ) { stage in
                let drafts = (0..<20).map { number in
                    stage.draft(for: stage.main).signed {
                        $0.say("number \(number)")
                        $0.dropEventID()
                    }
                }
                var accepted = 0
                let effects = try stage.effects(on: stage.main, expecting: drafts.count) {
                    let receptions = try drafts.map { try stage.send($0, to: stage.main) }
                    for reception in receptions { try stage.survives(reception, "a request without an id") }
                    accepted = receptions.count(where: \.isAccepted)
                    return receptions
                }
                if accepted == 0 { return }
                switch effects {
                case .exactly(accepted): return
                case .exactly: throw Finding(.refusal, "different requests without an id were taken for one another")
                case .atMost: throw Obstacle.statusOnly
                }
            },
            .scenario(
                "replay/same-id-other-body", .should, .replay, .info, covers: ["F06"], cwe: [694],
                needs: [.eventID], expects: .either,
                "A second body under a known id has no effect.",
                why:
                    "An id stands for one delivery. What comes later under it is a mistake of the sender or an attempt "
                    + "to pass as what was checked before.",
                fix: "Drop it, or answer 409 or 422."
            ) { stage in
                let draft = stage.draft(for: stage.main)
                let other = draft.signed { $0.say("with another text") }
                try stage.expectOneEffect(
                    of: draft.signedRequest(), then: [other], on: stage.main, "another body under the same id")
            },
            .scenario(
                "replay/same-body-new-id", .should, .replay, .medium, covers: ["F13"], cwe: [694],
                needs: [.eventID], expects: .accepted,
                "Two deliveries that differ in nothing but their id both take effect.",
                why: "People say the same thing twice. A memory of bodies drops the second time.",
                fix: "Tell deliveries apart by their id."
            ) { stage in
                let drafts = (0..<2).map { _ in stage.draft(for: stage.main) }
                let text = drafts[0].context.text
                let requests = drafts.map { draft in draft.signed { $0.sayOnly(text) } }
                try stage.expectEffects(of: requests, on: stage.main, "two deliveries with the same text")
            },
            .scenario(
                "replay/one-field-differs", .should, .replay, .medium, covers: ["F14"], cwe: [694],
                needs: [.eventID], expects: .accepted,
                "Deliveries of one sender and one moment that differ in id and text all take effect.",
                why:
                    "An identity that is put together from the sender, the kind of event and the second is the same for "
                    + "different events.",
                fix: "Tell deliveries apart by their id, whole."
            ) { stage in
                let requests = (0..<5).map { number in
                    stage.draft(for: stage.main).signed { $0.say("number \(number)") }
                }
                try stage.expectEffects(of: requests, on: stage.main, "five different deliveries of one sender")
            },
        ] + alike.map(distinct)

    private struct Alike: Sendable {
        let name: String
        let title: String
        let endings: [String]
    }

    private static let alike = [
        Alike(name: "composed", title: "only in how an accent is composed", endings: ["\u{E9}", "e\u{301}"]),
        Alike(name: "case", title: "only in upper and lower case", endings: ["abc", "ABC"]),
        Alike(name: "blank", title: "only in a blank at the end", endings: ["x", "x "]),
    ]

    private static func distinct(_ alike: Alike) -> Case {
        .scenario(
            "replay/ids-\(alike.name)", .may, .replay, .info, covers: ["F17"], cwe: [176], needs: [.eventIDInBody],
            expects: .accepted, "Two deliveries whose ids differ \(alike.title) both take effect.",
            why: "Strings that compare by meaning, and columns that fold case or trim, take two ids for one.",
            fix: "Compare ids byte for byte; give the column a binary collation."
        ) { stage in
            let draft = stage.draft(for: stage.main)
            let signed = alike.endings.map { ending in draft.signed { $0.eventID += Array(ending.utf8) } }
            try stage.expectEffects(of: signed, on: stage.main, "two deliveries whose ids differ \(alike.title)")
        }
    }
}

extension Draft {
    /// Leaves the id of the delivery out, wherever the scheme has it, before the request is signed.
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
