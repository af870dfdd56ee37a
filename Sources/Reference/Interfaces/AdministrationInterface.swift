internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// The administrative interface of a scheme's document. Every request needs the token.
/// Where the document is silent, the answer is 400 to an invalid body and 404 for a bridge that does not exist. Any
/// value is accepted for a placeholder in the path, but a bridge is found only under its own. The secret appears only
/// in the answer in which the document shows it.
struct AdministrationInterface: Interface {
    let administration: Administration
    let service: Service
    let bridges: BridgeStore
    let gate: AdminGate
    let clock: @Sendable () -> Int64

    /// Creates the interface of a scheme, or `nil` when its document has none.
    init?(service: Service, bridges: BridgeStore, gate: AdminGate, clock: @escaping @Sendable () -> Int64) {
        guard let administration = service.scheme.administration else { return nil }
        self.administration = administration
        self.service = service
        self.bridges = bridges
        self.gate = gate
        self.clock = clock
    }

    private var rules: InterfaceRules { service.behaviour.rules }

    func answer(_ request: HTTPRequest, path: [UInt8]) -> HTTPResponse? {
        let creation = administration.creation
        var methods = [String]()
        var action: (() -> HTTPResponse)?
        if let match = match(path, "") {
            methods.append(creation.method)
            if request.isMethod(creation.method) { action = { create(request, match.places) } }
        }
        var found = [(operation: Administration.Operation, match: Match)]()
        for operation in Administration.Operation.allCases {
            guard let call = administration.calls[operation], let match = match(path, call.path) else { continue }
            if !methods.contains(call.method) { methods.append(call.method) }
            if request.isMethod(call.method) { found.append((operation, match)) }
        }
        if action == nil, let first = found.first {
            action = { perform(found.map(\.operation), request, first.match) }
        }
        guard !methods.isEmpty else { return nil }
        if let refusal = gate.refuses(request, rules) { return refusal }
        return action?() ?? .methodNotAllowed(methods)
    }

    // MARK: Paths

    private struct Match {
        let places: [[UInt8]]
        let id: [UInt8]?
    }

