internal import Bytes
internal import ReportModel
internal import Schemes

// What a bridge takes in while it is new, paused, deleted or of another kind.
extension LifecycleFamily {
    static let states: [Case] = [
        scenario(
            "lifecycle/created-accepts", .medium, covers: ["H03"], cwe: [672], needs: [.issuedSecret],
            expects: .accepted,
            "A new bridge accepts requests signed with the secret it was created with.",
            why: "People test a bridge the moment they have set it up.", fix: "Commit the bridge before you answer."
        ) { session in
            let bridge = try session.createBridge()
            let reply = try session.send(session.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reply.isAccepted else {
                throw Finding(.refusal, "the first request to a new bridge was \(reply.words)")
            }
        },
        stopped(
            "lifecycle/paused", by: .pause, "A paused bridge accepts nothing.",
            why: "Bridges are paused when something is wrong. Deliveries that still get through are the ones that had "
                + "to stop.",
            fix: "Check the state of the bridge after the signature and before any side effect."
        ) { $0.closed },
        stopped(
            "lifecycle/outgoing-only", by: .sendOnly, "A bridge that only sends accepts nothing.",
            why: "A bridge configured to send only must not accept messages from outside.",
            fix: "Check the state of the bridge after the signature and before any side effect."
        ) { $0.closed },
        stopped(
            "lifecycle/deleted", by: .delete, "A deleted bridge accepts nothing.",
            why: "A bridge is deleted when the other side is no longer trusted.",
            fix: "Look up the bridge on every request, and reject the request when the bridge is gone."
        ) { $0.absent },
        scenario(
            "lifecycle/not-a-webhook", .low, covers: ["A13"], cwe: [306], needs: [.kinds], also: [.absentStatus],
            expects: .rejected, "The address of a bridge of another kind is answered like that of no bridge.",
            why: "A bridge of another kind has no webhook secret, so there is nothing to verify its requests with.",
            fix: "Look up bridges of the right kind only."
        ) { session in
            let creation = try session.administration().creation
            let bridge = try session.createBridge { creation.ofOtherKind($0) }
            let reply = try session.send(session.validRequest(for: bridge.bridge), to: bridge.bridge)
            try session.expectRefusal(
                reply, status: session.scheme.responses.absent?.status, of: "a request to a bridge of another kind")
        },
        scenario(
            "lifecycle/enabled-again", .medium, covers: ["H06"], cwe: [672], needs: [.call(.pause), .call(.resume)],
            expects: .accepted, "A bridge that was paused and resumed accepts requests.",
            why: "Administrators do not dare to pause a bridge that they can't resume.",
            fix: "Read the state of the bridge on every request."
        ) { session in
            let bridge = try session.createBridge()
            try session.perform(.pause, on: bridge)
            try session.perform(.resume, on: bridge)
            let reply = try session.send(session.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reply.isAccepted else {
                throw Finding(.refusal, "a bridge that was resumed answered: \(reply.words)")
            }
        },
        toldBeforeSignature("lifecycle/state-before-signature", .must, also: .not(.closedStatus)),
        // A document that names a status for closed bridges may leave open which comes first.
        toldBeforeSignature("lifecycle/disabled-before-signature", .should, also: .closedStatus),
        oldSecretStops("paused", by: .pause), oldSecretStops("deleted", by: .delete),
        scenario(
            "lifecycle/secrets-differ", .high, covers: ["H06", "I01"], cwe: [672, 639], needs: [.issuedSecret],
            expects: .rejected, "Two bridges have different secrets, each valid for its own bridge only.",
            why: "A secret that is derived from a name, or shared by all bridges, is known to everyone who ever had a "
                + "bridge.",
            fix: "Generate each secret from 32 random bytes."
        ) { session in
            let first = try session.createBridge()
            let second = try session.createBridge()
            guard first.secret != second.secret else {
                throw Finding(.forgery, "two bridges were given the same secret")
            }
            try session.expectOtherSecretRefused(
                first, on: second, "a request signed with the secret of another new bridge")
        },
        scenario(
            "lifecycle/recreated", .high, covers: ["H06"], cwe: [672], needs: [.givenSecret, .call(.delete)],
            expects: .rejected, "The secret of a deleted bridge is rejected by the bridge that replaces it.",
            why: "A bridge is created anew when its secret has leaked. The old secret must end with the old bridge.",
            fix: "Delete the stored secret together with the bridge."
        ) { session in
            let name = session.freshName
            let old = try session.createBridge(name)
            try session.perform(.delete, on: old)
            let new = try session.createBridge(name)
            try session.expectOtherSecretRefused(old, on: new, "a request signed with the secret of a deleted bridge")
        },
    ]

    /// A call after which valid requests are refused, with the documented status where there is one.
    private static func stopped(
        _ id: String, by operation: Administration.Operation, _ title: String, why: String, fix: String,
        documented: @escaping @Sendable (Responses) -> Responses.Answer?
    ) -> Case {
        scenario(
            id, .high, covers: ["H06"], cwe: [672], needs: [.call(operation)], expects: .rejected, title, why: why,
            fix: fix
        ) { session in
            let bridge = try session.createBridge()
            try session.sendControl(session.validRequest(for: bridge.bridge), to: bridge.bridge)
            try session.perform(operation, on: bridge)
            let reply = try session.send(session.validRequest(for: bridge.bridge), to: bridge.bridge)
            try session.expectRefusal(
                reply, status: documented(session.scheme.responses)?.status, of: "a valid request afterwards")
        }
    }

    private static func toldBeforeSignature(_ id: String, _ level: Level, also need: Requirement) -> Case {
        scenario(
            id, .low, covers: ["J05"], cwe: [204], needs: [.call(.pause)], also: [need], expects: .rejected,
            level: level, "A paused bridge answers a wrong signature just as an active one does.",
            why: "An attacker without the secret can find out which bridges are paused.",
            fix: "Verify the signature first, then check the state."
        ) { session in
            let bridge = try session.createBridge()
            let before = try session.sendForged(to: bridge.bridge)
            try session.perform(.pause, on: bridge)
            let after = try session.sendForged(to: bridge.bridge)
            guard before.status != after.status else { return }
            throw Finding(
                .leak, "a wrong signature was \(before.words) before the pause and \(after.words) during it")
        }
    }

    /// Where no call ends a grace early, pausing or deleting the bridge is the way to drop a leaked secret.
    private static func oldSecretStops(_ what: String, by operation: Administration.Operation) -> Case {
        scenario(
            "lifecycle/\(what)-stops-old-secret", .medium, covers: ["H05", "H06"], cwe: [324, 672],
            needs: [.call(.rotate), .call(operation)], expects: .rejected,
            "The old secret of a bridge that is \(what) stops working at once, whatever its grace.",
            why:
                "Secrets are replaced because they leaked. During the grace of the old one, stopping the bridge "
                + "is all its owner can do.",
            fix: "Check the state of the bridge no matter which of its secrets verified."
        ) { session in
            let bridge = try session.createBridge()
            _ = try session.rotateSecret(of: bridge)
            // Signed with the secret that the bridge was created with.
            let reply = try session.send(session.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reply.isAccepted else {
                throw Obstacle.moot("the old secret was \(reply.words) during its grace, which other cases judge")
            }
            try session.perform(operation, on: bridge)
            try session.expectRefusal(
                session.validRequest(for: bridge.bridge), on: bridge.bridge,
                of: "a request signed with the old secret of a bridge that was \(what)")
        }
    }
}

extension ScenarioSession {
    /// Sends a request with an all-zero signature. Unless it is rejected, there is nothing to compare.
    fileprivate func sendForged(to bridge: Bridge) throws -> Reply {
        let reply = try send(
            draft(for: bridge).signed { $0.onceSigned { $0.signature = $0.zeroSignature } }, to: bridge)
        guard reply.isRejected else {
            throw Obstacle.moot("a forged request was \(reply.words), which other cases judge")
        }
        return reply
    }

    /// Expects a bridge to take its own secret, and to refuse that of another one.
    fileprivate func expectOtherSecretRefused(
        _ other: CreatedBridge, on bridge: CreatedBridge, _ what: String
    ) throws {
        try sendControl(validRequest(for: bridge.bridge), to: bridge.bridge)
        let key = draft(for: other.bridge).key
        try expectRefusal(draft(for: bridge.bridge).signed { $0.key = key }, on: bridge.bridge, of: what)
    }

    /// Throws a finding for an acceptance, or a status other than the documented one.
    fileprivate func expectRefusal(_ reply: Reply, status: Int?, of what: String) throws {
        try survives(reply, what)
        if reply.isAccepted { throw Finding(.forgery, "\(what) was \(reply.words)") }
        guard let status, reply.status != status else { return }
        throw Finding(.contract, "\(what) was \(reply.words); the document says \(status)")
    }
}
