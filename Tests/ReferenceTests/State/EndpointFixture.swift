import Bytes
import Catalogue
import Platform
import Reference
import ReportModel
import Schemes
import Synchronization
import Testing
import Transport

/// A clock that stands still until it is told to go on.
final class TestClock: Sendable {
    private let now = Atomic<Int64>(VectorContext.clock)

    func seconds() -> Int64 { now.load(ordering: .sequentiallyConsistent) }
    func advance(_ seconds: Int64) { now.add(seconds, ordering: .sequentiallyConsistent) }
}

/// An endpoint with its clock, and the requests that tests send to it.
struct EndpointFixture: Sendable {
    let scheme: Scheme
    let clock = TestClock()
    let endpoint: ReferenceEndpoint
    /// How a request reaches the endpoint.
    var send: @Sendable (HTTPRequest) -> HTTPResponse?

    init(_ name: String = "scaiwave", flaws: [Flaw] = [], grace: Int? = nil, window: Int? = nil) throws {
        self.init(scheme: try #require(SchemeLibrary.scheme(named: name)), flaws: flaws, grace: grace, window: window)
    }

    init(scheme: Scheme, flaws: [Flaw] = [], grace: Int? = nil, window: Int? = nil) {
        self.scheme = scheme
        let clock = clock
        let endpoint = ReferenceEndpoint(
            schemes: [scheme], secrets: { [VectorContext.secret(of: $0)] }, credentials: VectorContext.credentials,
            flaws: flaws, grace: grace, window: window, clock: { clock.seconds() })
        self.endpoint = endpoint
        send = { endpoint.answer($0).response }
    }

    var path: String { scheme.payloads[0].path }
    var secondPath: String { VectorContext.secondPath(of: scheme.payloads[0]) }
    var secret: Secret { VectorContext.secret(of: scheme) }
    var secondSecret: Secret { VectorContext.secondSecret(of: scheme) }

    // MARK: Deliveries

    /// Signs a request.
    func request(
        _ id: String = "evt_1", text: String = "hello", secret: Secret? = nil, path: String? = nil, ahead: Int64 = 0,
        payload: String? = nil, edit: (inout Draft) -> Void = { _ in }
    ) -> HTTPRequest {
        let context = RequestContext(
            scheme: scheme, payload: payload.flatMap(scheme.payload) ?? scheme.payloads[0],
            secret: secret ?? self.secret, credentials: VectorContext.credentials(of: scheme),
            now: clock.seconds() + ahead, eventID: id, text: text, authority: "endpoint.example",
            target: path ?? self.path)
        var draft = Draft(context)
        edit(&draft)
        return draft.signedRequest().request
    }

    /// Sends a request and gives the status.
    func status(_ request: HTTPRequest) -> Int { send(request)?.status ?? 0 }

    /// Signs and sends a request, and gives the status.
    func deliver(_ id: String = "evt_1", text: String = "hello", secret: Secret? = nil, path: String? = nil) -> Int {
        status(request(id, text: text, secret: secret, path: path))
    }

    /// Tells whether a secret opens a path; each time with another event.
    func opens(_ secret: Secret, _ path: String? = nil) -> Bool {
        (200...299).contains(deliver("evt_\(UInt64.random(in: 0 ... .max))", secret: secret, path: path))
    }

    // MARK: Interfaces

    /// Asks an administrative interface.
    func ask(
        _ method: String, _ target: String, _ body: JSON? = nil, token: String? = VectorContext.adminToken
    ) -> (status: Int, json: JSON?) {
        var headers = Headers([HeaderField("Host", "endpoint.example")])
        if let token { headers.append("Authorization", Array("Bearer \(token)".utf8)) }
        let answer = send(
            HTTPRequest(method: method, target: target, headers: headers, body: body?.serialized() ?? []))
        return (answer?.status ?? 0, answer.flatMap { try? JSON.parse($0.body) })
    }

    /// How many effects there were, at one path or at all.
    func effects(at path: String? = nil) -> Int {
        let answer = ask("GET", "/countersign/effects" + (path.map { "?path=\($0)" } ?? ""), token: nil)
        return answer.json?["effects"]?.integer ?? -1
    }

    /// Replaces the secret of a path.
    func rotate(_ path: String? = nil) throws -> Secret {
        let answer = ask("POST", "/countersign/rotate-secret?path=\(path ?? self.path)")
        try #require(answer.status == 200)
        return try secret(answer.json?["secret"])
    }

    func secret(_ value: JSON?) throws -> Secret {
        try Secret(Array(try #require(value?.string).utf8), rule: scheme.signature.secret)
    }

    /// Makes a bridge as the scheme's document has it.
    func create(_ change: (JSON) -> JSON = { $0 }) throws -> CreatedBridge {
        let isScaiWave = scheme.id == "scaiwave"
        let body = change(isScaiWave ? Self.scaiwave : Self.vaultysclaw)
        let answer = ask("POST", isScaiWave ? "/v1/admin/bridges" : "/api/channels/ch_1/bridges", body)
        let id = answer.json?["bridge_id"]?.string ?? answer.json?["bridge"]?["id"]?.string ?? ""
        let secret = isScaiWave ? answer.json?["shared_secret"] : body["config"]?["secret"]
        return CreatedBridge(
            id: id, path: isScaiWave ? "/v1/bridges/\(id)/inbound" : "/api/bridges/webhook/\(id)/incoming",
            admin: isScaiWave ? "/v1/admin/bridges/\(id)" : "/api/channels/ch_1/bridges/\(id)",
            secret: secret?.string.flatMap { try? Secret(Array($0.utf8), rule: scheme.signature.secret) },
            status: answer.status, json: answer.json)
    }

    struct CreatedBridge: Sendable {
        let id: String
        let path: String
        let admin: String
        let secret: Secret?
        let status: Int
        let json: JSON?
    }

    static let scaiwave: JSON = [
        "transport": "custom", "direction": "both", "room_id": "room_1", "name": "Acme CRM bridge",
        "outbound_webhook": "https://crm.example/incoming",
    ]
    static let vaultysclaw: JSON = [
        "externalService": "webhook", "externalChannelId": "ci-alerts", "externalChannelName": "CI Alerts",
        "externalWorkspaceId": "acme-ci", "syncDirection": "incoming",
        "config": ["webhookUrl": "", "secret": "a-random-secret-at-least-32-chars"],
    ]
}

/// Serves a fixture's endpoint over HTTP, each request on its own connection.
func withServer(_ fixture: EndpointFixture, _ body: (EndpointFixture) throws -> Void) throws {
    let endpoint = fixture.endpoint
    let clock = fixture.clock
    let server = HTTPServer(now: { clock.seconds() }) { endpoint.answer($0) }
    try server.start()
    defer { server.stop() }
    let url = try TargetURL("http://127.0.0.1:\(server.port)/")
    var live = fixture
    live.send = { try? HTTPClient(target: url).exchange($0).result.get() }
    try body(live)
}

/// Does something on so many threads side by side.
func atOnce(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    let threads = (0..<count).compactMap { _ in WorkerThread(work) }
    #expect(threads.count == count)
    for thread in threads { thread.join() }
}
