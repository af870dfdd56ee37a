internal import Bytes
internal import ReportModel
internal import Schemes

// ScaiWave: create (the secret is shown once), rotate, pause, delete.
extension LifecycleFamily {
    static let scaiWave: [Scenario] = [
        scenario(
            "lifecycle/created-accepts", .medium, covers: ["H03"], cwe: [672], expects: .accepted,
            "A new bridge accepts requests signed with the secret it was created with.",
            why: "People test a bridge the moment they have set it up.", fix: "Commit the bridge before you answer."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reception.isAccepted else {
                throw Finding(.refusal, "the first request to a new bridge was \(reception.words)")
            }
        },
        scenario(
            "lifecycle/paused", .high, covers: ["H06"], cwe: [672], expects: .rejected,
            "A paused bridge accepts nothing.",
            why: "Bridges are paused when something is wrong. Deliveries that still get through are the ones that had "
                + "to stop.",
            fix: "Check the state of the bridge after the signature and before any side effect."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            try stage.sendControl(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.scaiWave("POST", "/\(bridge.id)/pause")
            try stage.expectRefusal(
                stage.validRequest(for: bridge.bridge), on: bridge.bridge, of: "a valid request to a paused bridge")
        },
        scenario(
            "lifecycle/state-before-signature", .low, covers: ["J05"], cwe: [204], expects: .rejected,
            "A paused bridge answers a wrong signature just as an active one does.",
            why: "An attacker without the secret can find out which bridges are paused.",
            fix: "Verify the signature first, then check the state."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let before = try stage.sendForged(to: bridge.bridge)
            try stage.scaiWave("POST", "/\(bridge.id)/pause")
            let after = try stage.sendForged(to: bridge.bridge)
            guard before.status != after.status else { return }
            throw Finding(.leak, "a wrong signature was \(before.words) before the pause and \(after.words) during it")
        },
        scenario(
            "lifecycle/deleted", .high, covers: ["H06"], cwe: [672], expects: .rejected,
            "A deleted bridge accepts nothing.",
            why: "A bridge is deleted when the other side is no longer trusted.",
            fix: "Look up the bridge on every request, and reject the request when the bridge is gone."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            try stage.sendControl(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.scaiWave("DELETE", "/\(bridge.id)")
            try stage.expectRefusal(
                stage.validRequest(for: bridge.bridge), on: bridge.bridge, of: "a valid request to a deleted bridge")
        },
        oldSecretStops("paused") { try $0.scaiWave("POST", "/\($1.id)/pause") },
        oldSecretStops("deleted") { try $0.scaiWave("DELETE", "/\($1.id)") },
        scenario(
            "lifecycle/secrets-differ", .high, covers: ["H06", "I01"], cwe: [672, 639], expects: .rejected,
            "Two bridges have different secrets, each valid for its own bridge only.",
            why: "A secret that is derived from a name, or shared by all bridges, is known to everyone who ever had a "
                + "bridge.",
            fix: "Generate each secret from 32 random bytes."
        ) { stage in
            let first = try stage.createScaiWaveBridge()
            let second = try stage.createScaiWaveBridge()
            guard first.secret != second.secret else {
                throw Finding(.forgery, "two bridges were given the same secret")
            }
            try stage.sendControl(stage.validRequest(for: second.bridge), to: second.bridge)
            let key = stage.draft(for: first.bridge).key
            let request = stage.draft(for: second.bridge).signed { $0.key = key }
            try stage.expectRefusal(
                request, on: second.bridge,
                of: "a request signed with the secret of another new bridge")
        },
        scenario(
            "lifecycle/secret-in-answer", .high, covers: ["S10"], cwe: [200, 522], expects: .rejected,
            "The secret is shown when it is created, and in no answer after that.",
            why: "Anyone who may view bridges can read the secret, and it ends up in logs.",
            fix: "Leave the secret out of every answer except those to create and rotate-secret."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let calls = [
                AdminCall("GET", "/\(bridge.id)"), AdminCall("GET", ""), AdminCall("POST", "/\(bridge.id)/pause"),
                AdminCall("POST", "/\(bridge.id)/resume"),
            ]
            for call in calls where try stage.administer(call).holds(bridge.secret) {
                throw Finding(.leak, "the answer to \(call.method) contained the secret of a bridge")
            }
        },
        scenario(
            "lifecycle/admin-needs-token", .critical, covers: ["A13"], cwe: [306, 862], expects: .rejected,
            "The admin interface rejects calls without a token.",
            why: "An attacker who can create bridges or rotate their secrets does not need to forge a signature.",
            fix: "Authenticate every route of the admin interface in one place."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let calls = [
                AdminCall("POST", "", body: CreatedBridge.scaiWaveBody, isAuthorized: false),
                AdminCall("POST", "/\(bridge.id)/rotate-secret", isAuthorized: false),
                AdminCall("POST", "/\(bridge.id)/pause", isAuthorized: false),
                AdminCall("DELETE", "/\(bridge.id)", isAuthorized: false),
            ]
            try stage.expectRefused(calls)
            try stage.sendControl(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
        },
    ]

    /// The document has no call that ends a grace early. Pausing or deleting the bridge is the way to drop a leaked
    /// secret.
    private static func oldSecretStops(
        _ what: String, by stop: @escaping @Sendable (any Stage, CreatedBridge) throws -> Void
    ) -> Scenario {
        scenario(
            "lifecycle/\(what)-stops-old-secret", .medium, covers: ["H05", "H06"], cwe: [324, 672],
            expects: .rejected, "The old secret of a bridge that is \(what) stops working at once, whatever its grace.",
            why:
                "Secrets are replaced because they leaked. During the grace of the old one, stopping the bridge "
                + "is all its owner can do.",
            fix: "Check the state of the bridge no matter which of its secrets verified."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            _ = try stage.rotateScaiWave(bridge)
            // Signed with the secret that the bridge was created with.
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reception.isAccepted else {
                throw Obstacle.skip("the old secret was \(reception.words) during its grace, which other cases judge")
            }
            try stop(stage, bridge)
            try stage.expectRefusal(
                stage.validRequest(for: bridge.bridge), on: bridge.bridge,
                of: "a request signed with the old secret of a bridge that was \(what)")
        }
    }

    private static func scenario(
        _ id: String, _ severity: Severity, covers: [String], cwe: [Int], expects: Decision,
        _ title: String, why: String, fix: String, play: @escaping @Sendable (any Stage) throws -> Void
    ) -> Scenario {
        Scenario(
            id, .must, .lifecycle, severity, covers: covers, cwe: cwe, needs: [.only(["scaiwave"])],
            facilities: [.administration], expects: expects, title, why: why, fix: fix, play: play)
    }
}

extension Stage {
    /// Sends a request with an all-zero signature. Unless it is rejected, there is nothing to compare.
    func sendForged(to bridge: Bridge) throws -> Reception {
        let reception = try send(
            draft(for: bridge).signed { $0.onceSigned { $0.signature = $0.zeroSignature } }, to: bridge)
        guard reception.isRejected else {
            throw Obstacle.skip("a forged request was \(reception.words), which other cases judge")
        }
        return reception
    }
}
