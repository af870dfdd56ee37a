import Bytes
import Catalogue
import Harness
import ReportModel
import Schemes
import Testing
import Transport

@Suite("The keys of a run")
struct KeySetServerTests {
    private static let scheme = SchemeLibrary.scheme(named: "teams-bot")

    private func ask(_ port: UInt16, _ target: String, method: String = "GET") throws -> HTTPResponse {
        let client = HTTPClient(target: try TargetURL("http://127.0.0.1:\(port)\(target)"))
        defer { client.close() }
        var request = HTTPRequest(method: method, target: target)
        request.headers.set("Host", Array("keys.example:9000".utf8))
        return try client.exchange(request).result.get()
    }

    private struct NoPort: Error {}

    /// Starts a server on a port that nobody has.
    static func started() throws -> (server: KeySetServer, port: UInt16) {
        let scheme = try #require(Self.scheme)
        // Ports far from those that the system gives out.
        for port in UInt16(18_000)..<18_100 {
            let server = try #require(
                KeySetServer(
                    scheme: scheme, secret: VectorContext.secret(of: scheme),
                    address: try TargetURL("http://127.0.0.1:\(port)")))
            if (try? server.start()) != nil { return (server, port) }
        }
        throw NoPort()
    }

    @Test("are found by way of the OpenID document, under the name by which the endpoint asked")
    func found() throws {
        let (server, port) = try Self.started()
        defer { server.stop() }
        let document = try JSON.parse(try ask(port, KeySetServer.documentPath).body)
        #expect(document["issuer"] == "https://api.botframework.com")
        #expect(document["jwks_uri"] == "http://keys.example:9000/v1/.well-known/keys")
        let keys = try #require(try JSON.parse(try ask(port, "/v1/.well-known/keys").body)["keys"]?.array)
        #expect(keys.map { $0["endorsements"] } == [["msteams"], ["webchat"]])
        let scheme = try #require(Self.scheme)
        #expect(
            keys.first?["kid"]?.string == scheme.signature.algorithm.keyName(of: VectorContext.secret(of: scheme).key))
        #expect(keys.allSatisfy { $0["d"] == nil && $0["p"] == nil && $0["q"] == nil }, "private numbers")
    }

    @Test("are all that is served, and only read")
    func nothingElse() throws {
        let (server, port) = try Self.started()
        defer { server.stop() }
        #expect(try ask(port, "/").status == 404)
        #expect(try ask(port, "/v1/.well-known/keys", method: "POST").status == 405)
    }

    @Test("need a scheme with tokens")
    func noTokens() throws {
        let slack = try #require(SchemeLibrary.scheme(named: "slack"))
        let address = try TargetURL("http://127.0.0.1:18000")
        #expect(KeySetServer(scheme: slack, secret: VectorContext.secret(of: slack), address: address) == nil)
    }
}
