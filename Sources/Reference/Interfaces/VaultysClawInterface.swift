internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Bridges as VaultysClaw's document has them listed, made, changed and deleted. Every request needs the token.
///
/// - `GET /api/channels/{channel}/bridges` → 200 `{"bridges": […]}`.
/// - `POST /api/channels/{channel}/bridges` → 201 `{"bridge": {…}}`; 400; 409 for a second one at the same place.
/// - `PATCH /api/channels/{channel}/bridges/{id}` → 200 `{"bridge": {…}}`; 404.
/// - `DELETE /api/channels/{channel}/bridges/{id}` → 200 `{"success": true}`; 404.
///
/// The configuration, with the secret in it, is never in an answer. Any channel is there; a bridge is found only in its
/// own. A bridge to Teams is kept, and its incoming path is answered 404, as that of no webhook.
struct VaultysClawInterface: Interface {
    let service: Service
    let bridges: BridgeStore
    let gate: AdminGate
    let clock: @Sendable () -> Int64

    private var rules: InterfaceRules { service.behaviour.rules }

    func answer(_ request: HTTPRequest, path: [UInt8]) -> HTTPResponse? {
        if let channel = InterfaceInput.match(path, "/api/channels/*/bridges") {
            return guarded(request, ["GET", "POST"]) {
                request.isMethod("GET") ? list(channel[0]) : create(request, channel[0])
            }
        }
        guard let parts = InterfaceInput.match(path, "/api/channels/*/bridges/*") else { return nil }
        return guarded(request, ["PATCH", "DELETE"]) {
            guard let bridge = bridges.bridge(parts[1], of: service.scheme.id), bridge.has("channelId", parts[0]) else {
                return rules.missesUnknown ? .problem(404, "Bridge not found") : .json(200, ["success": true])
            }
            return request.isMethod("PATCH") ? patch(request, bridge) : delete(bridge)
        }
    }

    private func guarded(_ request: HTTPRequest, _ methods: [String], _ answer: () -> HTTPResponse) -> HTTPResponse {
        if let refusal = gate.refuses(request, rules) { return refusal }
        return methods.contains(where: request.isMethod) ? answer() : .methodNotAllowed(methods)
    }

    private func list(_ channel: [UInt8]) -> HTTPResponse {
        let here = bridges.bridges(of: service.scheme.id).filter { $0.has("channelId", channel) }
        return .json(200, .object([JSON.Member("bridges", .array(here.map { shown($0, rules.listsSecrets) }))]))
    }

    private func patch(_ request: HTTPRequest, _ bridge: Bridge) -> HTTPResponse {
        guard let body = InterfaceInput.object(request) else { return .problem(400, "Invalid JSON") }
        if let enabled = body["isSyncEnabled"], enabled.bool == nil {
            return .problem(400, "isSyncEnabled must be true or false")
        }
        if let direction = body["syncDirection"], Self.direction(direction) == nil {
            return .problem(400, "Invalid syncDirection")
        }
        if rules.changes {
            bridge.change { state in
                if let enabled = body["isSyncEnabled"]?.bool, !enabled || rules.enablesAgain {
                    state.setRunning(enabled, now: clock())
                }
                if let direction = body["syncDirection"].flatMap(Self.direction) { state.direction = direction }
            }
        }
        return .json(200, .object([JSON.Member("bridge", shown(bridge, rules.tellsSecrets))]))
    }

    private func delete(_ bridge: Bridge) -> HTTPResponse {
        if rules.changes { bridge.change { $0.isDeleted = true } }
        return .json(200, ["success": true])
    }

