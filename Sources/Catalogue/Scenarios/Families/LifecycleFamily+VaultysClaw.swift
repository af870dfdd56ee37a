internal import Bytes
internal import ReportModel
internal import Schemes

// VaultysClaw: list, create (201, 400, 409), PATCH, delete; 403 and 404 of the incoming webhook; the secret in no
// answer.
extension LifecycleFamily {
    static let vaultysClaw: [Scenario] = incoming + creation + answers

    private static let incoming: [Scenario] = [
        refused(
            "lifecycle/disabled", status: 403, covers: ["H06"], "A bridge whose sync is disabled answers 403.",
            why: "Sync is disabled to stop messages. Messages that still get in are the ones that had to stop.",
            change: AdminChange("PATCH", ["isSyncEnabled": false])),
        refused(
            "lifecycle/outgoing-only", status: 403, covers: ["H06"], "An outgoing-only bridge answers 403.",
            why: "A bridge configured to send only must not accept messages from outside.",
            change: AdminChange("PATCH", ["syncDirection": "outgoing"])),
        refused(
            "lifecycle/deleted-404", status: 404, covers: ["H06"], "A deleted bridge answers 404.",
            why: "A bridge is deleted when the other side is no longer trusted.", change: AdminChange("DELETE", nil)),
        scenario(
            "lifecycle/not-a-webhook", .low, covers: ["A13"], cwe: [306], expects: .rejected,
            "The incoming address of a bridge that is not a webhook answers 404.",
            why: "A bridge of another kind has no webhook secret, so there is nothing to verify its requests with.",
            fix: "Look up bridges of kind webhook only."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge { body in
                body.replacing(pointer: "/externalService", with: "teams").replacing(
                    pointer: "/config",
                    with: ["accessToken": "countersign", "tenantId": "countersign", "botId": "countersign"])
            }
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.expect(reception, status: 404, "a request to a bridge that is not a webhook")
        },
        scenario(
            "lifecycle/enabled-again", .medium, covers: ["H06"], cwe: [672], expects: .accepted,
            "A bridge that was disabled and enabled again accepts requests.",
            why: "Administrators do not dare to disable a bridge that they can't enable again.",
            fix: "Read the state of the bridge on every request."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            try stage.change(bridge, AdminChange("PATCH", ["isSyncEnabled": false]))
            try stage.change(bridge, AdminChange("PATCH", ["isSyncEnabled": true]))
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            guard reception.isAccepted else {
                throw Finding(.refusal, "a bridge that was enabled again answered: \(reception.words)")
            }
        },
        scenario(
            "lifecycle/disabled-before-signature", .low, covers: ["J05"], cwe: [204], expects: .rejected,
            level: .should,
            "A disabled bridge answers a wrong signature just as an enabled one does.",
            why: "An attacker without the secret can find out which bridges are disabled.",
            fix: "Verify the signature first, then check the state."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            let before = try stage.sendForged(to: bridge.bridge)
            try stage.change(bridge, AdminChange("PATCH", ["isSyncEnabled": false]))
            let after = try stage.sendForged(to: bridge.bridge)
            guard before.status != after.status else { return }
            throw Finding(
                .leak,
                "a wrong signature was \(before.words) before the bridge was disabled and "
                    + "\(after.words) afterwards")
        },
        scenario(
            "lifecycle/recreated", .high, covers: ["H06"], cwe: [672], expects: .rejected,
            "The secret of a deleted bridge is rejected by the bridge that replaces it.",
            why: "A bridge is created anew when its secret has leaked. The old secret must end with the old bridge.",
            fix: "Delete the stored secret together with the bridge."
        ) { stage in
            let name = stage.freshName
            let old = try stage.createVaultysClawBridge(name)
            try stage.change(old, AdminChange("DELETE", nil))
            let new = try stage.createVaultysClawBridge(name)
            try stage.sendControl(stage.validRequest(for: new.bridge), to: new.bridge)
            let key = stage.draft(for: old.bridge).key
            try stage.expectRefusal(
                stage.draft(for: new.bridge).signed { $0.key = key }, on: new.bridge,
                of: "a request signed with the secret of a deleted bridge")
        },
    ]

