internal import Bytes
internal import ReportModel
internal import Schemes

// VaultysClaw: list, create (201, 400, 409), PATCH, delete; 403 and 404 of the incoming webhook; the secret in no answer.
extension LifecycleFamily {
    static let vaultysClaw: [Case] = incoming + creation + answers

    private static let incoming: [Case] = [
        refused(
            "lifecycle/disabled", status: 403, covers: ["H06"], "A bridge whose sync is disabled answers 403.",
            why: "Sync is disabled when messages must stop; they must not be taken in then.",
            change: AdminChange("PATCH", ["isSyncEnabled": false])),
        refused(
            "lifecycle/outgoing-only", status: 403, covers: ["H06"], "A bridge that is outgoing only answers 403.",
            why: "A bridge that only sends has no business in taking messages in.",
            change: AdminChange("PATCH", ["syncDirection": "outgoing"])),
        refused(
            "lifecycle/deleted-404", status: 404, covers: ["H06"], "A deleted bridge answers 404.",
            why: "A bridge is deleted when its other side is not trusted any more.", change: AdminChange("DELETE", nil)),
        scenario(
            "lifecycle/not-a-webhook", .low, covers: ["A13"], cwe: [306], expects: .rejected,
            "The incoming address of a bridge that is no webhook answers 404.",
            why: "A bridge of another kind has no webhook secret, and what has no secret verifies nothing.",
            fix: "Look for bridges of the kind webhook only."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge { body in
                body.replacing(pointer: "/externalService", with: "teams").replacing(
                    pointer: "/config",
                    with: ["accessToken": "countersign", "tenantId": "countersign", "botId": "countersign"])
            }
            let reception = try stage.send(stage.validRequest(for: bridge.bridge), to: bridge.bridge)
            try stage.expect(reception, status: 404, "a request to a bridge that is no webhook")
        },
        scenario(
            "lifecycle/enabled-again", .medium, covers: ["H06"], cwe: [672], expects: .accepted,
            "A bridge that was disabled and enabled again accepts requests.",
            why: "A switch that can't be turned back is used once.",
            fix: "Read the state of the bridge at each request."
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
            "A disabled bridge answers a wrong signature as any other bridge does.",
            why: "The state of a bridge told to whoever asks is a map for an attacker.",
            fix: "Verify the signature first, then look at the state."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            let before = try stage.sendForged(to: bridge.bridge)
            try stage.change(bridge, AdminChange("PATCH", ["isSyncEnabled": false]))
            let after = try stage.sendForged(to: bridge.bridge)
            guard before.status != after.status else { return }
            throw Finding(.leak, "a wrong signature was \(before.words) before and \(after.words) once it was disabled")
        },
        scenario(
            "lifecycle/recreated", .high, covers: ["H06"], cwe: [672], expects: .rejected,
            "The secret of a deleted bridge is refused by the one that takes its place.",
            why: "A bridge is made anew when its secret is known; the old one must end with the old bridge.",
            fix: "Delete the stored secret with the bridge."
        ) { stage in
            let name = stage.freshName
            let old = try stage.createVaultysClawBridge(name)
            try stage.change(old, AdminChange("DELETE", nil))
            let new = try stage.createVaultysClawBridge(name)
            try stage.sendControl(stage.validRequest(for: new.bridge), to: new.bridge)
            let key = stage.draft(for: old.bridge).key
            try stage.expectRefusal(
                stage.draft(for: new.bridge).signed { $0.key = key }, on: new.bridge,
                of: "a request under the secret of a deleted bridge")
        },
    ]

    private static let creation: [Case] = [
        invalid(
            "lifecycle/create-invalid", covers: ["A06"], "Creating a bridge without a required field answers 400.",
            why: "A bridge without its fields behaves in ways that nobody chose.", remove: "/externalChannelId"),
        invalid(
            "lifecycle/create-unknown-service", covers: ["A06"], "Creating a bridge of an unknown kind answers 400.",
            why: "A kind that is not known has no check of its own.", remove: "/externalService",
            instead: "carrier-pigeon"),
        invalid(
            "lifecycle/no-secret", covers: ["A06"], "Creating a webhook bridge without a secret answers 400.",
            why: "A bridge without a secret verifies nothing, or verifies with an empty key.", remove: "/config/secret"),
        invalid(
            "lifecycle/empty-secret", covers: ["A04"], "Creating a webhook bridge with an empty secret answers 400.",
            why: "An empty key is a valid key for HMAC: everyone can sign with it.", remove: "/config/secret",
            instead: ""),
        scenario(
            "lifecycle/create-twice", .low, covers: ["H06"], cwe: [694], expects: .rejected,
            "Creating the same bridge twice answers 409.",
            why: "Two bridges of one name have two secrets, and which of them is good is chance.",
            fix: "Keep channel, service and external channel unique together."
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
            throw Finding(.contract, "creating a bridge a second time was answered with status \(again.status)")
        },
    ]

