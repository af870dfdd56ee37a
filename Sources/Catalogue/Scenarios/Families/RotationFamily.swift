internal import ReportModel
internal import Schemes

/// A bridge's secrets during rotation. Each case reads what one double rotation showed.
enum RotationFamily {
    /// Clocks count whole seconds and requests take time, so nothing is judged this close to a limit.
    private static let margin = 1.5

    /// How close to the end of a grace, in seconds, there must be a sample on either side. Otherwise an end far from
    /// the documented one could pass unnoticed.
    private static func near(_ grace: Int) -> Double { Double(grace) / 10 }

    /// Returns the requests sent after a grace was over.
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

    /// Throws a finding for a secret that was not rejected, or whose requests were not answered properly.
    private static func expectRefusal(of samples: some Sequence<RotationRecord.Sample>, _ what: String) throws(Finding)
    {
        guard !samples.contains(where: { $0.reply.isAccepted }) else {
            throw Finding(.forgery, "\(what) was accepted")
        }
        for sample in samples { try sample.reply.survives(what) }
    }

    static let cases: [Case] = watched + [pause]

    private static let watched: [Case] = [
        watch(
            "rotation/new-at-once", .high, covers: ["H03"], cwe: [672], expects: .accepted, waitsForGrace: false,
            "A new secret is valid on every connection as soon as it exists.",
            why:
                "Senders sign with the new secret the moment they have it. Deliveries rejected until a cache "
                + "expires are lost, or look like an attack.",
            fix: "Read the secrets from where they are stored, or tell every process before you answer the rotation."
        ) { record, _ in
            guard !record.atOnce.isEmpty else { throw Obstacle("the new secret was not tried") }
            guard !record.atOnce.allSatisfy(\.isAccepted) else { return }
            throw Finding(.refusal, "the new secret was rejected at first")
        },
        watch(
            "rotation/old-within-grace", .high, covers: ["H01"], cwe: [324], expects: .accepted, waitsForGrace: false,
            needs: [.grace],
            "The old secret is still valid right after it was replaced.",
            why:
                "Deliveries in flight, and retries, were signed earlier. Without a grace, every rotation loses some.",
            fix: "Keep the old secret alongside the new one until the grace has passed."
        ) { record, _ in
            guard let first = record.oldAtOnce else { throw Obstacle("the old secret was not tried") }
            guard first.isAccepted else {
                throw Finding(.refusal, "the old secret was \(first.words) as soon as it was replaced")
            }
        },
        watch(
            "rotation/grace-short", .medium, covers: ["H01"], cwe: [324], expects: .accepted, waitsForGrace: true,
            "The old secret is valid until the end of the grace.",
            why: "Senders plan their retries around the documented grace.",
            fix: "Keep the old secret for the whole grace, counted from its replacement."
        ) { record, grace in
            let inside = record.previous.filter { $0.age.upperBound < Double(grace) - margin }
            guard let first = inside.first, let last = inside.last else {
                throw Obstacle("the old secret was not tried within the grace")
            }
            // Another case judges a secret that is rejected at once.
            guard first.reply.isAccepted else { return }
            if let early = inside.first(where: { !$0.reply.isAccepted }) {
                throw Finding(
                    .refusal, "the old secret was \(early.reply.words) before the grace of \(grace) s was over")
            }
            guard last.age.lowerBound > Double(grace) - near(grace) else {
                throw Obstacle("the old secret was not tried towards the end of the grace")
            }
        },
        watch(
            "rotation/old-after-grace", .high, covers: ["H02"], cwe: [324, 613], expects: .rejected,
            waitsForGrace: true,
            "The old secret is rejected once the grace has passed.",
            why: "Secrets are replaced because someone may know the old one. If it remains valid, replacing it "
                + "achieved nothing.",
            fix: "When the grace has passed, delete the old secret or stop trying it."
        ) { record, grace in
            try expectRefusal(
                of: samples(record.previous, after: grace),
                "after the grace of \(grace) s, a request under the old secret")
        },
        watch(
            "rotation/second-keeps-previous", .medium, covers: ["H04"], cwe: [324], expects: .accepted,
            waitsForGrace: false, needs: [.grace],
            "After two rotations in a row, the intermediate secret is still valid.",
            why:
                "A rotation that runs twice, by two people or after an error, must not cut off a sender that has "
                + "the intermediate secret.",
            fix: "Give each replaced secret its own grace."
        ) { record, grace in
            guard let first = record.previous.first, first.age.upperBound < Double(grace) - margin else {
                throw Obstacle("the intermediate secret was not tried in time")
            }
            guard first.reply.isAccepted else {
                throw Finding(.refusal, "the intermediate secret was \(first.reply.words) at once")
            }
        },
        watch(
            "rotation/second-restarts-grace", .medium, covers: ["H04"], cwe: [324], expects: .rejected,
            waitsForGrace: true, "A second rotation does not extend the grace of the first secret.",
            why: "If each rotation restarts the grace of every old secret, frequent rotations keep them all alive.",
            fix: "Store an expiry with each old secret, and never change it."
        ) { record, grace in
            // Ages count from the secret's own replacement, so a sample past the grace is past the secret's own grace.
            try expectRefusal(
                of: samples(record.oldest, after: grace),
                "after its grace of \(grace) s, a request under the first secret")
        },
        watch(
            "rotation/second-drops-oldest", .low, ceiling: .may, covers: ["H04", "H05"], cwe: [324], expects: .rejected,
            waitsForGrace: false, "After two rotations in a row, the first secret is rejected.",
            why:
                "Documents grant a grace to the old secret; whether the one before it keeps its own is rarely "
                + "stated. Every secret that is still valid is one more that may have leaked.",
            fix: "Keep one old secret; a second rotation drops the one before it."
        ) { record, _ in
            guard let first = record.oldest.first else { throw Obstacle("the first secret was not tried") }
            try expectRefusal(of: [first], "after the second rotation, a request under the first of three secrets")
        },
        watch(
            "rotation/both-signatures", .medium, covers: ["H01", "G02"], cwe: [324], expects: .accepted,
            waitsForGrace: false, needs: [.severalSignatures],
            "A request with one signature under the old secret and one under the new is accepted.",
            why:
                "Senders with several receivers sign with both secrets while they rotate. An endpoint that reads "
                + "only one of the signatures rejects them.",
            fix: "Try each signature in the header against each valid secret."
        ) { record, _ in
            guard !record.bothSignatures.isEmpty else { throw Obstacle("no request with both signatures was sent") }
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
        ) { session in
            let record = try session.rotation(isOver: waitsForGrace)
            try judge(record, session.scheme.rotation?.grace ?? 0)
        }
    }

    private static let pause = Case.scenario(
        "rotation/pause-keeps-grace", .must, .rotation, .medium, covers: ["H02", "H06"], cwe: [324, 672],
        needs: [
            .grace, .administration(.call(.pause)), .administration(.call(.rotate)), .given(.administration),
        ], expects: .rejected,
        "A bridge that was paused for a while rejects the old secret once the grace has passed.",
        why: "If the grace stops counting while the bridge is paused, it lasts as long as the pause.",
        fix: "Count the grace from the replacement in wall-clock time.",
        waits: { Int64($0.rotation?.grace ?? 0) }
    ) { session in
        let bridge = try session.createBridge()
        let record = try session.watchRotation(
            of: bridge.bridge, replace: { try session.rotateSecret(of: bridge) },
            during: {
                try session.perform(.pause, on: bridge)
                try session.wait(seconds: 30)
                try session.perform(.resume, on: bridge)
            })
        let grace = session.scheme.rotation?.grace ?? 0
        try expectRefusal(
            of: samples(record.previous, after: grace),
            "after a pause and the grace of \(grace) s, a request under the old secret")
    }
}