    /// Matches a path with that of a call.
    private func match(_ path: [UInt8], _ call: String) -> Match? {
        let pattern = administration.path + call
        let segments = ASCII.split(Array(pattern.utf8), separator: UInt8(ascii: "/"))
        let isPlace = segments.map { $0.first == UInt8(ascii: "{") }
        let text = zip(segments, isPlace).map { $1 ? "*" : String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        guard let matched = InterfaceInput.match(path, text) else { return nil }
        return call.contains("{id}")
            ? Match(places: Array(matched.dropLast()), id: matched.last) : Match(places: matched, id: nil)
    }

    // MARK: Calls

    private func perform(
        _ operations: [Administration.Operation], _ request: HTTPRequest, _ match: Match
    ) -> HTTPResponse {
        guard let id = match.id else { return list(match.places) }
        guard let bridge = bridges.bridge(id, of: service.scheme.id),
            zip(administration.places, match.places).allSatisfy({ bridge.has($0, $1) })
        else {
            return rules.missesUnknown
                ? .problem(administration.unknownStatus ?? 404, "bridge not found") : .json(200, ["success": true])
        }
        if operations.contains(where: { administration.calls[$0]?.body != nil }) {
            return update(bridge, operations, request)
        }
        switch operations[0] {
        case .rotate: return rotate(bridge)
        case .delete:
            if rules.changes { bridge.change { $0.isDeleted = true } }
            return .json(status(of: .delete), ["success": true])
        case .show: return .json(status(of: .show), shown(bridge, rules.tellsSecrets))
        case let operation:
            change(bridge, operation)
            return .json(status(of: operation), shown(bridge, rules.tellsSecrets))
        }
    }

    private func status(of operation: Administration.Operation) -> Int {
        administration.calls[operation]?.status ?? 200
    }

    /// Applies every change whose member is in the body.
    private func update(
        _ bridge: Bridge, _ operations: [Administration.Operation], _ request: HTTPRequest
    ) -> HTTPResponse {
        guard let body = InterfaceInput.object(request) else { return invalid("the body is no JSON object") }
        var changes = [Administration.Operation]()
        var receives = false
        for operation in operations {
            for member in administration.calls[operation]?.body?.members ?? [] {
                guard let value = body[member.key] else { continue }
                if value == member.value {
                    changes.append(operation)
                } else if !isKnown(value, for: member.key, operations) {
                    return invalid("\(member.key) has a value that it can't have")
                } else if operation == .sendOnly {
                    receives = true
                }
            }
        }
        if receives, rules.changes { bridge.change { $0.direction = .both } }
        for operation in changes { change(bridge, operation) }
        return .json(status(of: changes.first ?? operations[0]), shown(bridge, rules.tellsSecrets))
    }

    private func isKnown(_ value: JSON, for key: String, _ operations: [Administration.Operation]) -> Bool {
        operations.contains { administration.calls[$0]?.body?[key] == value }
            || administration.creation.choices["/\(JSON.step(key))"].map { value.isOne(of: $0) } == true
    }

    private func change(_ bridge: Bridge, _ operation: Administration.Operation) {
        guard rules.changes else { return }
        bridge.change { state in
            switch operation {
            case .pause: state.setRunning(false, now: clock())
            case .resume: if rules.enablesAgain { state.setRunning(true, now: clock()) }
            case .sendOnly: state.direction = .outgoing
            case .show, .list, .rotate, .delete: break
            }
        }
    }

    private func rotate(_ bridge: Bridge) -> HTTPResponse {
        guard let secret = bridge.rotate(to: { try? $0.freshSecret() }, now: clock()),
            let pointer = administration.calls[.rotate]?.secret
        else {
            return .problem(500, "no secret could be made")
        }
        let answer = JSON.object([]).placing(.string(bridge.id), at: administration.creation.id)
        return .json(status(of: .rotate), answer.placing(secret.json, at: pointer))
    }

    private func list(_ places: [[UInt8]]) -> HTTPResponse {
        let here = bridges.bridges(of: service.scheme.id).filter { bridge in
            zip(administration.places, places).allSatisfy { bridge.has($0, $1) }
        }
        let entries = here.map { bridge in
            let shown = shown(bridge, rules.listsSecrets)
            return shown[pointer: administration.container] ?? shown
        }
        let pointer = administration.calls[.list]?.bridges ?? "/bridges"
        return .json(status(of: .list), JSON.object([]).placing(.array(entries), at: pointer))
    }

    // MARK: Creation

    private func create(_ request: HTTPRequest, _ places: [[UInt8]]) -> HTTPResponse {
        let creation = administration.creation
        guard let body = InterfaceInput.object(request) else { return invalid("the body is no JSON object") }
        if rules.checksMembers, let fault = creation.fault(in: body) { return invalid(fault) }
        let isReached = creation.kind.map { body[pointer: $0] == creation.body[pointer: $0] } ?? true
        let secret: Secret?
        switch creation.secret {
        case .issued(let pointer):
            let rule = service.scheme.signature.secret
            secret = try? Secret(rule.freshSecret(), rule: rule)
            guard secret != nil else { return .problem(500, "no secret could be made for \(pointer)") }
        case .given(let pointer):
            if isReached, let fault = secretFault(body[pointer: pointer], pointer) { return invalid(fault) }
            let text = Array((body[pointer: pointer]?.string ?? "").utf8)
            // A bridge that was allowed without a secret has none.
            secret = try? Secret(text, rule: service.scheme.signature.secret)
        }
        let bridge = bridge(administration.details(of: body, places: places), secret, body)
        let route = isReached ? service.route(of: bridge) : nil
        let refusesTwins = rules.refusesTwins && creation.conflictStatus != nil
        switch bridges.add(bridge, route, unless: { refusesTwins && isTwin($0, bridge.details) }) {
        case .added:
            var answer = shown(bridge, rules.tellsSecrets)
            if case .issued(let pointer) = creation.secret, let secret {
                answer = answer.placing(secret.json, at: pointer)
            }
            return .json(creation.status ?? 201, answer)
        case .exists: return .problem(creation.conflictStatus ?? 409, "there is such a bridge already")
        case .full: return .problem(429, "there are too many bridges")
        }
    }

    private func bridge(_ details: [JSON.Member], _ secret: Secret?, _ body: JSON) -> Bridge {
        var state = BridgeState([secret].compactMap(\.self))
        if let sendOnly = administration.calls[.sendOnly]?.body?.members,
            sendOnly.allSatisfy({ body[$0.key] == $0.value })
        {
            state.direction = .outgoing
        }
        if !rules.createsRunning { state.setRunning(false, now: clock()) }
        if rules.inheritsSecrets, let old = bridges.latest({ isTwin($0, details) }) {
            state.secrets = SecretHistory((state.secrets.entries + old.state.secrets.entries).map(\.secret))
        }
        return Bridge(id: .freshBridgeID(), scheme: service.scheme, details: details, state: state)
    }

    /// Whether a bridge has the values that must be unique; all of its details if the document names none.
    private func isTwin(_ bridge: Bridge, _ details: [JSON.Member]) -> Bool {
        let unique = administration.places + administration.creation.unique.compactMap { JSON.steps(of: $0).last }
        return bridge.scheme.id == service.scheme.id
            && details.allSatisfy { detail in
                let isCompared = administration.creation.unique.isEmpty || unique.contains(detail.key)
                return !isCompared || bridge.has(detail.key, (detail.value.string ?? "").utf8)
            }
    }

    private func secretFault(_ secret: JSON?, _ pointer: String) -> String? {
        guard let secret, secret != .null else { return rules.wantsSecret ? "\(pointer) is missing" : nil }
        guard secret.string != nil else { return "\(pointer) must be a text" }
        return rules.wantsFilledSecret && secret.filledString == nil ? "\(pointer) is empty" : nil
    }

    private func invalid(_ reason: String) -> HTTPResponse {
        .problem(administration.creation.invalidStatus ?? 400, reason)
    }

    // MARK: Answers

    private func shown(_ bridge: Bridge, _ tellsSecret: Bool) -> JSON {
        let (state, container) = (bridge.state, administration.container)
        var json = JSON.object([]).placing(.string(bridge.id), at: administration.creation.id)
        for detail in bridge.details { json = json.placing(detail.value, at: "\(container)/\(JSON.step(detail.key))") }
        var shown = administration.calls[state.isRunning ? .resume : .pause]?.shows ?? []
        if state.direction == .outgoing { shown += administration.calls[.sendOnly]?.shows ?? [] }
        for member in shown { json = json.placing(member.value, at: member.key) }
        guard tellsSecret, let secret = state.secrets.current else { return json }
        return switch administration.creation.secret {
        case .issued(let pointer): json.placing(secret.json, at: pointer)
        case .given(let pointer): json.placing(secret.json, at: container + pointer)
        }
    }
}

extension Administration {
    /// The names of the placeholders in the path.
    var places: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// JSON pointer to the object with the id in an answer.
    var container: String { String(creation.id.prefix(upTo: creation.id.lastIndex(of: "/") ?? creation.id.startIndex)) }

