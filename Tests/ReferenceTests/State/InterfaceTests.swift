import Bytes
import Catalogue
import Reference
import ReportModel
import Schemes
import Testing
import Transport

@Suite("The administrative interfaces, over HTTP")
struct InterfaceTests {
    @Test("ScaiWave's makes, pauses, resumes, rotates and deletes a bridge")
    func scaiwave() throws {
        try withServer(try EndpointFixture("scaiwave")) { fixture in
            let made = try fixture.create()
            let secret = try #require(made.secret)
            #expect(made.status == 201)
            #expect(secret.text.count >= 32)
            #expect(
                fixture.opens(secret, made.path) && !fixture.opens(fixture.secret, made.path) && !fixture.opens(secret))

            let shown = fixture.ask("GET", made.admin)
            #expect(shown.status == 200 && shown.json?["room_id"] == "room_1" && shown.json?["shared_secret"] == nil)

            #expect(fixture.ask("POST", made.admin + "/pause").status == 200)
            #expect(fixture.deliver(secret: secret, path: made.path) == 403)
            #expect(fixture.deliver(secret: fixture.secret, path: made.path) == 401)
            #expect(fixture.ask("POST", made.admin + "/resume").status == 200)
            #expect(fixture.opens(secret, made.path))

            let rotated = fixture.ask("POST", made.admin + "/rotate-secret")
            #expect(rotated.status == 200)
            let fresh = try fixture.secret(rotated.json?["shared_secret"])
            #expect(fresh != secret && fixture.opens(fresh, made.path))
            fixture.clock.advance(300)
            #expect(fixture.opens(secret, made.path))
            fixture.clock.advance(1)
            #expect(!fixture.opens(secret, made.path) && fixture.opens(fresh, made.path))

            #expect(fixture.ask("DELETE", made.admin).status == 200)
            #expect(fixture.ask("GET", made.admin).status == 404 && fixture.ask("DELETE", made.admin).status == 404)
            // Whoever has the secret of a deleted bridge, or knows of none, sees what a wrong signature gives.
            let gone = fixture.send(fixture.request("evt_9", secret: fresh, path: made.path))
            let unknown = fixture.send(fixture.request("evt_9", path: "/v1/bridges/br_none/inbound"))
            let wrong = fixture.send(fixture.request("evt_9", secret: fresh))
            #expect(gone?.status == 401)
            #expect(gone == unknown && unknown == wrong)
        }
    }

    @Test("VaultysClaw's makes, lists, changes and deletes a bridge")
    func vaultysclaw() throws {
        try withServer(try EndpointFixture("vaultysclaw")) { fixture in
            let made = try fixture.create()
            let secret = try #require(made.secret)
            #expect(made.status == 201)
            #expect(made.json?["bridge"]?["isSyncEnabled"] == true)
            #expect(made.json?["bridge"]?["syncDirection"] == "incoming")
            #expect(
                fixture.opens(secret, made.path) && !fixture.opens(fixture.secret, made.path) && !fixture.opens(secret))
            #expect(try fixture.create().status == 409)

            let list = fixture.ask("GET", "/api/channels/ch_1/bridges")
            #expect(list.json?["bridges"]?.array?.map { $0["id"]?.string } == [made.id])
            #expect(list.json?["bridges"]?.array?[0]["externalChannelName"] == "CI Alerts")
            let main = fixture.ask("GET", "/api/channels/ch_countersign/bridges").json?["bridges"]?.array
            #expect(main?.map { $0["id"]?.string } == ["br_countersign"])

            for (change, status): (JSON, Int) in [
                (["isSyncEnabled": false], 403), (["isSyncEnabled": true, "syncDirection": "outgoing"], 403),
                (["syncDirection": "bidirectional"], 200), ([:], 200),
            ] {
                #expect(fixture.ask("PATCH", made.admin, change).status == 200)
                #expect(fixture.deliver(secret: secret, path: made.path) == status, "\(change)")
                #expect(fixture.deliver(secret: fixture.secret, path: made.path) == 401)
            }
            #expect(fixture.ask("PATCH", "/api/channels/ch_2/bridges/\(made.id)", [:]).status == 404)
            #expect(fixture.ask("DELETE", made.admin).json == ["success": true])
            #expect(fixture.deliver(secret: secret, path: made.path) == 404)
            #expect(fixture.deliver(path: "/api/bridges/webhook/br_none/incoming") == 404)
            let again = try fixture.create()
            #expect(again.status == 201 && again.id != made.id)
        }
    }

    @Test("VaultysClaw's keeps a bridge to Teams, and no secret ever comes back")
    func teams() throws {
        let fixture = try EndpointFixture("vaultysclaw")
        let made = try fixture.create {
            $0.replacing(pointer: "/externalService", with: "teams").replacing(
                pointer: "/config", with: ["accessToken": "eyJ-secret", "tenantId": "t", "botId": "b"])
        }
        #expect(made.status == 201 && fixture.deliver(path: made.path) == 404)
        let webhook = try fixture.create()
        let said =
            [made.json, webhook.json, fixture.ask("GET", "/api/channels/ch_1/bridges").json]
            + [fixture.ask("PATCH", webhook.admin, [:]).json]
        for json in said.compactMap(\.self) {
            let text = String(decoding: json.serialized(), as: UTF8.self)
            #expect(!text.contains("eyJ-secret") && !text.contains("a-random-secret") && !text.contains("config"))
        }
    }

    struct Ask: Sendable, CustomTestStringConvertible {
        let scheme: String
        let method: String
        let target: String
        var body: JSON?
        let status: Int
        var testDescription: String {
            "\(method) \(target) \(body.map { String(decoding: $0.serialized(), as: UTF8.self) } ?? "") → \(status)"
        }
    }

    private static func without(_ body: JSON, _ pointer: String, _ value: JSON? = nil) -> JSON {
        body.replacing(pointer: pointer, with: value)
    }

    static let asks: [Ask] =
        [
            ("POST", "/v1/admin/bridges", JSON?.none, 400), ("GET", "/v1/admin/bridges", nil, 405),
            ("PUT", "/v1/admin/bridges/br_countersign", nil, 405),
            ("GET", "/v1/admin/bridges/br_countersign", nil, 200),
            ("GET", "/v1/admin/bridges/br_none", nil, 404), ("DELETE", "/v1/admin/bridges/br_none", nil, 404),
            ("POST", "/v1/admin/bridges/br_none/pause", nil, 404),
            ("POST", "/v1/admin/bridges/br_none/resume", nil, 404),
            ("POST", "/v1/admin/bridges/br_none/rotate-secret", nil, 404),
            ("GET", "/v1/admin/bridges/br_second/pause", nil, 405), ("POST", "/v1/admin/bridges/br_second/x", nil, 404),
            ("POST", "/v1/admin/bridges/br_second/pause", nil, 200), ("GET", "/v1/admin/bridges/", nil, 404),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/name"), 201),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/transport"), 400),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/transport", "pigeon"), 400),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/direction", "up"), 400),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/room_id"), 400),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/room_id", " "), 400),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/name", 7), 400),
            ("POST", "/v1/admin/bridges", without(EndpointFixture.scaiwave, "/outbound_webhook"), 400),
            ("POST", "/v1/admin/bridges", ["x"], 400),
            ("POST", "/countersign/rotate-secret?path=/nowhere", nil, 404),
            ("POST", "/countersign/rotate-secret", nil, 404),
            ("GET", "/countersign/rotate-secret?path=/scaiwave/incoming", nil, 405),
            ("POST", "/countersign/rotate-secret?path=%2Fscaiwave%2Fincoming", nil, 200),
            ("POST", "/countersign/effects", nil, 405),
        ].map { Ask(scheme: "scaiwave", method: $0.0, target: $0.1, body: $0.2, status: $0.3) }
        + [
            ("GET", "/api/channels/ch_x/bridges", JSON?.none, 200), ("POST", "/api/channels/ch_x/bridges", nil, 400),
            ("PUT", "/api/channels/ch_x/bridges", nil, 405), ("GET", "/api/channels//bridges", nil, 404),
            ("GET", "/api/channels/ch_countersign/bridges/br_countersign", nil, 405),
            ("PATCH", "/api/channels/ch_countersign/bridges/br_none", [:], 404),
            ("DELETE", "/api/channels/ch_countersign/bridges/br_none", nil, 404),
            ("DELETE", "/api/channels/ch_countersign/bridges/br_second", nil, 404),
            ("PATCH", "/api/channels/ch_countersign/bridges/br_countersign", nil, 400),
            ("PATCH", "/api/channels/ch_countersign/bridges/br_countersign", ["isSyncEnabled": 1], 400),
            ("PATCH", "/api/channels/ch_countersign/bridges/br_countersign", ["syncDirection": "up"], 400),
            ("PATCH", "/api/channels/ch_countersign/bridges/br_countersign", ["isSyncEnabled": true], 200),
            ("POST", "/api/channels/ch_x/bridges", EndpointFixture.vaultysclaw, 201),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/syncDirection"), 201),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/syncDirection", "up"), 400),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/externalService"), 400),
            (
                "POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/externalService", "irc"),
                400
            ),
            (
                "POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/externalService", "teams"),
                400
            ),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/externalChannelId"), 400),
            (
                "POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/externalChannelName", ""),
                400
            ),
            (
                "POST", "/api/channels/ch_x/bridges",
                without(EndpointFixture.vaultysclaw, "/externalWorkspaceId", .null), 400
            ),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/config"), 400),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/config/secret"), 400),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/config/secret", ""), 400),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/config/secret", "  "), 400),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/config/secret", .null), 400),
            ("POST", "/api/channels/ch_x/bridges", without(EndpointFixture.vaultysclaw, "/config/secret", 7), 400),
        ].map { Ask(scheme: "vaultysclaw", method: $0.0, target: $0.1, body: $0.2, status: $0.3) }

    @Test("answer as their documents say, and nothing without a token", arguments: asks)
    func statuses(ask: Ask) throws {
        try withServer(try EndpointFixture(ask.scheme)) { fixture in
            let isOpen = ask.target.hasPrefix("/countersign/effects") || ask.status == 405 || ask.status == 404
            for token in [
                nil, "", "wrong", VectorContext.adminToken + "x", String(VectorContext.adminToken.dropLast()),
            ] {
                let status = fixture.ask(ask.method, ask.target, ask.body, token: token).status
                #expect(status == 401 || (isOpen && status == ask.status), "\(token ?? "none"): \(status)")
            }
            #expect(fixture.ask(ask.method, ask.target, ask.body).status == ask.status)
        }
    }

    @Test("count effects and give their ids in order")
    func effects() throws {
        try withServer(try EndpointFixture("scaiwave")) { fixture in
            _ = fixture.deliver("a")
            _ = fixture.deliver("b", secret: fixture.secondSecret, path: fixture.secondPath)
            _ = fixture.deliver("c\u{e9}\"")
            _ = fixture.deliver("a")
            let all = fixture.ask("GET", "/countersign/effects", token: nil)
            #expect(all.status == 200)
            #expect(all.json == ["effects": 3, "repetitions": 1, "events": ["a", "b", "c\u{e9}\""]])
            let main = fixture.ask("GET", "/countersign/effects?path=\(fixture.path)", token: nil).json
            #expect(main == ["effects": 2, "repetitions": 1, "events": ["a", "c\u{e9}\""]])
            let none = fixture.ask("GET", "/countersign/effects?path=/nowhere", token: nil).json
            #expect(none == ["effects": 0, "repetitions": 0, "events": []])
        }
    }

    @Test("an accepted delivery without an id has an empty one")
    func withoutID() throws {
        let fixture = try EndpointFixture("vaultysclaw")
        #expect(fixture.deliver() == 200 && fixture.deliver() == 200)
        #expect(
            fixture.ask("GET", "/countersign/effects", token: nil).json
                == ["effects": 2, "repetitions": 0, "events": ["", ""]])
    }

    @Test("hold a thousand bridges and reject more until one is deleted")
    func many() throws {
        let fixture = try EndpointFixture("scaiwave")
        let first = try fixture.create()
        for _ in 1..<1000 { #expect(try fixture.create().status == 201) }
        #expect(try fixture.create().status == 429)
        #expect(fixture.opens(try #require(first.secret), first.path))
        #expect(fixture.ask("DELETE", first.admin).status == 200)
        #expect(try fixture.create().status == 201)
        #expect(try fixture.create().status == 429)
    }

    @Test("the clock drives the Date of every answer")
    func date() throws {
        try withServer(try EndpointFixture("scaiwave")) { fixture in
            let answer = fixture.send(HTTPRequest(method: "GET", target: "/countersign/effects"))
            #expect(answer?.headers.first(named: "Date") == Array("Tue, 14 Nov 2023 22:13:20 GMT".utf8))
        }
    }

    @Test("decide about any bytes without failing, and change nothing for who has no token", arguments: 0..<8)
    func fuzz(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 99)
        let targets = Self.asks.map(\.target) + ["/v1/bridges/br_/inbound", "/api/bridges/webhook/x/incoming"]
        let pieces = ["/", "//", "%", "%2", "%2F", "?path=", "&", "=", "*", "\u{0}", "é", "br_second", "..", "{", "\""]
        for name in ["scaiwave", "vaultysclaw"] {
            let fixture = try EndpointFixture(name)
            for round in 0..<600 {
                var target = Array((targets.randomElement(using: &random) ?? "/").utf8)
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    let place = Int.random(in: 0...target.count, using: &random)
                    let bytes = Array((pieces.randomElement(using: &random) ?? "").utf8)
                    if Bool.random(using: &random) { target.removeSubrange(place...) }
                    target.insert(
                        contentsOf: Bool.random(using: &random) ? bytes : [UInt8.random(in: 0...255, using: &random)],
                        at: min(place, target.count))
                }
                var body = Array((Self.asks.randomElement(using: &random)?.body ?? [:]).serialized())
                if !body.isEmpty, Bool.random(using: &random) {
                    body[Int.random(in: body.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                let hasToken = round.isMultiple(of: 2)
                var request = HTTPRequest(
                    method: ["GET", "POST", "PATCH", "DELETE", "PUT"].randomElement(using: &random) ?? "GET",
                    target: "/", body: body)
                request.target = target
                if hasToken {
                    request.headers.append("Authorization", Array("bearer \(VectorContext.adminToken)".utf8))
                }
                let status = fixture.status(request)
                let possible = hasToken ? [200, 201, 400, 401, 404, 405, 409, 429] : [200, 401, 404, 405]
                #expect(possible.contains(status), "\(status) \(String(decoding: target, as: UTF8.self))")
                if !hasToken, status == 200 { #expect(target.starts(with: "/countersign/effects".utf8)) }
            }
        }
    }
}
