internal import Bytes
internal import ReportModel
internal import Schemes

// ScaiWave: create (the secret is shown once), rotate, pause, delete.
extension LifecycleFamily {
    static let scaiWave: [Case] = [
        scenario(
            "lifecycle/created-accepts", .medium, covers: ["H03"], cwe: [672], expects: .accepted,
            "A bridge that was just made accepts requests under the secret that it was made with.",
            why: "Whoever sets a bridge up tries it at once.", fix: "Commit the bridge before the answer is sent."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reception.isAccepted else {
                throw Finding(.refusal, "a new bridge's first request was \(reception.words)")
            }
        },
        scenario(
            "lifecycle/paused", .high, covers: ["H06"], cwe: [672], expects: .rejected,
            "A paused bridge accepts nothing.",
            why: "Bridges are paused when something is wrong; what still flows then is what should have been stopped.",
            fix: "Look at the state of the bridge after the signature, and before anything is done."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            try stage.sendControl(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.scaiWave("POST", "/\(bridge.id)/pause")
            try stage.expectRefusal(
                stage.validRequest(for: bridge.bridge), on: bridge.bridge, of: "a valid request to a paused bridge")
        },
        scenario(
            "lifecycle/state-before-signature", .low, covers: ["J05"], cwe: [204], expects: .rejected,
            "A paused bridge answers a wrong signature as any other bridge does.",
            why: "The state of a bridge told to whoever asks is a map for an attacker.",
            fix: "Verify the signature first, then look at the state."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let before = try stage.sendForged(to: bridge.bridge)
            try stage.scaiWave("POST", "/\(bridge.id)/pause")
            let after = try stage.sendForged(to: bridge.bridge)
            guard before.status != after.status else { return }
            throw Finding(.leak, "a wrong signature was \(before.words) before the pause and \(after.words) in it")
        },
        scenario(
            "lifecycle/deleted", .high, covers: ["H06"], cwe: [672], expects: .rejected,
            "A deleted bridge accepts nothing.",
            why: "A bridge is deleted when its other side is not trusted any more.",
            fix: "Look the bridge up at each request, and refuse when it is gone."
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
            "Two bridges made one after the other have different secrets, good for their own bridge only.",
            why: "A secret that is made from a name, or once for all, is known to whoever had a bridge before.",
            fix: "Make each secret from 32 random bytes."
        ) { stage in
            let first = try stage.createScaiWaveBridge()
            let second = try stage.createScaiWaveBridge()
            guard first.secret != second.secret else { throw Finding(.forgery, "two bridges were given one secret") }
            try stage.sendControl(stage.validRequest(for: second.bridge), to: second.bridge)
            let key = stage.draft(for: first.bridge).key
            let request = stage.draft(for: second.bridge).signed { $0.key = key }
            try stage.expectRefusal(request, on: second.bridge, of: "a request under another new bridge's secret")
        },
        scenario(
            "lifecycle/secret-in-answer", .high, covers: ["S10"], cwe: [200, 522], expects: .rejected,
            "The secret is shown when it is made, and in no answer afterwards.",
            why: "A secret that can be read again is read by whoever may look at bridges, and stands in logs.",
            fix: "Leave the secret out of every answer but those of create and rotate-secret."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            let calls = [
                AdminCall("GET", "/\(bridge.id)"), AdminCall("GET", ""), AdminCall("POST", "/\(bridge.id)/pause"),
                AdminCall("POST", "/\(bridge.id)/resume"),
            ]
            for call in calls where try stage.administer(call).holds(bridge.secret) {
                throw Finding(.leak, "the answer to \(call.method) held the secret of a bridge")
            }
        },
        scenario(
            "lifecycle/admin-needs-token", .critical, covers: ["A13"], cwe: [306, 862], expects: .rejected,
            "The admin interface refuses whoever has no token.",
            why: "Whoever may make or rotate bridges needs no signature.",
            fix: "Authenticate every route of the admin interface, in one place."
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

    /// The document has no call that ends a grace early: to pause or delete the bridge is the way to be rid of a secret
    /// that leaked.
    private static func oldSecretStops(
        _ what: String, by stop: @escaping @Sendable (any Stage, CreatedBridge) throws -> Void
    ) -> Case {
        scenario(
            "lifecycle/\(what)-stops-old-secret", .medium, covers: ["H05", "H06"], cwe: [324, 672],
            expects: .rejected, "The old secret of a bridge that is \(what) stops at once, whatever its grace.",
            why:
                "Secrets are replaced because they leaked. While the old one has its grace, its owner can only stop the "
                + "bridge.",
            fix: "Look at the state of the bridge whichever of its secrets verified."
        ) { stage in
            let bridge = try stage.createScaiWaveBridge()
            _ = try stage.rotateScaiWave(bridge)
            // Signed with the secret that the bridge was made with.
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reception.isAccepted else {
                throw Obstacle.moot("the old secret was \(reception.words) in its grace, which other cases judge")
            }
            try stop(stage, bridge)
            try stage.expectRefusal(
                stage.validRequest(for: bridge.bridge), on: bridge.bridge,
                of: "a request under the old secret of a bridge that was \(what)")
        }
    }

    private static func scenario(
        _ id: String, _ severity: Severity, covers: [String], cwe: [Int], expects: Decision,
        _ title: String, why: String, fix: String, play: @escaping @Sendable (any Stage) throws -> Void
    ) -> Case {
        .scenario(
            id, .must, .lifecycle, severity, covers: covers, cwe: cwe, needs: [.only(["scaiwave"]), .given(.administration)], expects: expects, title, why: why, fix: fix, play: play)
    }
}

extension Stage {
    /// Sends a request whose signature is all zeros, and which must be refused, or nothing can be compared.
    func sendForged(to bridge: Bridge) throws -> Reception {
        let reception = try send(
            draft(for: bridge).signed { $0.onceSigned { $0.signature = $0.zeroSignature } }, to: bridge)
        guard reception.isRejected else {
            throw Obstacle.moot("a forged request was \(reception.words), which other cases judge")
        }
        return reception
    }
}