    private func create(_ request: HTTPRequest, _ channel: [UInt8]) -> HTTPResponse {
        guard let body = InterfaceInput.object(request) else { return .problem(400, "Invalid JSON") }
        if rules.checksMembers, let fault = fault(in: body) { return .problem(400, fault) }
        let isWebhook = body["externalService"] != "teams"
        if isWebhook, let fault = secretFault(in: body) { return .problem(400, fault) }
        let direction = body["syncDirection"].flatMap(Self.direction) ?? .both
        var state = BridgeState(secrets(in: body), direction: direction)
        let place = ["externalService", "externalChannelId"].map { ($0, Array((body[$0]?.string ?? "").utf8)) }
        let isTwin: (Bridge) -> Bool = { bridge in
            bridge.scheme.id == service.scheme.id && bridge.has("channelId", channel)
                && place.allSatisfy { bridge.has($0.0, $0.1) }
        }
        if rules.inheritsSecrets, let old = bridges.latest(isTwin) {
            state.secrets = SecretHistory((state.secrets.entries + old.state.secrets.entries).map(\.secret))
        }
        let bridge = Bridge(
            id: .freshBridgeID(), scheme: service.scheme, details: details(body, channel), state: state)
        let route = isWebhook ? service.route(of: bridge) : nil
        switch bridges.add(bridge, route, unless: { rules.refusesTwins && isTwin($0) }) {
        case .added: return .json(201, .object([JSON.Member("bridge", shown(bridge, rules.tellsSecrets))]))
        case .exists: return .problem(409, "Such a bridge already exists")
        case .full: return .problem(429, "There are too many bridges")
        }
    }

    /// Says what is wrong with the body of a new bridge, but for its secret.
    private func fault(in body: JSON) -> String? {
        guard body["externalService"]?.isOne(of: ["webhook", "teams"]) == true else { return "Invalid externalService" }
        for name in ["externalChannelId", "externalChannelName", "externalWorkspaceId"]
        where body[name]?.filledString == nil { return "\(name) is required" }
        if let direction = body["syncDirection"], Self.direction(direction) == nil { return "Invalid syncDirection" }
        guard let config = body["config"], config.members != nil else { return "config is required" }
        guard body["externalService"] == "teams" else { return nil }
        for name in ["accessToken", "tenantId", "botId"] where config[name]?.filledString == nil {
            return "config.\(name) is required"
        }
        return nil
    }

    private func secretFault(in body: JSON) -> String? {
        guard let secret = body["config"]?["secret"], secret != .null else {
            return rules.wantsSecret ? "config.secret is required" : nil
        }
        guard let text = secret.string else { return "config.secret must be a text" }
        return rules.wantsFilledSecret && JSON.string(text).filledString == nil ? "config.secret is empty" : nil
    }

    /// The secrets of a new bridge; one that was let through without any has none.
    private func secrets(in body: JSON) -> [Secret] {
        let text = Array((body["config"]?["secret"]?.string ?? "").utf8)
        return [try? Secret(text, rule: service.scheme.signature.secret)].compactMap(\.self)
    }

    private func details(_ body: JSON, _ channel: [UInt8]) -> [JSON.Member] {
        let names = ["externalService", "externalChannelId", "externalChannelName", "externalWorkspaceId"]
        return [JSON.Member("channelId", .string(String(decoding: channel, as: UTF8.self)))]
            + names.compactMap { name in body[name].flatMap { $0.string == nil ? nil : JSON.Member(name, $0) } }
            + [JSON.Member("createdAt", .string(ISOTime.text(clock())))]
    }

    private func shown(_ bridge: Bridge, _ tellsSecret: Bool) -> JSON {
        let state = bridge.state
        let direction =
            switch state.direction {
            case .both: "bidirectional"
            case .incoming: "incoming"
            case .outgoing: "outgoing"
            }
        var members = [JSON.Member("id", .string(bridge.id))] + bridge.details.filter { $0.key != "createdAt" }
        members += [
            JSON.Member("syncDirection", .string(direction)), JSON.Member("isSyncEnabled", .bool(state.isRunning)),
        ]
        members += bridge.details.filter { $0.key == "createdAt" }
        if tellsSecret, let secret = state.secrets.current {
            let text = JSON.string(String(decoding: secret.text, as: UTF8.self))
            members.append(JSON.Member("config", .object([JSON.Member("secret", text)])))
        }
        return .object(members)
    }

    private static func direction(_ value: JSON) -> BridgeState.Direction? {
        switch value.string {
        case "incoming": .incoming
        case "outgoing": .outgoing
        case "bidirectional": .both
        default: nil
        }
    }
}