    private static let creation: [Scenario] = [
        invalid(
            "lifecycle/create-invalid", covers: ["A06"], "Creating a bridge without a required field answers 400.",
            why: "A bridge with missing fields behaves in ways nobody chose.", remove: "/externalChannelId"),
        invalid(
            "lifecycle/create-unknown-service", covers: ["A06"], "Creating a bridge of an unknown kind answers 400.",
            why: "No check exists for an unknown kind, so nothing verifies its requests.", remove: "/externalService",
            instead: "carrier-pigeon"),
        invalid(
            "lifecycle/no-secret", covers: ["A06"], "Creating a webhook bridge without a secret answers 400.",
            why: "A bridge without a secret verifies nothing, or verifies with an empty key.", remove: "/config/secret"),
        invalid(
            "lifecycle/empty-secret", covers: ["A04"], "Creating a webhook bridge with an empty secret answers 400.",
            why: "HMAC accepts an empty key, so anyone can sign with it.", remove: "/config/secret",
            instead: ""),
        scenario(
            "lifecycle/create-twice", .low, covers: ["H06"], cwe: [694], expects: .rejected,
            "Creating the same bridge twice answers 409.",
            why: "Two bridges of the same name have two secrets, and which one is valid is a matter of luck.",
            fix: "Put one unique constraint on channel, service and external channel together."
        ) { stage in
            let body = CreatedBridge.vaultysClawBody(stage.freshName, secret: "countersign-test-secret-made-twice")
            let first = try stage.administer(AdminCall("POST", "", body: body))
            guard first.status == 201, let id = first.json?["bridge"]?["id"]?.string else {
                throw Obstacle("creating a bridge was answered with status \(first.status)")
            }
            stage.undoAtEnd("the bridge \(id)", by: AdminCall("DELETE", "/\(id)"))
            let again = try stage.administer(AdminCall("POST", "", body: body))
            if again.status == 409 { return }
            if let id = again.json?["bridge"]?["id"]?.string {
                stage.undoAtEnd("the bridge \(id)", by: AdminCall("DELETE", "/\(id)"))
            }
            throw Finding(.contract, "creating the same bridge again was answered with status \(again.status)")
        },
    ]