    /// Returns what a bridge was created with, without secrets: the documented texts of the body, and the values of the
    /// placeholders in the path.
    func details(of body: JSON, places: [[UInt8]]) -> [JSON.Member] {
        let documented = creation.body.members?.filter { $0.value.string != nil && $0.value != "{secret}" } ?? []
        return zip(self.places, places).map { JSON.Member($0, .string(String(decoding: $1, as: UTF8.self))) }
            + documented.compactMap { member in
                body[member.key].flatMap { $0.string == nil ? nil : JSON.Member(member.key, $0) }
            }
    }
}

extension Administration.Creation {
    /// Returns what is wrong with the body of a new bridge, except its secret.
    fileprivate func fault(in body: JSON) -> String? {
        for (pointer, texts) in choices {
            if let value = body[pointer: pointer], !value.isOne(of: texts) {
                return "\(pointer) must be one of \(texts.joined(separator: ", "))"
            }
        }
        for pointer in required {
            guard let value = body[pointer: pointer], value != .null else { return "\(pointer) is missing" }
            if value.string != nil, value.filledString == nil { return "\(pointer) is empty" }
        }
        guard let kind, body[pointer: kind] != self.body[pointer: kind] else { return self.body.fault(in: body) }
        for member in otherKind {
            for need in member.value.members ?? [] where body[pointer: member.key]?[need.key]?.filledString == nil {
                return "\(member.key)/\(need.key) is missing"
            }
        }
        return nil
    }
}

extension JSON {
    /// Returns what is wrong with another value whose member has a different type from the one here.
    fileprivate func fault(in other: JSON) -> String? {
        guard let members else { return nil }
        for member in members where member.value != "{secret}" {
            guard let value = other[member.key] else { continue }
            switch (member.value, value) {
            case (.object, .object): if let fault = member.value.fault(in: value) { return fault }
            case (.string, .string), (.number, .number), (.bool, .bool), (.array, .array), (.null, _): break
            default: return "\(member.key) has the wrong type"
            }
        }
        return nil
    }

    /// Returns a copy with a value at a JSON pointer, creating the objects on the way.
    func placing(_ value: JSON, at pointer: String) -> JSON { placing(value, JSON.steps(of: pointer)[...]) }

    private func placing(_ value: JSON, _ steps: ArraySlice<String>) -> JSON {
        guard let step = steps.first else { return value }
        let inner = (self[step] ?? .object([])).placing(value, steps.dropFirst())
        var members = members ?? []
        if let place = members.firstIndex(where: { $0.key.utf8.elementsEqual(step.utf8) }) {
            members[place].value = inner
        } else {
            members.append(Member(step, inner))
        }
        return .object(members)
    }
}

extension Secret {
    /// The text as the vendor shows it.
    fileprivate var json: JSON { .string(String(decoding: text, as: UTF8.self)) }
}

extension String {
    /// Creates the id of a bridge; consecutive ids would reveal how many there are (J04).
    static func freshBridgeID() -> String { "br_" + Hex.string(RandomBytes.make(count: 16)) }
}

extension Service {
    /// Returns the route to a bridge of this scheme.
    func route(of bridge: Bridge) -> Route? {
        guard let unknown = UnknownBridge(self) else { return nil }
        return Route(scheme.payloads[0], path: unknown.path(of: bridge.id), bridge: bridge, service: self)
    }
}
