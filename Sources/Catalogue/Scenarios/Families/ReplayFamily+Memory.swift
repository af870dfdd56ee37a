internal import Schemes

// For how long, and how many, deliveries are remembered.
extension ReplayFamily {
    /// How far from an edge a request keeps, in seconds: clocks of whole seconds differ by one, and requests travel.
    private static let margin: Int64 = 5

    static let memories: [Scenario] = [
        Scenario(
            "replay/last-moment", .must, .replay, .medium, covers: ["F08"], cwe: [294, 367],
            needs: [.eventID, .timestamp], expects: .either,
            "A replay in the last seconds in which its timestamp is good has no second effect.",
            why: "A timestamp may lie ahead, so a signature can be good for twice the tolerance. A memory that is shorter "
                + "leaves a gap in which every captured request can be played again.",
            fix: "Remember ids for as long as a signature can be good: the tolerance ahead and behind together.",
            waits: life
        ) { stage in
            guard let freshness = stage.scheme.freshness else { return }
            var ahead = max(0, (freshness.future ?? 0) - margin)
            let draft = stage.draft(for: stage.main)
            var request = draft.signed { $0.timestamp = $0.stamp(after: ahead) }
            if try !stage.send(request, to: stage.main).isAccepted {
                // Stricter about the future than the document: its signatures live from now on.
                ahead = 0
                request = draft.signedRequest()
                try stage.sendControl(request, to: stage.main)
            }
            try stage.wait(seconds: freshness.past + ahead - margin)
            try stage.expectNoEffect(
                of: [request], on: stage.main, "a replay \(freshness.past + ahead - margin) s after the first time")
        },
        Scenario(
            "replay/remembered", .must, .replay, .medium, covers: ["F08"], cwe: [294, 367],
            needs: [.eventID, .replayWindow], expects: .either,
            "A delivery that comes again near the end of the time that the document names has no second effect.",
            why: "Senders retry for as long as the document lets them count on the memory.",
            fix: "Remember ids for the whole time that the document names.",
            waits: { Int64($0.replayWindow ?? 0) + margin }
        ) { stage in
            guard let window = stage.scheme.replayWindow.map(Int64.init) else { return }
            let drafts = (0..<2).map { _ in stage.draft(for: stage.main) }
            for draft in drafts { try stage.sendControl(draft.signedRequest(), to: stage.main) }
            try stage.wait(seconds: window - margin)
            try stage.expectNoEffect(
                of: [drafts[0].signedNow(stage)], on: stage.main, "a delivery that came again after \(window - margin) s")
            try stage.wait(seconds: 2 * margin)
            let later = try stage.effects(on: stage.main, expecting: 0) {
                try [stage.send(drafts[1].signedNow(stage), to: stage.main)]
            }
            stage.measured(
                memoryAtLeast: window - margin, lessThan: later == .exactly(1) ? window + margin : nil)
        },
        Scenario(
            "replay/after-many-events", .should, .replay, .low, covers: ["F09"], cwe: [770, 294],
            needs: [.eventID], expects: .either,
            "A replay after five thousand other deliveries has no second effect.",
            why: "A memory of a fixed number of ids forgets under load what it must still know.",
            fix: "Bound the memory by time; size it for the busiest window, and refuse when it is full.",
            profile: .audit
        ) { stage in
            let request = stage.validRequest(for: stage.main)
            try stage.sendControl(request, to: stage.main)
            for _ in 0..<5000 { try stage.sendControl(stage.validRequest(for: stage.main), to: stage.main) }
            try stage.expectNoEffect(of: [request], on: stage.main, "a replay after five thousand other deliveries")
        },
    ]

    private static let life: @Sendable (Scheme) -> Int64 = { scheme in
        guard let freshness = scheme.freshness else { return 0 }
        return freshness.past + max(0, (freshness.future ?? 0) - margin) - margin
    }
}

extension Draft {
    /// Signs the delivery of this draft again, stamped with the present time.
    fileprivate func signedNow(_ stage: any Stage) -> SignedRequest {
        let now = stage.draft(for: stage.main).timestamp
        return signed { $0.timestamp = now }
    }
}
