internal import ReportModel
internal import Schemes

/// The secrets of a bridge while they are replaced. Each case reads what one double replacement showed.
enum RotationFamily {
    /// Clocks in whole seconds, and a request on its way: so near an edge nothing is judged.
    private static let margin = 1.5

    /// The part of a grace, in seconds, within which its end must have been asked for on either side: an end that is
    /// further off must not pass for the right one because nobody looked.
    private static func near(_ grace: Int) -> Double { Double(grace) / 10 }

    /// What was sent when a grace was over.
    ///
    /// - Throws: `Obstacle` when nothing was sent soon after.
    private static func samples(
        _ samples: [RotationRecord.Sample], after grace: Int
    ) throws(Obstacle) -> [RotationRecord.Sample] {
        let outside = samples.filter { $0.age.lowerBound > Double(grace) + margin }
        guard let first = outside.first, first.age.lowerBound < Double(grace) + near(grace) else {
            throw Obstacle("nothing was sent soon after the grace")
        }
        return outside
    }

    /// Finds a secret that was not refused, or whose requests were not answered properly.
    private static func expectRefusal(of samples: some Sequence<RotationRecord.Sample>, _ what: String) throws(Finding)
    {
        guard !samples.contains(where: { $0.reception.isAccepted }) else {
            throw Finding(.forgery, "\(what) was accepted")
        }
        for sample in samples { try sample.reception.survives(what) }
    }

    static let cases: [Case] = watched + [pause]

    private static let watched: [Case] = [
        watch(
            "rotation/new-at-once", .high, covers: ["H03"], cwe: [672], expects: .accepted, waitsForGrace: false,
            "A new secret is good on every connection as soon as it is there.",
            why:
                "Senders sign with the new secret from the moment they have it. What is refused until a cache expires is "
                + "lost, or looks like an attack.",
            fix: "Read the secrets where they are stored, or tell every process before the rotation answers."
        ) { record, _ in
            guard !record.atOnce.isEmpty else { throw Obstacle("the new secret was not tried") }
            guard !record.atOnce.allSatisfy(\.isAccepted) else { return }
            throw Finding(.refusal, "the new secret was refused at first")
        },
        watch(
            "rotation/old-within-grace", .high, covers: ["H01"], cwe: [324], expects: .accepted, waitsForGrace: false,
            needs: [.grace],
            "The old secret is still good right after it was replaced.",
            why:
                "Deliveries are under way, and retried, that were signed before. Without a grace each rotation loses some.",
            fix: "Keep the old secret beside the new one until the grace has passed."
        ) { record, _ in
            guard let first = record.oldAtOnce else { throw Obstacle("the old secret was not tried") }
            guard first.isAccepted else {
                throw Finding(.refusal, "the old secret was \(first.words) as soon as it was replaced")
            }
        },
        watch(
            "rotation/grace-short", .medium, covers: ["H01"], cwe: [324], expects: .accepted, waitsForGrace: true,
            "The old secret is good until the end of the grace.",
            why: "Senders plan their retries by the grace that the document promises.",
            fix: "Keep the old secret for the whole grace, counted from its replacement."
        ) { record, grace in
            let inside = record.previous.filter { $0.age.upperBound < Double(grace) - margin }
            guard let first = inside.first, let last = inside.last else {
                throw Obstacle("the old secret was not tried within the grace")
            }
            // Another case judges what is refused at once.
            guard first.reception.isAccepted else { return }
            if let early = inside.first(where: { !$0.reception.isAccepted }) {
                throw Finding(
                    .refusal, "the old secret was \(early.reception.words) before the grace of \(grace) s was over")
            }
            guard last.age.lowerBound > Double(grace) - near(grace) else {
                throw Obstacle("the old secret was not tried towards the end of the grace")
            }
        },
        watch(
            "rotation/old-after-grace", .high, covers: ["H02"], cwe: [324, 613], expects: .rejected,
            waitsForGrace: true,
            "The old secret is refused once the grace has passed.",
            why: "Secrets are replaced because someone may know the old one. One that stays good makes that vain.",
            fix: "Delete the old secret, or compare the time, when the grace has passed."
        ) { record, grace in
            try expectRefusal(
                of: samples(record.previous, after: grace), "the old secret, after the grace of \(grace) s,")
        },
        watch(
            "rotation/second-keeps-previous", .medium, covers: ["H04"], cwe: [324], expects: .accepted,
            waitsForGrace: false, needs: [.grace],
            "After two replacements in a row, the secret in between is still good.",
            why:
                "A rotation that is done twice, by two people or after an error, must not cut off who has the first of "
                + "the new secrets.",
            fix: "Give each replaced secret a grace of its own."
        ) { record, grace in
            guard let first = record.previous.first, first.age.upperBound < Double(grace) - margin else {
                throw Obstacle("the secret in between was not tried in time")
            }
            guard first.reception.isAccepted else {
                throw Finding(.refusal, "the secret in between was \(first.reception.words) at once")
            }
        },
        watch(
            "rotation/second-restarts-grace", .medium, covers: ["H04"], cwe: [324], expects: .rejected,
            waitsForGrace: true, "A second replacement does not prolong the grace of the first secret.",
            why: "Where each rotation starts the grace anew for every old secret, rotating often keeps them all alive.",
            fix: "Store with each old secret when it ends, and never change that."
        ) { record, grace in
            // Ages are counted from the secret's own replacement, so what is past the grace is past its own.
            try expectRefusal(
                of: samples(record.oldest, after: grace), "the first secret, after its grace of \(grace) s,")
        },
        watch(
            "rotation/second-drops-oldest", .low, ceiling: .may, covers: ["H04", "H05"], cwe: [324], expects: .rejected,
            waitsForGrace: false, "After two replacements in a row, the first secret is refused.",
            why:
                "Documents promise a grace to the old secret; whether the one before keeps its own is seldom said. Each "
                + "secret that is still good is one more that may be known.",
            fix: "Keep one old secret; a second replacement drops the one before."
        ) { record, _ in
            guard let first = record.oldest.first else { throw Obstacle("the first secret was not tried") }
            try expectRefusal(of: [first], "the first of three secrets, after the second replacement,")
        },
        watch(
            "rotation/both-signatures", .medium, covers: ["H01", "G02"], cwe: [324], expects: .accepted,
            waitsForGrace: false, needs: [.severalSignatures],
            "A request with a signature under the old secret and one under the new is accepted.",
            why:
                "Senders with several receivers sign with both while they rotate; an endpoint that reads only one of the "
                + "signatures refuses them.",
            fix: "Try each signature of the header against each secret that is good."
        ) { record, _ in
            guard !record.bothSignatures.isEmpty else { throw Obstacle("no request with both was sent") }
            guard let refused = record.bothSignatures.first(where: { !$0.isAccepted }) else { return }
            throw Finding(.refusal, "a request with both signatures was \(refused.words)")
        },
    ]

