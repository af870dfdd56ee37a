import Bytes
import Foundation
import Schemes
import Testing
import Transport

/// What requests look like apart from their signature.
@Suite("Requests as the vendors send them")
struct VendorRequestTests {
    private static let payloads = SchemeLibrary.all.flatMap { scheme in
        scheme.payloads.map { (scheme: scheme.id, payload: $0.id) }
    }

    private func request(
        _ name: String, _ id: String, event: String = "evt_1", body: String? = nil, type: String? = nil,
        secret: String? = nil
    ) throws -> HTTPRequest {
        let whole = try #require(SchemeLibrary.scheme(named: name))
        let found = try #require(whole.payload(named: id))
        let payload = type.map(found.sent) ?? found
        let scheme = whole.sending(payload)
        let text = secret.map { Array($0.utf8) } ?? scheme.signature.secret.publishedSecret("test")
        let context = RequestContext(
            scheme: scheme, payload: payload, secret: try Secret(text, rule: scheme.signature.secret),
            credentials: ["api-key": Array("wh_key".utf8), "app-id": Array("bot".utf8)], now: 1_700_000_000,
            eventID: scheme.eventIDForm.id(of: event), text: "Grüße, 100% & more", authority: "localhost",
            target: payload.path, bodyTemplate: body.map { Array($0.utf8) })
        return Draft(context).signedRequest().request
    }

    private func value(_ name: String, of request: HTTPRequest) -> String? {
        request.headers.first(named: name).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("have each header once, and no placeholder in it", arguments: payloads)
    func once(_ made: (scheme: String, payload: String)) throws {
        let request = try request(made.scheme, made.payload)
        let names = request.headers.fields.map { String(decoding: $0.name, as: UTF8.self).lowercased() }
        #expect(Set(names).count == names.count, "\(names)")
        for field in request.headers.fields {
            #expect(!String(decoding: field.value, as: UTF8.self).contains("{"), "\(field)")
        }
        for place in ["{event", "{unix", "{iso", "{text"] {
            #expect(!String(decoding: request.body, as: UTF8.self).contains(place))
        }
    }

    @Test(
        "carry the vendor's User-Agent",
        arguments: [
            ("github", "ping", "GitHub-Hookshot/"), ("github", "push-form", "GitHub-Hookshot/"),
            ("stripe", "event", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"),
            ("slack", "event", "Slackbot 1.0 (+https://api.slack.com/robots)"),
            ("slack", "command", "Slackbot 1.0 (+https://api.slack.com/robots)"),
            ("discord", "command", "Discord-Interactions/1.0 (+https://discord.com)"),
            ("standard-webhooks", "event", "Svix-Webhooks/"), ("teams-bot", "activity", "Microsoft-SkypeBotApi"),
            ("scaiwave", "inbound", "countersign"),
        ])
    func agent(scheme: String, payload: String, expected: String) throws {
        #expect(value("User-Agent", of: try request(scheme, payload))?.hasPrefix(expected) == true)
    }

    @Test("of GitHub name the event, the hook and a delivery that is a GUID", arguments: ["ping", "push", "push-form"])
    func gitHub(payload: String) throws {
        let first = try request("github", payload)
        let id = try #require(value("X-GitHub-Delivery", of: first))
        #expect(UUID(uuidString: id) != nil && id == id.lowercased())
        #expect(id.dropFirst(14).first == "4" && "89ab".contains(id.dropFirst(19).prefix(1)))
        #expect(value("X-GitHub-Event", of: first) == (payload == "ping" ? "ping" : "push"))
        #expect(value("X-GitHub-Hook-ID", of: first) == "1")
        #expect(value("X-GitHub-Hook-Installation-Target-Type", of: first) == "repository")
        #expect(value("Accept", of: first) == "*/*")
        // Another delivery has another id, and the same one the same.
        #expect(value("X-GitHub-Delivery", of: try request("github", payload, event: "evt_2")) != id)
        #expect(value("X-GitHub-Delivery", of: try request("github", payload)) == id)
    }

    @Test(
        "have objects with other ids in each delivery",
        arguments: [
            ("github", "push", "/after"), ("github", "push-form", "/payload/head_commit/id"),
            ("stripe", "event", "/data/object/id"), ("slack", "event", "/event/ts"),
            ("slack", "command", "/trigger_id"), ("slack", "interaction", "/payload/trigger_id"),
            ("standard-webhooks", "event", "/data/id"),
        ])
    func objects(scheme: String, payload: String, pointer: String) throws {
        let read = try #require(SchemeLibrary.scheme(named: scheme)?.payload(named: payload))
        let ids = try ["evt_1", "evt_2"].map { event in
            try #require(read.read(request(scheme, payload, event: event).body)?[pointer: pointer]?.string)
        }
        #expect(ids[0] != ids[1])
    }

    @Test("may be forms, in which texts are escaped")
    func form() throws {
        let request = try request("slack", "command")
        #expect(value("Content-Type", of: request) == "application/x-www-form-urlencoded")
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(body.contains("command=%2Fcountersign&text=Gr%C3%BC%C3%9Fe%2C+100%25+%26+more&"))
        let interaction = String(decoding: try self.request("slack", "interaction").body, as: UTF8.self)
        #expect(interaction.hasPrefix("payload=%7B%22type%22%3A%22block_actions%22%2C"))
    }

    /// hmac.new(b"shared", b"v0:1700000000:" + body, "sha256").hexdigest() in Python, where the body is what `urlencode`
    /// makes of command, text and payload.
    @Test("of a body of the user's are signed under the media type that the user names")
    func ownBody() throws {
        let request = try request(
            "slack", "event", body: "command=%2Fcountersign&text={text}&payload=%7B%22ok%22%3Atrue%7D",
            type: "application/x-www-form-urlencoded", secret: "shared")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "command=%2Fcountersign&text=Gr%C3%BC%C3%9Fe%2C+100%25+%26+more&payload=%7B%22ok%22%3Atrue%7D")
        #expect(value("Content-Type", of: request) == "application/x-www-form-urlencoded")
        #expect(
            value("X-Slack-Signature", of: request)
                == "v0=1ebf0a039b9fa8383d773c6d35563f92bfb2a5a08b5778ca01f1bcdb25d018be")
    }

