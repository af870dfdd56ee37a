import Foundation
import Testing

@testable import Transport

@Suite("TLS")
struct TLSTests {
    static func options(ca: Bool = true, insecure: Bool = false) throws -> ClientOptions {
        let file = try TestCertificates.shared.get().path("ca.pem")
        return ClientOptions(tls: TLSOptions(caFile: ca ? file : nil, insecure: insecure))
    }

    static func with(_ certificate: String, _ body: (HTTPServer) throws -> Void) throws {
        let files = try TestCertificates.shared.get()
        let identity = ServerIdentity(
            certificateFile: files.path("\(certificate).pem"), keyFile: files.path("server.key"))
        let server = HTTPServer(tls: identity) { .answer(HTTPResponse(status: 200, body: $0.body)) }
        try server.start()
        defer { server.stop() }
        try body(server)
    }

    @Test("carries many exchanges on one connection", arguments: ["localhost", "127.0.0.1"])
    func good(_ host: String) throws {
        try Self.with("good") { server in
            let client = HTTPClient(
                target: try TargetURL("https://\(host):\(server.port)/"), options: try Self.options())
            for number in 0..<5 {
                let body = [UInt8](repeating: UInt8(number), count: number * 40_000)
                let exchange = client.exchange(.sample(body: body))
                #expect(try exchange.result.get().body.elementsEqual(body.prefix(64 * 1024)))
                #expect(exchange.openedConnection == (number == 0))
            }
        }
    }

    @Test(
        "believes no certificate that does not prove the name",
        arguments: [
            ("good", false, "the certificate is signed by an authority that is not trusted"),
            ("expired", true, "the certificate has expired"),
            ("wrong-name", true, "the certificate is for another host name"),
            ("self-signed", true, "the certificate is self-signed"),
        ])
    func refused(_ certificate: String, _ knowsCA: Bool, _ reason: String) throws {
        try Self.with(certificate) { server in
            let url = try TargetURL("https://localhost:\(server.port)/")
            let exchange = HTTPClient(target: url, options: try Self.options(ca: knowsCA)).exchange(.sample())
            #expect(exchange.result == .failure(.tls(reason: reason)))
            #expect(exchange.bytesSent == 0)
            let trusting = HTTPClient(target: url, options: try Self.options(ca: false, insecure: true))
            #expect(try trusting.exchange(.sample()).result.get().status == 200)
        }
    }

    @Test("believes no certificate for another address")
    func wrongAddress() throws {
        try Self.with("wrong-name") { server in
            let url = try TargetURL("https://127.0.0.1:\(server.port)/")
            let exchange = HTTPClient(target: url, options: try Self.options()).exchange(.sample())
            #expect(exchange.result == .failure(.tls(reason: "the certificate is for another address")))
        }
    }

