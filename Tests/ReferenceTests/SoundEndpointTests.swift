import Bytes
import Reference
import ReportModel
import Schemes
import Testing
import Transport

/// A request written by hand, its signature computed with Python's `hmac` by the recipe of each document: the key is
/// `shared`, that of Standard Webhooks is `whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`, the time is 1700000000.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let scheme: String
    let path: String
    var headers: [(String, String)]
    let body: String
    let status: Int
    let answer: String
    let refusal: (status: Int, body: String)
    var testDescription: String { name }

    var request: HTTPRequest {
        let lines = [("Host", "endpoint.example"), ("Content-Type", "application/json")] + headers
        return HTTPRequest(
            target: path, headers: Headers(lines.map { HeaderField($0.0, $0.1) }), body: Array(body.utf8))
    }

    static let all = [
        Sample(
            name: "scaiwave inbound", scheme: "scaiwave", path: "/v1/bridges/br_countersign/inbound",
            headers: [
                (
                    "X-ScaiWave-Bridge-Signature",
                    "t=1700000000,v1=9bcaf841bdae1e3057ebb6c8237fb1c6d588189f6a8b66c488e8d06081087942"
                )
            ],
            body:
                #"{"event_id":"e1","sender":{"external_id":"U1"},"content":{"msgtype":"swp.text","body":"hi"}}"#,
            status: 200, answer: #"{"ok":true,"event_id":"msg_000001"}"#,
            refusal: (401, #"{"error":"invalid signature"}"#)),
        Sample(
            name: "scaiwave outbound", scheme: "scaiwave", path: "/scaiwave/incoming",
            headers: [
                (
                    "X-ScaiWave-Bridge-Signature",
                    "t=1700000000,v1=4d9b9c05fa5751bbff321633bb687151debb086d6e17a198822c019cc00b4573"
                )
            ],
            body: #"{"event_id":"e1","sender":{"fqid":"@a:b"},"content":{"msgtype":"swp.text","body":"hi"}}"#,
            status: 200, answer: #"{"ok":true,"event_id":"msg_000001"}"#,
            refusal: (401, #"{"error":"invalid signature"}"#)),
        Sample(
            name: "vaultysclaw", scheme: "vaultysclaw", path: "/api/bridges/webhook/br_countersign/incoming",
            headers: [
                ("X-Signature", "sha256=28afb26d9b2b153c855de6c11706e1aec3342b7907bd323199f16117388ecd6f")
            ],
            body: #"{"message":"Build failed","author":"ci-bot"}"#,
            status: 200, answer: #"{"ok":true,"messageId":"msg_000001"}"#,
            refusal: (401, #"{"error":"Invalid or missing signature"}"#)),
        Sample(
            name: "bridge-events", scheme: "bridge-events", path: "/webhooks/bridge-events",
            headers: [
                ("X-Bridge-API-Key", "wh_key"), ("X-Bridge-Timestamp", "1700000000"),
                ("X-Bridge-Signature", "sha256=a1468dd58d3e1c12e3b51540ad440a287fcdd76e6dc99c42646528626c612d70"),
            ],
            body:
                #"{"eventId":"e1","eventType":"task.created","entity":"task","workspaceId":"ws","timestamp":"2023-11-14T22:13:20Z","payload":{}}"#,
            status: 200, answer: #"{"status":"received"}"#, refusal: (401, #"{"error":"Verification failed"}"#)),
        Sample(
            name: "slack", scheme: "slack", path: "/slack/events",
            headers: [
                ("X-Slack-Request-Timestamp", "1700000000"),
                ("X-Slack-Signature", "v0=c0c1d3af7a8f9e25ec620195971d0d063dced43b304cfa8df9fdefde30d74093"),
            ],
            body: #"{"type":"event_callback","event_id":"Ev1"}"#,
            status: 200, answer: #"{"ok":true}"#, refusal: (401, #"{"error":"invalid signature"}"#)),
        Sample(
            name: "slack challenge", scheme: "slack", path: "/slack/events",
            headers: [
                ("X-Slack-Request-Timestamp", "1700000000"),
                ("X-Slack-Signature", "v0=6d8b4f0fbb52cff1c4c9a9d7830a75e243b08f932d822fc98e4d9238c5327ab9"),
            ],
            body: #"{"type":"url_verification","challenge":"3eZbrw1a"}"#,
            status: 200, answer: #"{"challenge":"3eZbrw1a"}"#, refusal: (401, #"{"error":"invalid signature"}"#)),
        Sample(
            name: "stripe", scheme: "stripe", path: "/stripe/webhook",
            headers: [
                (
                    "Stripe-Signature",
                    "t=1700000000,v1=de3e538cb17a792b94d0f04ad727c7c3cd08e22e2e9c4e8bf35b0ea54a480f59"
                )
            ],
            body: #"{"id":"evt_1","type":"customer.updated"}"#,
            status: 200, answer: #"{"received":true}"#,
            refusal: (400, #"{"error":"signature verification failed"}"#)),
        Sample(
            name: "github", scheme: "github", path: "/github/webhook",
            headers: [
                ("X-GitHub-Event", "ping"), ("X-GitHub-Delivery", "d1"),
                ("X-Hub-Signature-256", "sha256=c9d25127e63776351b6e6ecf8bc1b8102d5ccc931ebe83d3e6bd48c0d7cafd37"),
            ],
            body: #"{"zen":"Keep it logically awesome."}"#,
            status: 202, answer: #"{"status":"accepted"}"#, refusal: (401, #"{"error":"signature mismatch"}"#)),
        Sample(
            name: "standard-webhooks", scheme: "standard-webhooks", path: "/webhooks/standard",
            headers: [
                ("webhook-id", "msg_1"), ("webhook-timestamp", "1700000000"),
                ("webhook-signature", "v1,RN98yspdxfJjX0necOgI1Bj6h0CZ2mEtQGyaWXgEw/M="),
            ],
            body: #"{"type":"contact.updated"}"#,
            status: 200, answer: #"{"ok":true}"#, refusal: (401, #"{"error":"invalid signature"}"#)),
    ]
}

/// An endpoint with the key of the samples and a clock of choice.
func sampleEndpoint(flaws: [Flaw] = [], now: Int64 = 1_700_000_000) throws -> ReferenceEndpoint {
    let secrets = try schemes.map { scheme in
        let rule = scheme.signature.secret
        var text = rule.decoding == .utf8 ? Array("shared".utf8) : rule.publishedSecret(scheme.id)
        if scheme.id == "standard-webhooks" { text = Array("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".utf8) }
        return (scheme.id, [try Secret(text, rule: rule)])
    }
    let known = Dictionary(uniqueKeysWithValues: secrets)
    return ReferenceEndpoint(
        schemes: schemes, secrets: { known[$0.id] ?? [] },
        credentials: { _ in ["api-key": Array("wh_key".utf8)] }, flaws: flaws, clock: { now })
}

@Suite("The sound endpoint")
struct SoundEndpointTests {
    @Test("answers a valid request as its document says", arguments: Sample.all)
    func accepts(sample: Sample) throws {
        let action = try sampleEndpoint().answer(sample.request)
        #expect(action.status == sample.status)
        #expect(action.text == sample.answer)
        #expect(action.response?.headers.first(named: "Content-Type") == Array("application/json".utf8))
    }

    @Test("answers every rejection alike, as its document says", arguments: Sample.all)
    func refuses(sample: Sample) throws {
        let endpoint = try sampleEndpoint()
        let names = sample.headers.map(\.0).filter { !["X-GitHub-Event", "X-GitHub-Delivery"].contains($0) }
        for name in names {
            for value in [nil, "", "x", sample.headers.first { $0.0 == name }.map { $0.1 + "0" }] {
                var request = sample.request
                if let value { request.headers.set(name, Array(value.utf8)) } else { request.headers.remove(name) }
                let action = endpoint.answer(request)
                #expect(action.status == sample.refusal.status, "\(name): \(value ?? "none")")
                #expect(action.text == sample.refusal.body, "\(name): \(value ?? "none")")
            }
        }
        var other = sample.request
        other.body.append(0x20)
        #expect(endpoint.answer(other).text == sample.refusal.body)
        #expect(endpoint.log.effects == 0)
    }

    @Test("rejects old and future requests", arguments: Sample.all, [Int64(-301), 301])
    func freshness(sample: Sample, distance: Int64) throws {
        let isTimed = !["vaultysclaw", "github"].contains(sample.scheme)
        let action = try sampleEndpoint(now: 1_700_000_000 + distance).answer(sample.request)
        #expect(action.status == (isTimed ? sample.refusal.status : sample.status))
    }

    /// Signatures over the bodies by Python's `hmac`, as above.
    static let unusable: [(sample: Int, header: String, body: String, status: Int, answer: String)] = [
        (
            0, "t=1700000000,v1=8fe400a4d7d97fe5517b7b8d84c07a253654d1bf408323b8b0f24f6cc87644c7", "{}", 400,
            #"{"error":"invalid body"}"#
        ),
        (
            2, "sha256=9662b5813e49b54af4a676a97f443f00c6a279a6c313949d95cc9e9338a34d1f", #"{"message":""}"#, 400,
            #"{"error":"Invalid JSON or missing message"}"#
        ),
        (
            2, "sha256=85f41f18ba595fcae00e8dab7f9b6a749c8421bc995063cb70d84576ff50dda0", "not json", 400,
            #"{"error":"Invalid JSON or missing message"}"#
        ),
        (
            3, "sha256=b7e78129834b8990de53e3e8a8b577479a47a25d8562a6b4b2eeb95066956442", "{}", 400,
            #"{"error":"Invalid body"}"#
        ),
        (
            4, "v0=8dfc9b843bc54e7875e23bda1b791c48734201657f68be6dd206418e19d324a1", "{}", 400,
            #"{"error":"invalid body"}"#
        ),
        // Stripe's document has no answer for such bodies.
        (
            6, "t=1700000000,v1=8fe400a4d7d97fe5517b7b8d84c07a253654d1bf408323b8b0f24f6cc87644c7", "{}", 200,
            #"{"received":true}"#
        ),
    ]

    @Test("answers an invalid signed body as its document says", arguments: unusable)
    func bodies(example: (sample: Int, header: String, body: String, status: Int, answer: String)) throws {
        let sample = Sample.all[example.sample]
        let header = try #require(sample.headers.last?.0)
        var request = sample.request
        request.headers.set(header, Array(example.header.utf8))
        request.body = Array(example.body.utf8)
        let action = try sampleEndpoint().answer(request)
        #expect(action.status == example.status)
        #expect(action.text == example.answer)
    }

    @Test("answers requests that HTTP itself forbids")
    func http() throws {
        let endpoint = try sampleEndpoint()
        let valid = Sample.all[2].request
        #expect(endpoint.answer(valid.with { $0.target += "/x".utf8 }).status == 404)
        #expect(endpoint.answer(valid.with { $0.target += "?x=1".utf8 }).status == 200)
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post"] {
            let action = endpoint.answer(valid.with { $0.method = Array(method.utf8) })
            #expect(action.status == 405)
            #expect(action.response?.headers.first(named: "Allow") == Array("POST".utf8))
        }
        #expect(endpoint.answer(valid.with { $0.headers.append("Content-Encoding", Array("gzip".utf8)) }).status == 415)
        #expect(
            endpoint.answer(valid.with { $0.headers.append("Content-Encoding", Array("Identity".utf8)) }).status == 200)
        let limit = 2 * 1024 * 1024
        #expect(endpoint.answer(valid.with { $0.body = Array(repeating: 0x20, count: limit + 1) }).status == 413)
        #expect(endpoint.answer(valid.with { $0.body = Array(repeating: 0x20, count: limit) }).status == 401)
    }

    @Test("has one effect for each event, however often it is delivered")
    func effects() throws {
        let endpoint = try sampleEndpoint()
        for _ in 0..<3 { #expect(endpoint.answer(Sample.all[0].request).text.contains("msg_000001")) }
        #expect(endpoint.log.effects == 1)
        #expect(endpoint.log.repetitions == 2)
        // VaultysClaw's deliveries have no identity.
        #expect(endpoint.answer(Sample.all[2].request).text.contains("msg_000002"))
        #expect(endpoint.answer(Sample.all[2].request).text.contains("msg_000003"))
    }

    @Test("decides about any request without failing", arguments: Sample.all)
    func fuzz(sample: Sample) throws {
        let endpoint = try sampleEndpoint()
        var random = SeededGenerator(seed: 0xC0FFEE)
        for _ in 0..<500 {
            let status = endpoint.answer(sample.request.mutated(by: &random)).status
            #expect([200, 202, 400, 401, 404, 405, 413, 415].contains(status ?? 0), "\(status ?? 0)")
        }
    }
}

extension HTTPRequest {
    /// Gives a changed copy.
    func with(_ change: (inout HTTPRequest) -> Void) -> HTTPRequest {
        var copy = self
        change(&copy)
        return copy
    }

    /// Gives a copy with a few bytes changed, removed or put in, anywhere.
    func mutated(by random: inout SeededGenerator) -> HTTPRequest {
        var copy = self
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: copy.body.mutate(&random)
            case 1: copy.target.mutate(&random)
            case 2: copy.method.mutate(&random)
            case 3: copy.headers.fields.shuffle(using: &random)
            case 4:
                if let field = copy.headers.fields.randomElement(using: &random) { copy.headers.fields.append(field) }
            case 5: copy.framing = .chunked(size: Int.random(in: 1...64, using: &random))
            default:
                let place = copy.headers.fields.indices.randomElement(using: &random) ?? 0
                if Bool.random(using: &random) {
                    copy.headers.fields[place].value.mutate(&random)
                } else {
                    copy.headers.fields[place].name.mutate(&random)
                }
            }
        }
        return copy
    }
}

extension [UInt8] {
    fileprivate mutating func mutate(_ random: inout SeededGenerator) {
        let place = Int.random(in: 0...count, using: &random)
        let byte =
            [UInt8.random(in: 0...255, using: &random), UInt8(ascii: "9"), UInt8(ascii: ","), 0x20, 0xE9]
            .randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where place < count: self[place] = byte
        case 1: insert(byte, at: place)
        case 2: removeSubrange(place...)
        case 3: removeSubrange(..<place)
        default: insert(contentsOf: repeatElement(byte, count: Int.random(in: 0...300, using: &random)), at: place)
        }
    }
}
