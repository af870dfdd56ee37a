import Bytes
import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing
import Transport

/// A scheme that only these tests have, from a file as a user would write it.
@Suite("A scheme of one's own, served")
struct OwnSchemeServedTests {
    private static func scheme() throws -> Scheme {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../SchemesTests/own-scheme.json").standardizedFileURL
        return try Scheme.read([UInt8](Data(contentsOf: file)))
    }

    @Test("gets every case that its interface and its handshake make possible")
    func cases() throws {
        let scheme = try Self.scheme()
        let ids = Set(Catalogue.cases(for: scheme).map(\.id))
        let expected = [
            "handshake/signed-challenge", "handshake/stale-challenge", "lifecycle/paused", "lifecycle/deleted",
            "lifecycle/recreated", "lifecycle/create-twice", "lifecycle/no-secret", "lifecycle/create-invalid",
            "lifecycle/paused-stops-old-secret", "lifecycle/admin-needs-token", "rotation/pause-keeps-grace",
        ]
        #expect(expected.filter { !ids.contains($0) } == [])
        // It has no list, no calls for directions, no bridges of other kinds, and no ping.
        let other = [
            "lifecycle/secret-in-list", "lifecycle/outgoing-only", "lifecycle/not-a-webhook",
            "handshake/interaction-ping-answered", "lifecycle/secrets-differ",
        ]
        #expect(other.filter(ids.contains) == [])
    }

    @Test("is answered as its file says")
    func served() throws {
        let fixture = EndpointFixture(scheme: try Self.scheme())
        let hello: JSON = ["kind": "hello", "nonce": "abc"]
        let answer = try #require(fixture.send(fixture.request { $0.body = hello.serialized() }))
        #expect(answer.status == 200)
        #expect(try JSON.parse(answer.body) == ["echo": "abc"])
        #expect(fixture.effects() == 0)

        let hooks = "/admin/team-1/hooks"
        let made = fixture.ask("PUT", hooks, ["label": "x", "key": "a-secret-of-our-own"])
        let id = try #require(made.json?[pointer: "/hook/id"]?.string)
        let (path, secret) = (
            "/hooks/\(id)/in", try Secret(Array("a-secret-of-our-own".utf8), rule: fixture.scheme.signature.secret)
        )
        #expect(made.status == 201 && fixture.opens(secret, path) && !fixture.opens(fixture.secret, path))
        #expect(!String(decoding: (made.json ?? .null).serialized(), as: UTF8.self).contains("a-secret"))
        #expect(fixture.ask("PUT", hooks, ["label": "x", "key": "another"]).status == 409)
        #expect(fixture.ask("PUT", hooks, ["label": "y"]).status == 422)
        #expect(fixture.ask("PUT", hooks, ["label": "y", "key": " "]).status == 422)
        #expect(fixture.ask("GET", hooks).status == 405 && fixture.ask("PUT", hooks, token: nil).status == 401)

        #expect(fixture.ask("POST", "\(hooks)/\(id)/stop").status == 200)
        #expect(fixture.deliver(secret: secret, path: path) == 423)
        #expect(fixture.ask("POST", "\(hooks)/\(id)/start").status == 200)
        #expect(fixture.opens(secret, path))
        let fresh = try fixture.secret(fixture.ask("POST", "\(hooks)/\(id)/key").json?["key"])
        #expect(fixture.opens(fresh, path) && fixture.opens(secret, path))
        fixture.clock.advance(61)
        #expect(fixture.opens(fresh, path) && !fixture.opens(secret, path))
        #expect(fixture.ask("DELETE", "/admin/team-2/hooks/\(id)").status == 404)
        #expect(fixture.ask("DELETE", "\(hooks)/\(id)").status == 204)
        #expect(!fixture.opens(fresh, path))
    }
}