    @Test("is missed where it is not spoken")
    func plainPeer() throws {
        let peer = try ScriptedPeer { connection, number in
            guard number == 0 else { return }
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            _ = connection.readToEnd()
        }
        let client = HTTPClient(target: try TargetURL("https://127.0.0.1:\(peer.port)/"))
        #expect(
            client.exchange(.sample()).result == .failure(.tls(reason: "the peer does not speak TLS on this port")))
        #expect(client.exchange(.sample()).result.failure?.isConnectionFailure == true)
    }

    @Test("is given up when the peer does not shake hands")
    func silentPeer() throws {
        let peer = try ScriptedPeer { connection, _ in _ = connection.readToEnd() }
        let exchange = HTTPClient(
            target: try TargetURL("https://127.0.0.1:\(peer.port)/"),
            options: ClientOptions(connectTimeout: .milliseconds(200))
        ).exchange(.sample())
        #expect(exchange.result == .failure(.tls(reason: "the handshake did not end in time")))
    }

    /// A client skips `HelloRequest` wherever it comes (RFC 5246 §7.4.1.1).
    @Test("is given up when the handshake does not end")
    func endlessHandshake() throws {
        let peer = try ScriptedPeer { connection, _ in
            let messages = (0..<1000).flatMap { _ in [0x16, 3, 3, 0, 4, 0, 0, 0, 0] as [UInt8] }
            while connection.send(messages) {}
        }
        let exchange = HTTPClient(target: try TargetURL("https://127.0.0.1:\(peer.port)/")).exchange(.sample())
        #expect(exchange.result == .failure(.tls(reason: "the peer keeps sending handshake messages")))
    }

    @Test("is given up when there are messages without end instead of data")
    func endlessKeyUpdates() throws {
        let files = try TestCertificates.shared.get()
        let line =
            "yes k | openssl s_server -accept 127.0.0.1:0 -tls1_3 -cert \(files.path("good.pem")) "
            + "-key \(files.path("server.key")) -naccept 2 | { head -n 2; cat >/dev/null; }"
        try Command.serving(["sh", "-c", line], port: { $0.hasPrefix("ACCEPT") ? $0.split(separator: ":").last : nil })
        { port in
            let exchange = HTTPClient(
                target: try TargetURL("https://127.0.0.1:\(port)/"),
                options: ClientOptions(answerTimeout: .seconds(60), tls: TLSOptions(insecure: true))
            ).exchange(.sample())
            #expect(
                exchange.result
                    == .failure(.tls(reason: "the peer keeps sending TLS messages without any data")))
        }
    }

    @Test("does not answer a plain client, and continues")
    func plainClient() throws {
        try Self.with("good") { server in
            let plain = HTTPClient(target: try TargetURL("http://127.0.0.1:\(server.port)/")).exchange(.sample())
            #expect(plain.result == .failure(.reset) || plain.result == .failure(.closedWithoutAnswer))
            let secured = HTTPClient(
                target: try TargetURL("https://localhost:\(server.port)/"), options: try Self.options())
            #expect(try secured.exchange(.sample()).result.get().status == 200)
        }
    }

    @Test("needs files that can be used")
    func badFiles() throws {
        let server = HTTPServer(tls: ServerIdentity(certificateFile: "/nowhere", keyFile: "/nowhere")) { _ in .close }
        let error = #expect(throws: ServerError.self) { try server.start() }
        #expect(error?.description.contains("/nowhere") == true)
        let client = HTTPClient(
            target: try TargetURL("https://127.0.0.1:1/"),
            options: ClientOptions(tls: TLSOptions(caFile: "/nowhere")))
        guard case .failure(.tls(let reason)) = client.exchange(.sample()).result else {
            Issue.record("no failure")
            return
        }
        #expect(reason.contains("/nowhere"))
    }

    @Test("is understood by Python's client", .enabled(if: Command.hasPython, "python3 is not installed"))
    func pythonClient() throws {
        try Self.with("good") { server in
            let script = """
                import http.client, ssl, sys
                context = ssl.create_default_context(cafile=sys.argv[1])
                connection = http.client.HTTPSConnection("localhost", int(sys.argv[2]), context=context)
                for body in (b"one", b"x" * 100000):
                    connection.request("POST", "/", body)
                    answer = connection.getresponse()
                    print(answer.status, answer.read() == body, answer.getheader("Date") is not None)
                """
            let files = try TestCertificates.shared.get()
            let result = try Command.run("python3", ["-c", script, files.path("ca.pem"), String(server.port)])
            #expect(result.output == "200 True True\n200 True True\n")
        }
    }

    @Test("is understood of Python's server", .enabled(if: Command.hasPython, "python3 is not installed"))
    func pythonServer() throws {
        let script = """
            import http.server, ssl, sys
            class Echo(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    self.send_response(202)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def log_message(self, *arguments): pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Echo)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[1], sys.argv[2])
            server.socket = context.wrap_socket(server.socket, server_side=True)
            print(server.server_port, flush=True)
            server.serve_forever()
            """
        let files = try TestCertificates.shared.get()
        let command = ["python3", "-c", script, files.path("good.pem"), files.path("server.key")]
        try Command.serving(command) { port in
            let client = HTTPClient(target: try TargetURL("https://localhost:\(port)/"), options: try Self.options())
            for number in 0..<3 {
                let exchange = client.exchange(.sample(body: [UInt8(number)]))
                #expect(try exchange.result.get().status == 202)
                #expect(try exchange.result.get().body == [UInt8(number)])
                #expect(exchange.openedConnection == (number == 0))
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