    private static let answers: [Scenario] = [
        scenario(
            "lifecycle/secret-in-list", .high, covers: ["S10"], cwe: [200, 522], expects: .rejected,
            "The list of bridges contains no secret and no configuration.",
            why: "Members of the channel may list its bridges. With a secret, they can post as the other side.",
            fix: "Build answers from the fields that the document names, never from the stored record."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            try stage.hides(bridge, in: stage.administer(AdminCall("GET", "")), "the list of bridges")
        },
        scenario(
            "lifecycle/config-in-answer", .high, covers: ["S10"], cwe: [200, 522], expects: .rejected,
            "The answers to create and PATCH contain no secret and no configuration.",
            why: "Answers end up in logs and browsers. A write-only configuration must not come back.",
            fix: "Build answers from the fields that the document names, never from the stored record."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            try stage.hides(bridge, in: bridge.answer, "the answer to create")
            let patched = try stage.administer(AdminCall("PATCH", "/\(bridge.id)", body: ["isSyncEnabled": true]))
            try stage.hides(bridge, in: patched, "the answer to PATCH")
        },
        scenario(
            "lifecycle/patch-ignored", .medium, covers: ["H06"], cwe: [672], expects: .accepted,
            "PATCH answers 200 with the updated fields.",
            why: "Administrators trust what the answer says.",
            fix: "Store the change, then build the answer from what was stored."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            let answer = try stage.administer(
                AdminCall("PATCH", "/\(bridge.id)", body: ["isSyncEnabled": false, "syncDirection": "outgoing"]))
            guard answer.status == 200 else {
                throw Finding(.contract, "PATCH was answered with status \(answer.status)")
            }
            let fields = answer.json?["bridge"]
            guard fields?["isSyncEnabled"] == .bool(false), fields?["syncDirection"] == "outgoing" else {
                throw Finding(.contract, "the answer to PATCH does not show the change")
            }
        },
        scenario(
            "lifecycle/unknown-404", .low, covers: ["J04"], cwe: [204], expects: .rejected,
            "PATCH of a bridge that does not exist answers 404.",
            why: "An administrator who mistypes an id must be told.", fix: "Answer 404 when nothing was changed."
        ) { stage in
            let answer = try stage.administer(
                AdminCall("PATCH", "/br_unknown_to_all", body: ["isSyncEnabled": true]))
            guard answer.status == 404 else {
                throw Finding(.contract, "PATCH of an unknown bridge was answered with status \(answer.status)")
            }
        },
        scenario(
            "lifecycle/admin-needs-session", .critical, covers: ["A13"], cwe: [306, 862], expects: .rejected,
            "The bridge API rejects calls that are not signed in.",
            why: "An attacker who can create bridges does not need to forge a signature.",
            fix: "Authenticate every route in one place."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            let body = CreatedBridge.vaultysClawBody(stage.freshName, secret: "countersign-test-secret-no-session")
            let calls = [
                AdminCall("GET", "", isAuthorized: false),
                AdminCall("POST", "", body: body, isAuthorized: false),
                AdminCall("PATCH", "/\(bridge.id)", body: ["isSyncEnabled": false], isAuthorized: false),
                AdminCall("DELETE", "/\(bridge.id)", isAuthorized: false),
            ]
            try stage.expectRefused(calls)
            try stage.sendControl(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
        },
    ]

    // MARK: Builders

    private static func scenario(
        _ id: String, _ severity: Severity, covers: [String], cwe: [Int], expects: Decision,
        level: Level = .must, _ title: String, why: String, fix: String,
        play: @escaping @Sendable (any Stage) throws -> Void
    ) -> Scenario {
        Scenario(
            id, level, .lifecycle, severity, covers: covers, cwe: cwe, needs: [.only(["vaultysclaw"])],
            facilities: [.administration], expects: expects, title, why: why, fix: fix, play: play)
    }

    private static func refused(
        _ id: String, status: Int, covers: [String], _ title: String, why: String, change: AdminChange
    ) -> Scenario {
        scenario(
            id, .high, covers: covers, cwe: [672], expects: .rejected, title, why: why,
            fix: "Read the state of the bridge on every request, after the signature and before any side effect."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            try stage.sendControl(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.change(bridge, change)
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.expect(reception, status: status, "a valid request afterwards")
        }
    }

    private static func invalid(
        _ id: String, covers: [String], _ title: String, why: String, remove pointer: String, instead: JSON? = nil
    ) -> Scenario {
        scenario(
            id, .high, covers: covers, cwe: [636, 1188], expects: .rejected, title, why: why,
            fix: "Validate the fields before you store the bridge, and answer 400."
        ) { stage in
            let body = CreatedBridge.vaultysClawBody(stage.freshName, secret: "countersign-test-secret-never-stored")
                .replacing(pointer: pointer, with: instead)
            let answer = try stage.administer(AdminCall("POST", "", body: body))
            if let id = answer.json?["bridge"]?["id"]?.string {
                stage.undoAtEnd("the bridge \(id)", by: AdminCall("DELETE", "/\(id)"))
            }
            guard answer.status == 400 else {
                throw Finding(.contract, "the call was answered with status \(answer.status)")
            }
        }
    }
}

/// A call that changes one bridge.
struct AdminChange: Sendable {
    let method: String
    let body: JSON?

    init(_ method: String, _ body: JSON?) {
        self.method = method
        self.body = body
    }
}

extension Stage {
    /// Changes a bridge; the call must succeed.
    fileprivate func change(_ bridge: CreatedBridge, _ change: AdminChange) throws {
        let answer = try administer(AdminCall(change.method, "/\(bridge.id)", body: change.body))
        guard (200...299).contains(answer.status) else {
            throw Obstacle("the admin interface answered \(change.method) with status \(answer.status)")
        }
    }

    /// Throws a finding for an acceptance, or a status other than the documented one.
    fileprivate func expect(_ reception: Reception, status: Int, _ what: String) throws {
        try survives(reception, what)
        if reception.isAccepted { throw Finding(.forgery, "\(what) was \(reception.words)") }
        guard reception.status == status else {
            throw Finding(.contract, "\(what) was \(reception.words); the document says \(status)")
        }
    }

    /// Throws a finding when an answer contains the secret or the configuration of a bridge.
    fileprivate func hides(_ bridge: CreatedBridge, in answer: AdminAnswer, _ what: String) throws {
        guard (200...299).contains(answer.status) else {
            throw Obstacle("\(what) came with status \(answer.status)")
        }
        if answer.holds(bridge.secret) { throw Finding(.leak, "\(what) contained the secret of a bridge") }
        let keys = ["\"config\"", "\"configJson\"", "\"secret\""]
        if keys.contains(where: { answer.holds(Array($0.utf8)) }) {
            throw Finding(.leak, "\(what) contained the configuration of a bridge")
        }
    }
}
