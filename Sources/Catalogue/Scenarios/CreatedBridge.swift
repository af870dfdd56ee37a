internal import Bytes
internal import ReportModel
internal import Schemes

/// A bridge that a scenario created through the admin interface.
struct CreatedBridge {
    /// Its id in the admin interface.
    let id: String
    /// Its secret as it was shown or given.
    let secret: [UInt8]
    /// Where its requests go.
    let bridge: Bridge
    /// The answer to the call that created it.
    let answer: AdminAnswer

    /// The body of ScaiWave's example, with a room made up for the test.
    static let scaiWaveBody: JSON = [
        "transport": "custom", "direction": "both", "room_id": "room_countersign",
        "name": "Countersign conformance test", "outbound_webhook": "https://example.com/countersign",
    ]

    /// The body of VaultysClaw's example.
    ///
    /// - Parameters:
    ///   - name: the external channel, which must be unique among the bridges of the channel.
    static func vaultysClawBody(_ name: String, secret: String) -> JSON {
        [
            "externalService": "webhook", "externalChannelId": .string(name),
            "externalChannelName": "Countersign conformance test", "externalWorkspaceId": "countersign",
            "syncDirection": "incoming",
            "config": ["webhookUrl": "", "outgoingUrl": "https://example.com/countersign", "secret": .string(secret)],
        ]
    }
}

extension Stage {
    /// Creates a bridge through ScaiWave's interface; it is deleted at the end.
    func createScaiWaveBridge() throws -> CreatedBridge {
        try expectBridgeInPath()
        let answer = try administer(AdminCall("POST", "", body: CreatedBridge.scaiWaveBody))
        guard (200...299).contains(answer.status), let id = answer.json?["bridge_id"]?.string,
            let secret = answer.json?["shared_secret"]?.string
        else { throw Obstacle("creating a bridge returned no bridge_id and shared_secret: status \(answer.status)") }
        return try created(id, secret: Array(secret.utf8), answer)
    }

    /// Rotates the secret of a created bridge and returns the new one.
    func rotateScaiWave(_ bridge: CreatedBridge) throws -> [UInt8] {
        let answer = try scaiWave("POST", "/\(bridge.id)/rotate-secret")
        guard let secret = answer.json?["shared_secret"]?.string else {
            throw Obstacle("rotate-secret returned no shared_secret")
        }
        return Array(secret.utf8)
    }

    /// Calls ScaiWave's interface; the call must succeed.
    @discardableResult
    func scaiWave(_ method: String, _ path: String) throws -> AdminAnswer {
        let answer = try administer(AdminCall(method, path))
        guard (200...299).contains(answer.status) else {
            throw Obstacle("the admin interface answered \(method) \(path.action) with status \(answer.status)")
        }
        return answer
    }

    /// Creates a bridge through VaultysClaw's interface; it is deleted at the end.
    ///
    /// - Parameters:
    ///   - name: its external channel; `nil` for a fresh one.
    ///   - edit: changes the body of the call.
    func createVaultysClawBridge(_ name: String? = nil, _ edit: (JSON) -> JSON = { $0 }) throws -> CreatedBridge {
        try expectBridgeInPath()
        let fresh = freshName
        let secret = "countersign-test-secret-\(fresh)"
        let body = edit(CreatedBridge.vaultysClawBody(name ?? fresh, secret: secret))
        let answer = try administer(AdminCall("POST", "", body: body))
        guard answer.status == 201, let id = answer.json?["bridge"]?["id"]?.string else {
            throw Obstacle("creating a bridge was answered with status \(answer.status)")
        }
        return try created(id, secret: Array(secret.utf8), answer)
    }

    /// Makes calls that must be rejected; a bridge that is created all the same is deleted at the end.
    func expectRefused(_ calls: [AdminCall]) throws {
        for call in calls {
            let answer = try administer(call)
            guard (200...299).contains(answer.status) else { continue }
            if let id = answer.json?["bridge_id"]?.string ?? answer.json?["bridge"]?["id"]?.string,
                call.method == "POST", call.path.isEmpty, isSegment(id)
            {
                undoAtEnd("the bridge \(id)", by: AdminCall("DELETE", "/\(id)"))
            }
            throw Finding(.forgery, "\(call.method) without a token was answered with status \(answer.status)")
        }
    }

    /// A name that was never used before.
    var freshName: String { String(decoding: draft(for: main).eventID, as: UTF8.self) }

    private func created(_ id: String, secret: [UInt8], _ answer: AdminAnswer) throws -> CreatedBridge {
        guard isSegment(id) else {
            throw Obstacle("the id of the new bridge can't be used in a path")
        }
        undoAtEnd("the bridge \(id)", by: AdminCall("DELETE", "/\(id)"))
        return CreatedBridge(
            id: id, secret: secret,
            bridge: try bridge(
                "a bridge created for the test", path: main.path.naming(id) ?? main.path, secret: secret),
            answer: answer)
    }

    /// An id from outside becomes part of a path and must not lead elsewhere.
    private func isSegment(_ id: String) -> Bool {
        (1...200).contains(id.utf8.count) && id.utf8.allSatisfy { ASCII.isTokenCharacter($0) } && id != "."
            && id != ".."
    }

    /// Without a bridge in the target's path, the path of a new one is unknown.
    private func expectBridgeInPath() throws {
        guard main.path.bridgeName != nil else {
            throw Obstacle.skip("the target's path names no bridge, so the path of a new one is unknown")
        }
    }
}

extension String {
    /// The segment of a path that names a bridge: the second to last, as in `/v1/bridges/<id>/inbound`.
    package var bridgeName: String? {
        let segments = prefix { $0 != "?" }.split(separator: "/")
        return segments.count >= 3 ? String(segments[segments.count - 2]) : nil
    }

    /// The same path for another bridge; `nil` when the path names none.
    func naming(_ id: String) -> String? {
        guard let name = bridgeName else { return nil }
        return split(separator: "/", omittingEmptySubsequences: false).map { $0 == name ? id : String($0) }
            .joined(separator: "/")
    }

    /// The last segment of an admin call's path, which is not an id.
    fileprivate var action: String { contains("/") ? "/" + (split(separator: "/").last.map(String.init) ?? "") : self }
}