    private static let answers: [Case] = [
        scenario(
            "lifecycle/secret-in-list", .high, covers: ["S10"], cwe: [200, 522], expects: .rejected,
            "The list of bridges holds no secret and no configuration.",
            why: "Members of the channel may list its bridges; the secret lets them write as the other side.",
            fix: "Build answers from the fields that the document names, never from the stored record."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            try stage.hides(bridge, in: stage.administer(AdminCall("GET", "")), "the list of bridges")
        },
        scenario(
            "lifecycle/config-in-answer", .high, covers: ["S10"], cwe: [200, 522], expects: .rejected,
            "The answers to create and PATCH hold no secret and no configuration.",
            why: "Answers stand in logs and in browsers; a configuration that is write-only must not come back.",
            fix: "Build answers from the fields that the document names, never from the stored record."
        ) { stage in
            let bridge = try stage.createVaultysClawBridge()
            try stage.hides(bridge, in: bridge.answer, "the answer to create")
            let patched = try stage.administer(AdminCall("PATCH", "/\(bridge.id)", body: ["isSyncEnabled": true]))
            try stage.hides(bridge, in: patched, "the answer to PATCH")
        },
        scenario(
            "lifecycle/patch-ignored", .medium, covers: ["H06"], cwe: [672], expects: .accepted,
            "PATCH answers 200 with the fields as they are now.",
            why: "An administrator believes what the answer says.", fix: "Store the change, and answer from the store."
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
            "PATCH of a bridge that is not there answers 404.",
            why: "An administrator who mistypes an id must hear of it.", fix: "Answer 404 when nothing was changed."
        ) { stage in
            let answer = try stage.administer(
                AdminCall("PATCH", "/br_unknown_to_all", body: ["isSyncEnabled": true]))
            guard answer.status == 404 else {
                throw Finding(.contract, "PATCH of an unknown bridge was answered with status \(answer.status)")
            }
        },
        scenario(
            "lifecycle/admin-needs-session", .critical, covers: ["A13"], cwe: [306, 862], expects: .rejected,
            "The interface for bridges refuses whoever is not signed in.",
            why: "Whoever may make bridges needs no signature.", fix: "Authenticate every route, in one place."
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
    ) -> Case {
        .scenario(
            id, level, .lifecycle, severity, covers: covers, cwe: cwe, needs: [.only(["vaultysclaw"]), .given(.administration)], expects: expects, title, why: why, fix: fix, play: play)
    }

    private static func refused(
        _ id: String, status: Int, covers: [String], _ title: String, why: String, change: AdminChange
    ) -> Case {
        scenario(
            id, .high, covers: covers, cwe: [672], expects: .rejected, title, why: why,
            fix: "Read the state of the bridge at each request, after the signature and before anything is done."
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
    ) -> Case {
        scenario(
            id, .high, covers: covers, cwe: [636, 1188], expects: .rejected, title, why: why,
            fix: "Check the fields before the bridge is stored, and answer 400."
        ) { stage in
            let body = CreatedBridge.vaultysClawBody(stage.freshName, secret: "countersign-test-secret-never-stored")
                .replacing(pointer: pointer, with: instead)
            let answer = try stage.administer(AdminCall("POST", "", body: body))
            if let id = answer.json?["bridge"]?["id"]?.string {
                stage.undoAtEnd("the bridge \(id)", by: AdminCall("DELETE", "/\(id)"))
            }
            guard answer.status == 400 else { throw Finding(.contract, "it was answered with status \(answer.status)") }
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
    /// Changes a bridge, which must succeed.
    fileprivate func change(_ bridge: CreatedBridge, _ change: AdminChange) throws {
        let answer = try administer(AdminCall(change.method, "/\(bridge.id)", body: change.body))
        guard (200...299).contains(answer.status) else {
            throw Obstacle("the admin interface answered \(change.method) with status \(answer.status)")
        }
    }

    /// Finds an acceptance, or another status than the documented one.
    fileprivate func expect(_ reception: Reception, status: Int, _ what: String) throws {
        try survives(reception, what)
        if reception.isAccepted { throw Finding(.forgery, "\(what) was \(reception.words)") }
        guard reception.status == status else {
            throw Finding(.contract, "\(what) was \(reception.words), and the document says \(status)")
        }
    }

    /// Finds the secret or the configuration of a bridge in an answer.
    fileprivate func hides(_ bridge: CreatedBridge, in answer: AdminAnswer, _ what: String) throws {
        guard (200...299).contains(answer.status) else {
            throw Obstacle("\(what) came with status \(answer.status)")
        }
        if answer.holds(bridge.secret) { throw Finding(.leak, "\(what) held the secret of a bridge") }
        let keys = ["\"config\"", "\"configJson\"", "\"secret\""]
        if keys.contains(where: { answer.holds(Array($0.utf8)) }) {
            throw Finding(.leak, "\(what) held the configuration of a bridge")
        }
    }
}
