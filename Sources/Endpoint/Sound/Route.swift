internal import Bytes
internal import Schemes
internal import Transport

/// One path of the endpoint, and the steps that a request takes there.
struct Route: Sendable {
    /// The most bytes of a body.
    static let bodyLimit = 1024 * 1024

    let scheme: Scheme
    let payload: Payload
    let path: [UInt8]
    let behaviour: EndpointBehaviour
    private let secrets: [Secret]
    private let credentials: [String: [UInt8]]
    private let verifier: Verifier

    init(
        scheme: Scheme, payload: Payload, secrets: [Secret], credentials: [String: [UInt8]],
        behaviour: EndpointBehaviour
    ) {
        self.scheme = scheme
        self.payload = payload
        self.secrets = secrets
        self.credentials = credentials
        self.behaviour = behaviour
        path = Array(payload.path.utf8)
        verifier = Verifier(scheme: scheme, secrets: secrets, credentials: credentials, steps: behaviour.steps)
    }

    func answer(_ request: HTTPRequest, now: Int64, log: EffectLog) -> ServerAction {
        let received = ReceivedRequest(
            request: behaviour.receives(request), scheme: scheme, payload: payload, secrets: secrets,
            credentials: credentials, now: now)
        guard behaviour.methods.contains(where: { received.request.method.elementsEqual($0.utf8) }) else {
            return methodNotAllowed
        }
        if let action = behaviour.intercepts(received) { return action }
        if let answer = unreadable(received.request) { return .answer(answer) }
        if case .rejected(let reason) = verifier.verify(received.request, now: now),
            !behaviour.overrules(reason, received)
        {
            return behaviour.refuses(reason, received)
        }
        let body = received.json
        if let challenge = Handshake.answer(to: body, scheme: scheme) { return .answer(challenge) }
        if let invalid = scheme.responses.invalidBody, !behaviour.isUsable(body, payload) {
            return behaviour.refusesBody(invalid.response(), received)
        }
        let messageID = log.record(eventID(of: received, body), window: scheme.replayWindow, now: now)
        return behaviour.accepts(scheme.responses.accepted.response(messageID: messageID), received)
    }

    private var methodNotAllowed: ServerAction {
        var problem = HTTPResponse.problem(405, "method not allowed")
        problem.headers.append("Allow", Array(behaviour.methods.joined(separator: ", ").utf8))
        return .answer(problem)
    }

    /// Bodies that are not even looked at. The answer comes before verification, and tells a stranger nothing.
    private func unreadable(_ request: HTTPRequest) -> HTTPResponse? {
        let encodings = request.headers.values(named: "Content-Encoding")
        guard encodings.allSatisfy(behaviour.decodes) else { return .problem(415, "unsupported content encoding") }
        return request.body.count > Self.bodyLimit ? .problem(413, "body too large") : nil
    }

    private func eventID(of received: ReceivedRequest, _ body: JSON?) -> EffectLog.Event? {
        let id: [UInt8]? =
            switch scheme.eventID {
            case .header(let name): received.header(name)
            case .pointer(let pointer): body?[pointer: pointer]?.string.map { Array($0.utf8) }
            case nil: nil
            }
        return id.map { EffectLog.Event(scheme: scheme.id, id: $0) }
    }
}
