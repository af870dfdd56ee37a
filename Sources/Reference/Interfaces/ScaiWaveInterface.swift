internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// Bridges as ScaiWave's document has them made, paused, rotated and deleted. Every request needs the token.
///
/// - `POST /v1/admin/bridges` → 201 with `bridge_id` and `shared_secret`, which is shown this once. Only the transport
///   `custom` is served; the built-in ones need the other systems themselves.
/// - `GET /v1/admin/bridges/{id}` → 200, nothing secret in it.
/// - `POST /v1/admin/bridges/{id}/pause` → 200. `/resume` → 200: the document has a pause and no way back.
/// - `POST /v1/admin/bridges/{id}/rotate-secret` → 200 with `shared_secret`.
/// - `DELETE /v1/admin/bridges/{id}` → 200.
///
/// What the document leaves open is answered 400 for a request that can't be used, 404 for a bridge that is not there.
struct ScaiWaveInterface: Interface {
    private static let bridgesPath = "/v1/admin/bridges"

    let service: Service
    let bridges: BridgeStore
    let gate: AdminGate
    let clock: @Sendable () -> Int64

    func answer(_ request: HTTPRequest, path: [UInt8]) -> HTTPResponse? {
        if path.elementsEqual(Self.bridgesPath.utf8) {
            return guarded(request, ["POST"]) { create(request) }
        }
        if let id = InterfaceInput.match(path, "\(Self.bridgesPath)/*") {
            return guarded(request, ["GET", "DELETE"]) {
                with(id[0]) { request.isMethod("GET") ? .json(200, shown($0)) : delete($0) }
            }
        }
        guard let parts = InterfaceInput.match(path, "\(Self.bridgesPath)/*/*"), let action = action(parts[1]) else {
            return nil
        }
        return guarded(request, ["POST"]) { with(parts[0], action) }
    }

    private func guarded(_ request: HTTPRequest, _ methods: [String], _ answer: () -> HTTPResponse) -> HTTPResponse {
        if let refusal = gate.refuses(request, service.behaviour.rules) { return refusal }
        return methods.contains(where: request.isMethod) ? answer() : .methodNotAllowed(methods)
    }

    private func with(_ id: [UInt8], _ action: (Bridge) -> HTTPResponse) -> HTTPResponse {
        bridges.bridge(id, of: service.scheme.id).map(action) ?? .problem(404, "bridge not found")
    }

    private func action(_ name: [UInt8]) -> ((Bridge) -> HTTPResponse)? {
        switch String(decoding: name, as: UTF8.self) {
        case "pause": { setRunning(false, $0) }
        case "resume": { setRunning(true, $0) }
        case "rotate-secret": rotate
        default: nil
        }
    }

    private func setRunning(_ runs: Bool, _ bridge: Bridge) -> HTTPResponse {
        if service.behaviour.rules.changes { bridge.change { $0.setRunning(runs, now: clock()) } }
        return .json(200, shown(bridge))
    }

    private func rotate(_ bridge: Bridge) -> HTTPResponse {
        guard let secret = bridge.rotate(now: clock()) else { return .problem(500, "no secret could be made") }
        return .json(200, .object([JSON.Member("bridge_id", .string(bridge.id)), Self.sharedSecret(secret)]))
    }

    private func delete(_ bridge: Bridge) -> HTTPResponse {
        if service.behaviour.rules.changes { bridge.change { $0.isDeleted = true } }
        return .json(200, ["ok": true])
    }

    private func create(_ request: HTTPRequest) -> HTTPResponse {
        let rules = service.behaviour.rules
        guard let body = InterfaceInput.object(request) else { return .problem(400, "the body is no JSON object") }
        if rules.checksMembers, let fault = fault(in: body) { return .problem(400, fault) }
        guard
            let secret = try? Secret(
                service.scheme.signature.secret.freshSecret(), rule: service.scheme.signature.secret)
        else { return .problem(500, "no secret could be made") }
        let kept = ["transport", "direction", "room_id", "name", "outbound_webhook"].compactMap { name in
            body[name].flatMap { $0.string == nil ? nil : JSON.Member(name, $0) }
        }
        let direction: BridgeState.Direction =
            switch body["direction"]?.string {
            case "inbound": .incoming
            case "outbound": .outgoing
            default: .both
            }
        var state = BridgeState([secret], direction: direction)
        if !rules.createsRunning { state.setRunning(false, now: clock()) }
        if rules.inheritsSecrets, let room = body["room_id"]?.string?.utf8,
            let old = bridges.latest({ $0.scheme.id == service.scheme.id && $0.has("room_id", room) })
        {
            state.secrets = SecretHistory([secret] + old.state.secrets.entries.map(\.secret))
        }
        let bridge = Bridge(id: .freshBridgeID(), scheme: service.scheme, details: kept, state: state)
        switch bridges.add(bridge, service.route(of: bridge)) {
        case .added: break
        case .exists, .full: return .problem(429, "there are too many bridges")
        }
        return .json(201, .object(members(bridge) + [Self.sharedSecret(secret)]))
    }

    /// Says what is wrong with the body of a new bridge.
    private func fault(in body: JSON) -> String? {
        guard body["transport"]?.isOne(of: ["custom"]) == true else { return "transport must be custom here" }
        guard body["direction"]?.isOne(of: ["inbound", "outbound", "both"]) == true else {
            return "direction must be inbound, outbound or both"
        }
        guard body["room_id"]?.filledString != nil else { return "room_id is missing" }
        if let name = body["name"], name.filledString == nil { return "name must be a text" }
        guard let webhook = body["outbound_webhook"] else {
            return body["direction"] == "inbound" ? nil : "outbound_webhook is missing"
        }
        guard let url = webhook.string, url.hasPrefix("https://") || url.hasPrefix("http://") else {
            return "outbound_webhook must be a URL"
        }
        return nil
    }

    private func shown(_ bridge: Bridge) -> JSON {
        let rules = service.behaviour.rules
        let secret = rules.tellsSecrets ? bridge.state.secrets.current.map { [Self.sharedSecret($0)] } : nil
        return .object(members(bridge) + (secret ?? []))
    }

    private func members(_ bridge: Bridge) -> [JSON.Member] {
        [JSON.Member("bridge_id", .string(bridge.id))] + bridge.details
            + [JSON.Member("status", bridge.state.isRunning ? "active" : "paused")]
    }

    private static func sharedSecret(_ secret: Secret) -> JSON.Member {
        JSON.Member("shared_secret", .string(String(decoding: secret.text, as: UTF8.self)))
    }
}

extension String {
    /// Makes the id of a bridge: ids that follow each other would tell how many there are (J04).
    static func freshBridgeID() -> String { "br_" + Hex.string(RandomBytes.make(count: 16)) }
}

extension Service {
    /// Gives the route at which a bridge of this scheme is reached.
    func route(of bridge: Bridge) -> Route? {
        guard let stranger = Stranger(self) else { return nil }
        return Route(scheme.payloads[0], path: stranger.path(of: bridge.id), bridge: bridge, service: self)
    }
}
