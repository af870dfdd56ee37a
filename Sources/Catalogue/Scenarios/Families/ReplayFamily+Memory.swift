internal import ReportModel
internal import Schemes

// How long, and how many, deliveries are remembered.
extension ReplayFamily {
    /// The distance a request keeps from the limit of an interval: clocks count whole seconds, requests take time, and
    /// other cases may come first.
    private static func margin(_ length: Int64) -> Int64 { max(5, length / 20) }

    /// Throws when the moment for a request passed while it waited for its turn; called after the answer.
    private static func isInTime(_ session: any ScenarioSession, since begun: Double, until limit: Int64) throws {
        guard session.now - begun < Double(limit) - 2 else {
            throw Obstacle("the moment had passed before the request was answered: reduce the load of the run")
        }
    }

    static let memories: [Case] = [
        .scenario(
            "replay/last-moment", .must, .replay, .medium, covers: ["F08"], cwe: [294, 367],
            needs: [.eventID, .timestamp, .given(.effects)], expects: .either,
            "A replay in the last seconds of its timestamp's validity has no second effect.",
            why:
                "A timestamp may lie ahead, so a signature can be valid for twice the tolerance. A shorter "
                + "memory leaves a gap in which any captured request can be replayed.",
            fix: "Remember ids for as long as a signature can be valid: the past and future tolerance added up.",
            waits: life
        ) { session in
            guard let freshness = session.scheme.freshness else { return }
            var ahead = max(0, (freshness.future ?? 0) - margin(freshness.future ?? 0))
            let draft = session.draft(for: session.main)
            var request = draft.signed { $0.timestamp = $0.stamp(after: ahead) }
            let begun = session.now
            if try !session.send(request, to: session.main).isAccepted {
                // Stricter about the future than the document: its signatures are valid from now on.
                ahead = 0
                request = draft.signedRequest()
                try session.sendControl(request, to: session.main)
            }
            let span = freshness.past + ahead - margin(freshness.past)
            try session.wait(seconds: span)
            try session.expectNoEffect(of: [request], on: session.main, "a replay \(span) s after the first time") {
                try isInTime(session, since: begun, until: freshness.past + ahead)
            }
        },
        .scenario(
            "replay/remembered", .must, .replay, .medium, covers: ["F08"], cwe: [294, 367],
            needs: [.eventID, .replayWindow, .given(.effects)], expects: .either,
            "A duplicate near the end of the documented retention period has no second effect.",
            why: "Senders retry for as long as the document lets them rely on deduplication.",
            fix: "Remember ids for the whole documented period.",
            waits: { Int64($0.replayWindow ?? 0) + margin(Int64($0.replayWindow ?? 0)) }
        ) { session in
            guard let window = session.scheme.replayWindow.map(Int64.init) else { return }
            let drafts = (0..<2).map { _ in session.draft(for: session.main) }
            let begun = session.now
            for draft in drafts { try session.sendControl(draft.signedRequest(), to: session.main) }
            let (early, late) = (window - margin(window), window + margin(window))
            try session.wait(seconds: early)
            try session.expectNoEffect(
                of: [drafts[0].signedNow(session)], on: session.main, "a duplicate after \(early) s"
            ) { try isInTime(session, since: begun, until: window) }
            try session.wait(seconds: late - early)
            let again = try session.effects(on: session.main, expecting: 0) {
                try [session.send(drafts[1].signedNow(session), to: session.main)]
            }
            session.measured(memoryAtLeast: early, lessThan: again == .exactly(1) ? late : nil)
        },
        .scenario(
            "replay/after-many-events", .should, .replay, .low, covers: ["F09", "F18"], cwe: [770, 294, 636],
            needs: [.eventID, .given(.effects)], expects: .either,
            "A replay of the first or the last of five thousand deliveries has no second effect.",
            why:
                "A store of a fixed size forgets ids under load while they still matter, or fills up and takes "
                + "no more. Restarts and outages lose ids too, but can't be caused from outside.",
            fix: "Limit the store by time, size it for the busiest window, and reject deliveries when it is full.",
            profile: .audit
        ) { session in
            let draft = session.draft(for: session.main)
            let begun = session.now
            try session.sendControl(draft.signedRequest(), to: session.main)
            for _ in 0..<100 {
                try session.sendControls(50, to: session.main)
                // Scenarios that wait for a moment get their turn between two of these.
                try session.wait(seconds: 0)
            }
            try session.expectNoEffect(
                of: [draft.signedNow(session)], on: session.main, "a replay after five thousand other deliveries"
            ) { try isInTime(session, since: begun, until: Int64(session.scheme.replayWindow ?? 600)) }
            let last = session.validRequest(for: session.main)
            try session.expectOneEffect(
                of: last, then: [last], on: session.main,
                "a replay of a delivery that followed five thousand others")
        },
    ]

    private static let life: @Sendable (Scheme) -> Int64 = { scheme in
        guard let freshness = scheme.freshness else { return 0 }
        let future = freshness.future ?? 0
        return freshness.past - margin(freshness.past) + max(0, future - margin(future))
    }
}

extension Draft {
    /// Returns the delivery of this draft signed again with the current time.
    fileprivate func signedNow(_ session: any ScenarioSession) -> SignedRequest {
        let now = session.draft(for: session.main).timestamp
        return signed { $0.timestamp = now }
    }
}
