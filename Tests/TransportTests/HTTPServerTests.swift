import Platform
import Testing

@testable import Transport

@Suite("A server and its requests")
struct HTTPServerTests {
    /// Starts a server, runs the test, stops the server.
    static func with(
        limits: ServerLimits = ServerLimits(), now: (@Sendable () -> Int64)? = { 784_111_777 },
        handler: @escaping @Sendable (HTTPRequest) -> ServerAction = { request in
            .answer(HTTPResponse(status: 200, body: request.method + [0x20] + request.target + [0x20] + request.body))
        },
        _ body: (HTTPServer) throws -> Void
    ) throws {
        let server = HTTPServer(limits: limits, now: now, handler: handler)
        try server.start()
        defer { server.stop() }
        try body(server)
    }

    /// Sends bytes and reads everything until the server closes.
    static func talk(_ server: HTTPServer, _ text: String) throws -> String {
        let connection = try PeerConnection.connect(port: server.port)
        connection.send(text)
        return String(decoding: connection.readToEnd(), as: UTF8.self)
    }

    static let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    struct Talk: Sendable, CustomTestStringConvertible {
        var name: String
        var sent: String
        var answers: String
        var testDescription: String { name }
    }

    static func ok(_ body: String, _ connection: String = "") -> String {
        "HTTP/1.1 200 OK\r\n\(date)Content-Length: \(body.utf8.count)\r\n\(connection)\r\n\(body)"
    }

    static func refusal(_ status: String) -> String {
        "HTTP/1.1 \(status)\r\n\(date)Content-Length: 0\r\nConnection: close\r\n\r\n"
    }

    static let close = "Connection: close\r\n"
    static let head = "POST /x HTTP/1.1\r\nHost: h\r\n"
    static let last = "GET /y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"

