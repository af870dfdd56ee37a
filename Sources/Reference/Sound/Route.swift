internal import Bytes
internal import Schemes
internal import Transport

/// One path of the endpoint, and the steps that a request takes there.
final class Route: Sendable {
    /// The most bytes of a body that it takes whatever the document says.
    private static let usualBodyLimit = 2 * 1024 * 1024

    let payload: Payload
    let path: [UInt8]
    let bridge: Bridge
    let service: Service
    let behaviour: Behaviour
    private let scheme: Scheme
    private let takesUnsignedHandshakes: Bool
    /// Uses the initial secrets: while they are valid, no request pays for others.
    private let verifier: Verifier

    init(_ payload: Payload, path: [UInt8], bridge: Bridge, service: Service) {
        self.payload = payload
        self.path = path
        self.bridge = bridge
        self.service = service
        behaviour = service.behaviour
        scheme = service.scheme.sending(payload)
        takesUnsignedHandshakes = scheme.handshakes.contains { !$0.isSigned }
        verifier = service.verifier(GoodSecrets.sound(bridge.state, 0, 0))
    }

    func answer(_ request: HTTPRequest, now: Int64, bridges: BridgeStore, log: EffectLog) -> ServerAction {
        let state = bridge.state
        let isThere = behaviour.finds(state)
        if !isThere, let answer = behaviour.answersAbsent(scheme) { return .answer(answer) }
        // With a secret that nobody has, a missing bridge rejects like an existing one, in the same time (J04).
        let secrets =
            isThere ? behaviour.goodSecrets(state, service.grace, now, bridges) : service.unknown.secrets
        let received = ReceivedRequest(
            request: behaviour.receives(request), scheme: scheme, payload: payload, secrets: secrets,
            credentials: service.credentials, now: now, route: path, bridge: bridge, state: state, bridges: bridges,
            window: service.window, log: log)
        guard behaviour.methods.contains(where: { received.request.method.elementsEqual($0.utf8) }) else {
            return .answer(.methodNotAllowed(behaviour.methods))
        }
        if let action = behaviour.intercepts(received) { return action }
        if let answer = unreadable(received.request) { return .answer(answer) }
        if takesUnsignedHandshakes, let answer = scheme.answer(toHandshake: received.json, where: { !$0.isSigned }) {
            return .answer(answer)
        }
        if case .rejected(let reason) = verify(received), !behaviour.acceptsAnyway(reason, received) {
            return behaviour.refuses(reason, received)
        }
        // After the signature, so that nobody without the secret learns the bridge's state (J05).
        if let closed = behaviour.closes(state, scheme) { return .answer(closed) }
        return take(received)
    }

    private func verify(_ received: ReceivedRequest) -> Verdict {
        guard service.isSound else {
            return service.stepped.verify(received.request, secrets: received.secrets, now: received.now)
        }
        let ready = [verifier, service.unknown].first { $0.secrets == received.secrets }
        return (ready ?? service.verifier(received.secrets)).verify(received.request, now: received.now)
    }

    /// Applies a verified request's effect.
    private func take(_ received: ReceivedRequest) -> ServerAction {
        let body = received.json
        if let answer = scheme.answer(toHandshake: body) { return .answer(answer) }
        if let invalid = scheme.responses.invalidBody, !behaviour.isUsable(body, payload) {
            return behaviour.refusesBody(invalid.response(), received)
        }
        var delivery = Delivery(received, body)
        behaviour.identifies(&delivery, received, body)
        let receipt = behaviour.takesEffect(delivery, received.log)
        let answer = scheme.responses.accepted.response(messageID: receipt.messageID)
        return receipt.isRepetition ? behaviour.repeats(answer, received) : behaviour.accepts(answer, received)
    }

    /// Returns the answer to bodies that are not read at all. It comes before verification and reveals nothing.
    private func unreadable(_ request: HTTPRequest) -> HTTPResponse? {
        let encodings = request.headers.values(named: "Content-Encoding")
        guard encodings.allSatisfy(behaviour.decodes) else { return .problem(415, "unsupported content encoding") }
        let limit = max(Self.usualBodyLimit, scheme.sender.maximumBody ?? 0)
        return request.body.count > limit ? .problem(413, "body too large") : nil
    }
}
