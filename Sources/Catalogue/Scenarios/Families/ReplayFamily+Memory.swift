internal import ReportModel
internal import Schemes

// For how long, and how many, deliveries are remembered.
extension ReplayFamily {
    /// How far from an edge of some length a request keeps: clocks of whole seconds differ, requests travel, and other
    /// cases may be in their turn.
    private static func margin(_ length: Int64) -> Int64 { max(5, length / 20) }

    /// Tells that the moment for a request has not passed while it waited for its turn; to be asked when it is answered.
    private static func isInTime(_ stage: any Stage, since begun: Double, until limit: Int64) throws {
        guard stage.now - begun < Double(limit) - 2 else {
            throw Obstacle("the moment had passed before the request was answered: give the run less to do at once")
        }
    }

    static let memories: [Case] = [
        .scenario(
            "replay/last-moment", .must, .replay, .medium, covers: ["F08"], cwe: [294, 367],
            needs: [.eventID, .timestamp, .given(.effects)], expects: .either,
            "A replay in the last seconds in which its timestamp is good has no second effect.",
            why:
                "A timestamp may lie ahead, so a signature can be good for twice the tolerance. A memory that is shorter "
                + "leaves a gap in which every captured request can be played again.",
            fix: "Remember ids for as long as a signature can be good: the tolerance ahead and behind together.",
            waits: life
        ) { stage in
            guard let freshness = stage.scheme.freshness else { return }
            var ahead = max(0, (freshness.future ?? 0) - margin(freshness.future ?? 0))
            let draft = stage.draft(for: stage.main)
            var request = draft.signed { $0.timestamp = $0.stamp(after: ahead) }
            let begun = stage.now
            if try !stage.send(request, to: stage.main).isAccepted {
                // Stricter about the future than the document: its signatures live from now on.
                ahead = 0
                request = draft.signedRequest()
                try stage.sendControl(request, to: stage.main)
            }
            let span = freshness.past + ahead - margin(freshness.past)
            try stage.wait(seconds: span)
            try stage.expectNoEffect(of: [request], on: stage.main, "a replay \(span) s after the first time") {
                try isInTime(stage, since: begun, until: freshness.past + ahead)
            }
        },
        .scenario(
            "replay/remembered", .must, .replay, .medium, covers: ["F08"], cwe: [294, 367],
            needs: [.eventID, .replayWindow, .given(.effects)], expects: .either,
            "A delivery that comes again near the end of the time that the document names has no second effect.",
            why: "Senders retry for as long as the document lets them count on the memory.",
            fix: "Remember ids for the whole time that the document names.",
            waits: { Int64($0.replayWindow ?? 0) + margin(Int64($0.replayWindow ?? 0)) }
        ) { stage in
            guard let window = stage.scheme.replayWindow.map(Int64.init) else { return }
            let drafts = (0..<2).map { _ in stage.draft(for: stage.main) }
            let begun = stage.now
            for draft in drafts { try stage.sendControl(draft.signedRequest(), to: stage.main) }
            let (early, late) = (window - margin(window), window + margin(window))
            try stage.wait(seconds: early)
            try stage.expectNoEffect(
                of: [drafts[0].signedNow(stage)], on: stage.main, "a delivery that came again after \(early) s"
            ) { try isInTime(stage, since: begun, until: window) }
            try stage.wait(seconds: late - early)
            let again = try stage.effects(on: stage.main, expecting: 0) {
                try [stage.send(drafts[1].signedNow(stage), to: stage.main)]
            }
            stage.measured(memoryAtLeast: early, lessThan: again == .exactly(1) ? late : nil)
        },
        .scenario(
            "replay/after-many-events", .should, .replay, .low, covers: ["F09", "F18"], cwe: [770, 294, 636],
            needs: [.eventID, .given(.effects)], expects: .either,
            "A replay of the first or the last of five thousand deliveries has no second effect.",
            why:
                "A memory of a fixed number of ids forgets under load what it must still know, or is full and takes in "
                + "nothing more. That is all of a lost memory that can be brought about from outside: restarts and "
                + "outages can't.",
            fix: "Bound the memory by time; size it for the busiest window, and refuse when it is full.",
            profile: .audit
        ) { stage in
            let draft = stage.draft(for: stage.main)
            let begun = stage.now
            try stage.sendControl(draft.signedRequest(), to: stage.main)
            for _ in 0..<100 {
                try stage.sendControls(50, to: stage.main)
                // Whoever waits for a moment has it between two of these.
                try stage.wait(seconds: 0)
            }
            try stage.expectNoEffect(
                of: [draft.signedNow(stage)], on: stage.main, "a replay after five thousand other deliveries"
            ) { try isInTime(stage, since: begun, until: Int64(stage.scheme.replayWindow ?? 600)) }
            let last = stage.validRequest(for: stage.main)
            try stage.expectOneEffect(
                of: last, then: [last], on: stage.main,
                "a replay of a delivery that came after five thousand others")
        },
    ]

    private static let life: @Sendable (Scheme) -> Int64 = { scheme in
        guard let freshness = scheme.freshness else { return 0 }
        let future = freshness.future ?? 0
        return freshness.past - margin(freshness.past) + max(0, future - margin(future))
    }
}

extension Draft {
    /// Signs the delivery of this draft again, stamped with the present time.
    fileprivate func signedNow(_ stage: any Stage) -> SignedRequest {
        let now = stage.draft(for: stage.main).timestamp
        return signed { $0.timestamp = now }
    }
}