    private static func watch(
        _ id: String, _ severity: Severity, ceiling: Level = .must, covers: [String], cwe: [Int],
        expects: Decision, waitsForGrace: Bool, needs: [Requirement] = [], _ title: String, why: String,
        fix: String, judge: @escaping @Sendable (RotationRecord, _ grace: Int) throws -> Void
    ) -> Case {
        .scenario(
            id, ceiling, .rotation, severity, covers: covers, cwe: cwe,
            needs: needs + (waitsForGrace ? [.grace] : []) + [.given(.rotation)], expects: expects, title, why: why,
            fix: fix,
            waits: { waitsForGrace ? Int64($0.rotation?.grace ?? 0) : 0 }
        ) { stage in
            let record = try stage.rotation(isOver: waitsForGrace)
            try judge(record, stage.scheme.rotation?.grace ?? 0)
        }
    }

    private static let pause = Case.scenario(
        "rotation/pause-keeps-grace", .must, .rotation, .medium, covers: ["H02", "H06"], cwe: [324, 672],
        needs: [
            .grace, .administration(.call(.pause)), .administration(.call(.rotate)), .given(.administration),
        ], expects: .rejected,
        "A bridge that was paused for a while refuses the old secret when the grace has passed.",
        why: "A grace whose clock stands still while the bridge is paused is as long as the pause.",
        fix: "Count the grace from the replacement by the clock on the wall.",
        waits: { Int64($0.rotation?.grace ?? 0) }
    ) { stage in
        let bridge = try stage.createBridge()
        let record = try stage.watchRotation(
            of: bridge.bridge, replace: { try stage.rotateSecret(of: bridge) },
            during: {
                try stage.perform(.pause, on: bridge)
                try stage.wait(seconds: 30)
                try stage.perform(.resume, on: bridge)
            })
        let grace = stage.scheme.rotation?.grace ?? 0
        try expectRefusal(
            of: samples(record.previous, after: grace), "the old secret, after a pause and the grace of \(grace) s,")
    }
}
