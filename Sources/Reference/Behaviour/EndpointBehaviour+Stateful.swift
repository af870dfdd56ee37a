internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// Ways to make the endpoint's memory unsafe, for flaws only. Each adds to what stands there.
extension EndpointBehaviour {
    /// Changes what a delivery is, before its effect.
    mutating func rereads(_ change: @escaping @Sendable (inout Delivery, ReceivedRequest, _ body: JSON?) -> Void) {
        let identifies = identifies
        self.identifies = { delivery, received, body in
            identifies(&delivery, received, body)
            change(&delivery, received, body)
        }
    }

    /// Recognises deliveries by another key than their id; `nil` leaves it.
    mutating func recognises(
        by key: @escaping @Sendable (_ id: [UInt8], ReceivedRequest, _ body: JSON?) -> [UInt8]?
    ) {
        rereads { delivery, received, body in
            guard let event = delivery.event, let key = key(event.id, received, body) else { return }
            delivery.event = EffectLog.Event(bridge: event.bridge, scheme: event.scheme, id: key)
        }
    }

    /// Lets in deliveries that bear no id, whose signature holds all the same.
    mutating func doesWithoutID() {
        if case .header = scheme.eventID { forgives(.eventIDMissing) }
        guard case .pointer(let pointer) = scheme.eventID else { return }
        let isUsable = isUsable
        self.isUsable = { body, payload in
            isUsable(body, payload) || isUsable(body?.replacing(pointer: pointer, with: "any"), payload)
        }
    }

    /// Changes which secrets are good once one was replaced.
    mutating func keepsSecrets(
        _ good: @escaping @Sendable (BridgeState, _ grace: Int64, _ now: Int64) -> [SecretHistory.Entry]
    ) {
        let sound = goodSecrets
        goodSecrets = { state, grace, now, bridges in
            state.secrets.isUntouched ? sound(state, grace, now, bridges) : good(state, grace, now).map(\.secret)
        }
    }

    /// Has deliveries take effect in the bridge that something else than the path names.
    mutating func routes(by names: @escaping @Sendable (ReceivedRequest, _ body: JSON?) -> [[UInt8]]) {
        rereads { delivery, received, body in
            let named = names(received, body).lazy.compactMap { received.bridge(named: $0) }.first
            guard let route = named else { return }
            delivery.bridge = route.path
            guard let event = delivery.event else { return }
            delivery.event = EffectLog.Event(bridge: route.path, scheme: event.scheme, id: event.id)
        }
    }

    /// Looks at one signature of several, once a secret was replaced.
    mutating func checksOnly(_ one: @escaping @Sendable ([[UInt8]]) -> [UInt8]?) {
        answersFirst { received in
            guard !received.state.secrets.isUntouched, received.signatures.count > 1 else { return nil }
            let right = received.secrets.map { received.scheme.rightSignature(for: received.request, key: $0.key) }
            if let text = one(received.signatures), right.contains(text) { return nil }
            return .answer(received.scheme.responses.rejected.response())
        }
    }

    /// Takes what comes in although the bridge's state forbids it.
    mutating func takesInSpite(_ forget: @escaping @Sendable (inout BridgeState) -> Void) {
        let closes = closes
        self.closes = { state, scheme in
            var forgotten = state
            forget(&forgotten)
            return closes(forgotten, scheme)
        }
    }
}

// Parts of a few flaws.
extension ReceivedRequest {
    /// Gives the route of the bridge of this scheme that a text names: by its id, its path or the end of it, or what
    /// it was created with.
    func bridge(named name: [UInt8]) -> Route? {
        bridges.routes.first { route in
            guard route.bridge.scheme.id == scheme.id else { return false }
            return route.path == name || route.path.suffix(name.count + 1) == [UInt8(ascii: "/")] + name
                || route.bridge.id.utf8.elementsEqual(name)
                || route.bridge.details.contains { $0.value.string?.utf8.elementsEqual(name) == true }
        }
    }

    /// The body without what a duplicate may have anew: its id and its times.
    func bodyWithoutID(_ body: JSON?) -> JSON? {
        var body = body
        if case .pointer(let pointer) = scheme.eventID { body = body?.replacing(pointer: pointer, with: nil) }
        for time in ["timestamp", "ts", "event_time", "created"] {
            body = body?.replacing(pointer: "/\(time)", with: nil)
        }
        return body
    }
}

extension SecretHistory {
    /// The newest secrets, as many as these.
    func newest(_ count: Int) -> [Entry] { Array(entries.prefix(count)) }
}