    @Test(
        "answers",
        arguments: [
            Talk(name: "one request", sent: last, answers: ok("GET /y ", close)),
            Talk(
                name: "pipelined requests", sent: head + "Content-Length: 2\r\n\r\nhi" + head + "\r\n" + last,
                answers: ok("POST /x hi") + ok("POST /x ") + ok("GET /y ", close)),
            Talk(
                name: "chunks and trailers",
                sent: head + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1;e\r\n!\r\n0\r\nT: x\r\n\r\n" + last,
                answers: ok("POST /x hi!") + ok("GET /y ", close)),
            Talk(name: "HTTP/1.0", sent: "GET /z HTTP/1.0\r\n\r\n", answers: ok("GET /z ", close)),
            Talk(
                name: "HTTP/1.0 kept alive", sent: "GET /z HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n" + last,
                answers: ok("GET /z ", "Connection: keep-alive\r\n") + ok("GET /y ", close)),
            Talk(
                name: "HEAD", sent: "HEAD /y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                answers: "HTTP/1.1 200 OK\r\n\(date)Content-Length: 8\r\n\(close)\r\n"),
            Talk(
                name: "length beside chunks",
                sent: head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + last,
                answers: refusal("400 Bad Request")),
            Talk(
                name: "two lengths", sent: head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nhi" + last,
                answers: refusal("400 Bad Request")),
            Talk(
                name: "a bad chunk after a good request",
                sent: head + "\r\n" + head
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + last,
                answers: ok("POST /x ") + refusal("400 Bad Request")),
            Talk(
                name: "too long a body", sent: head + "Content-Length: 1001\r\n\r\n",
                answers: refusal("413 Content Too Large")),
            Talk(
                name: "too long a chunk",
                sent: head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + String(repeating: "x", count: 1001),
                answers: refusal("413 Content Too Large")),
            Talk(
                name: "too long a head", sent: head + "X: " + String(repeating: "x", count: 100_000),
                answers: refusal("431 Request Header Fields Too Large")),
            Talk(
                name: "another coding", sent: head + "Transfer-Encoding: gzip, chunked\r\n\r\n",
                answers: refusal("501 Not Implemented")),
            Talk(
                name: "another version", sent: "GET / HTTP/2.0\r\n\r\n",
                answers: refusal("505 HTTP Version Not Supported")),
            Talk(name: "rubbish", sent: "\u{16}\u{3}\u{1}\n", answers: refusal("400 Bad Request")),
        ])
    func talks(_ talk: Talk) throws {
        try Self.with(limits: ServerLimits(maximumBody: 1000)) { server in
            let answers = try Self.talk(server, talk.sent)
            #expect(answers == talk.answers)
        }
    }

    @Test("hands a request over as it was sent")
    func exactRequest() throws {
        let seen = Monitor<HTTPRequest?>(nil)
        let handler: @Sendable (HTTPRequest) -> ServerAction = { request in
            seen.change { $0 = request }
            return .answerAndClose(HTTPResponse(status: 204))
        }
        try Self.with(handler: handler) { server in
            let connection = try PeerConnection.connect(port: server.port)
            connection.send(Array("P /%41?é HTTP/1.1\r\n".utf8.filter { $0 < 0x80 }))
            connection.send(Array("hOST:h\r\nX-A: 1\r\nx-a:  2 \t\r\nB: ".utf8) + [0xE9, 0x01] + Array("\r\n".utf8))
            connection.send(Array("Content-Length: 3\r\n\r\n".utf8) + [0, 0xFF, 0x0A])
            let answer = String(decoding: connection.readToEnd(), as: UTF8.self)
            #expect(answer == "HTTP/1.1 204 No Content\r\n\(Self.date)Connection: close\r\n\r\n")
        }
        let expected = HTTPRequest(
            method: "P", target: "/%41?",
            headers: Headers([
                HeaderField("hOST", "h"), HeaderField("X-A", "1"), HeaderField("x-a", "2"),
                HeaderField(name: [0x42], value: [0xE9, 0x01]), HeaderField("Content-Length", "3"),
            ]), body: [0, 0xFF, 0x0A])
        #expect(seen.change { $0 } == expected)
    }

    @Test("invites the body of a client that waits")
    func continues() throws {
        try Self.with { server in
            let connection = try PeerConnection.connect(port: server.port)
            connection.send(Self.head + "Content-Length: 2\r\nExpect: 100-Continue\r\nConnection: close\r\n\r\n")
            #expect(connection.readHead() == Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            connection.send("hi")
            #expect(String(decoding: connection.readToEnd(), as: UTF8.self) == Self.ok("POST /x hi", Self.close))
        }
    }

    @Test("does what the handler returns", arguments: ["/close", "/raw", "/own", "/and-close"])
    func actions(_ path: String) throws {
        let handler: @Sendable (HTTPRequest) -> ServerAction = { request in
            switch String(decoding: request.target, as: UTF8.self) {
            case "/close": return .close
            case "/raw": return .raw(Array("what\0ever".utf8))
            case "/and-close": return .answerAndClose(HTTPResponse(status: 200))
            default:
                let headers = Headers([
                    HeaderField("date", "never"), HeaderField("content-length", "9"),
                    HeaderField("connection", "close"),
                ])
                return .answer(HTTPResponse(status: 299, reason: "Mine", headers: headers, body: [0x61]))
            }
        }
        let expected = [
            "/close": "", "/raw": "what\0ever", "/and-close": Self.ok("", Self.close),
            "/own": "HTTP/1.1 299 Mine\r\ndate: never\r\ncontent-length: 9\r\nconnection: close\r\n\r\na",
        ]
        try Self.with(handler: handler) { server in
            let answer = try Self.talk(server, "GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(answer == expected[path])
        }
    }

    @Test("may hang, and still stops")
    func hang() throws {
        let server = HTTPServer { _ in .hang }
        try server.start()
        let client = HTTPClient(target: try TargetURL("http://127.0.0.1:\(server.port)/"), options: .hasty)
        #expect(client.exchange(.sample()).result == .failure(.silent(bytesReceived: 0)))
        let waiting = try PeerConnection.connect(port: server.port)
        waiting.send(Self.last)
        server.stop()
        #expect(waiting.readToEnd().isEmpty)
        server.wait()
    }

    @Test("drops slow peers", arguments: [("", ""), ("POST", "408 Request Timeout")])
    func slowPeers(_ sent: String, _ status: String) throws {
        let limits = ServerLimits(idleTimeout: .milliseconds(100), requestTimeout: .milliseconds(100))
        try Self.with(limits: limits) { server in
            let answer = try Self.talk(server, sent)
            #expect(answer == (status.isEmpty ? "" : Self.refusal(status)))
        }
    }

    @Test("keeps reading after a rejection, so that a reset does not overtake the answer")
    func gentleEnd() throws {
        try Self.with(limits: ServerLimits(maximumBody: 1000)) { server in
            let connection = try PeerConnection.connect(port: server.port)
            connection.send(Self.head + "Content-Length: 33554432\r\n\r\n")
            let everythingWasTaken = connection.send([UInt8](repeating: 0, count: 32 << 20))
            #expect(everythingWasTaken)
            let answer = String(decoding: connection.readToEnd(), as: UTF8.self)
            #expect(answer == Self.refusal("413 Content Too Large"))
        }
    }

    @Test("is not drawn out by a byte now and then")
    func drip() throws {
        try Self.with(limits: ServerLimits(requestTimeout: .milliseconds(200))) { server in
            let connection = try PeerConnection.connect(port: server.port)
            connection.send("GET / HTTP/1.1\r\nX: ")
            connection.drip()
            let answer = String(decoding: connection.readToEnd(), as: UTF8.self)
            // The drip may end in a reset, which may take the answer with it.
            #expect(answer.isEmpty || answer == Self.refusal("408 Request Timeout"))
        }
    }

    @Test("serves many connections at once, and no more than it may")
    func manyConnections() throws {
        let now = Monitor<(open: Int, most: Int)>((0, 0))
        let handler: @Sendable (HTTPRequest) -> ServerAction = { request in
            now.change { $0 = ($0.open + 1, max($0.most, $0.open + 1)) }
            defer { now.change { $0.open -= 1 } }
            return .answerAndClose(HTTPResponse(status: 200, body: request.body))
        }
        try Self.with(limits: ServerLimits(maximumConnections: 4), handler: handler) { server in
            let url = try TargetURL("http://127.0.0.1:\(server.port)/")
            let answered = Monitor(0)
            let threads = (0..<32).map { number in
                WorkerThread {
                    let exchange = HTTPClient(target: url).exchange(.sample(body: [UInt8(number)]))
                    guard case .success(let answer) = exchange.result, answer.body == [UInt8(number)] else { return }
                    answered.change { $0 += 1 }
                }
            }
            for thread in threads { thread?.join() }
            #expect(answered.change { $0 } == 32)
            #expect(now.change { $0.most } <= 4)
        }
    }

    @Test("reports that its port is taken, and starts again after a stop")
    func ports() throws {
        let first = HTTPServer { _ in .close }
        try first.start()
        let second = HTTPServer(port: first.port) { _ in .close }
        #expect(throws: ServerError.self) { try second.start() }
        first.stop()
        try second.start()
        #expect(second.port == first.port)
        second.stop()
    }

    @Test("does not start without a thread, and starts later")
    func withoutThread() throws {
        let server = HTTPServer { _ in .close }
        #expect(throws: ServerError(description: "cannot listen on port 0: the system allows no more threads")) {
            try server.start { _ in nil }
        }
        server.wait()
        try server.start()
        server.stop()
    }

    @Test("listens on IPv6 loopback too", .enabled(if: (try? Socket.listen(host: "::1", port: 0)) != nil))
    func ipv6() throws {
        let server = HTTPServer(host: "::1") { _ in .answer(HTTPResponse(status: 201)) }
        try server.start()
        defer { server.stop() }
        let exchange = HTTPClient(target: try TargetURL("http://[::1]:\(server.port)/")).exchange(.sample())
        #expect(try exchange.result.get().status == 201)
    }
}
