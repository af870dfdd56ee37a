internal import Bytes
internal import Schemes
internal import Transport

/// Mutators of what is remembered: deliveries, secrets and bridges.
extension Behaviour {
    /// Changes a delivery before its effect.
    mutating func changeDelivery(
        _ change: @escaping @Sendable (inout Delivery, ReceivedRequest, _ body: JSON?) -> Void
    ) {
        let identifies = identifies
        self.identifies = { delivery, received, body in
            identifies(&delivery, received, body)
            change(&delivery, received, body)
        }
    }

    /// Recognises deliveries by a key other than their id; `nil` leaves the id.
    mutating func changeEventID(
        _ key: @escaping @Sendable (_ id: [UInt8], ReceivedRequest, _ body: JSON?) -> [UInt8]?
    ) {
        changeDelivery { delivery, received, body in
            guard let event = delivery.event, let key = key(event.id, received, body) else { return }
            delivery.event = EffectLog.Event(bridge: event.bridge, scheme: event.scheme, id: key)
        }
    }

    /// Applies deliveries to the bridge that something other than the path names.
    mutating func changeBridge(_ names: @escaping @Sendable (ReceivedRequest, _ body: JSON?) -> [[UInt8]]) {
        changeDelivery { delivery, received, body in
            let named = names(received, body).lazy.compactMap { received.bridge(named: $0) }.first
            guard let route = named else { return }
            delivery.bridge = route.path
            guard let event = delivery.event else { return }
            delivery.event = EffectLog.Event(bridge: route.path, scheme: event.scheme, id: event.id)
        }
    }

    /// Accepts correctly signed deliveries without an id.
    mutating func alsoAcceptMissingIDs() {
        if case .header = scheme.eventID { skip(.eventIDMissing) }
        guard case .pointer(let pointer) = scheme.eventID else { return }
        let isUsable = isUsable
        self.isUsable = { body, payload in
            isUsable(body, payload) || isUsable(body?.replacing(pointer: pointer, with: "any"), payload)
        }
    }

    /// Changes which secrets are valid after a rotation.
    mutating func changeSecrets(
        _ valid: @escaping @Sendable (BridgeState, _ grace: Int64, _ now: Int64) -> [SecretHistory.Entry]
    ) {
        let sound = goodSecrets
        goodSecrets = { state, grace, now, bridges in
            state.secrets.isUntouched ? sound(state, grace, now, bridges) : valid(state, grace, now).map(\.secret)
        }
    }

    /// Accepts only one of several signatures after a rotation.
    mutating func acceptOnly(_ one: @escaping @Sendable ([[UInt8]]) -> [UInt8]?) {
        answerFirst { received in
            guard !received.state.secrets.isUntouched, received.signatures.count > 1 else { return nil }
            let right = received.secrets.map { received.scheme.rightSignature(for: received.request, key: $0.key) }
            if let text = one(received.signatures), right.contains(text) { return nil }
            return .answer(received.scheme.responses.rejected.response())
        }
    }

    /// Uses another state of the bridge to decide whether it accepts anything.
    mutating func changeState(_ change: @escaping @Sendable (inout BridgeState) -> Void) {
        let closes = closes
        self.closes = { state, scheme in
            var changed = state
            change(&changed)
            return closes(changed, scheme)
        }
    }
}

extension SecretHistory {
    /// Returns the newest secrets, up to a count.
    func newest(_ count: Int) -> [Entry] { Array(entries.prefix(count)) }
}