    @Test("of another form than the usual one have the id that their template has")
    func identity() throws {
        let slack = try #require(SchemeLibrary.scheme(named: "slack"))
        let command = try #require(slack.payload(named: "command"))
        #expect(slack.sending(command).eventID == nil && slack.sending(command).handshakes.isEmpty)
        #expect(slack.sending(command).payloads.map(\.id) == ["command", "interaction"])
        #expect(slack.sending(slack.payloads[0]).eventID == .pointer("/event_id"))
        let gitHub = try #require(SchemeLibrary.scheme(named: "github"))
        let form = try #require(gitHub.payload(named: "push-form"))
        #expect(gitHub.sending(form).eventID == .header("X-GitHub-Delivery"))
    }
}

@Suite("What a scheme file says of requests")
struct VendorRequestMistakesTests {
    @Test(
        "names the place of a mistake",
        arguments: [
            ("/sender", ["userAgnt": "x"], #"/sender/userAgnt: unknown key; did you mean "userAgent"?"#),
            (
                "/sender", ["userAgent": "a\nb"],
                "/sender/userAgent: expected a text on one line, with no space around it"
            ),
            ("/sender", ["headers": ["A B": "x"]], "/sender/headers/A B: expected a header name, such as X-Event"),
            ("/sender", ["headers": ["Accept": 1]], "/sender/headers/Accept: expected a string"),
            ("/sender", ["maximumBody": 12], "/sender/maximumBody: expected a whole number from 1024 to 100000000"),
            (
                "/sender", ["headers": ["user-agent": "x"]],
                "/sender/headers/user-agent: \"userAgent\" sets this header already, and it goes once"
            ),
            (
                "/sender", ["headers": ["X-Hub-Signature-256": "x"]],
                "/sender/headers/X-Hub-Signature-256: /signature/header sets this header already, and it goes once"
            ),
            (
                "/sender", ["headers": ["Host": "x"]],
                "/sender/headers/Host: the connection sets this header already, and it goes once"
            ),
            (
                "/payloads/0/headers", ["content-type": "x"],
                "/payloads/0/headers/content-type: \"contentType\" sets this header already, and it goes once"
            ),
            (
                "/payloads/0/headers", ["X-A": "1", "x-a": "2"],
                "/payloads/0/headers/x-a: /payloads/0/headers/X-A sets this header already, and it goes once"
            ),
            (
                "/eventID", ["header": "X-GitHub-Delivery", "form": "guid"],
                #"/eventID/form: expected one of "text", "uuid""#
            ),
        ] as [(String, JSON, String)])
    func mistakes(pointer: String, value: JSON, expected: String) throws {
        let text = try #require(SchemeLibrary.text(of: "github"))
        var edited = try JSON.parse(text)
        if pointer.hasPrefix("/payloads/0/") {
            var payloads = try #require(edited["payloads"]?.array)
            payloads[0] = payloads[0].replacing(pointer: String(pointer.dropFirst(11)), with: value)
            edited = edited.replacing(pointer: "/payloads", with: .array(payloads))
        } else {
            edited = edited.replacing(pointer: pointer, with: value)
        }
        let result = Result { try Scheme.read(edited.serialized()) }
        guard case .failure(let error) = result else {
            Issue.record("it was read")
            return
        }
        let problems = try #require(error as? Scheme.Mistakes).problems.map(\.description)
        #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
    }
}
