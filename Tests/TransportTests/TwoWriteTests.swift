import Testing

@testable import Transport

/// A peer that writes head and body apart holds the body back until the head is acknowledged, and the system delays an
/// acknowledgement by 40 ms, once a connection has been used for a while.
@Suite("A message in two writes", .enabled(if: Command.hasPython, "python3 is not installed"))
struct TwoWriteTests {
    static let server = """
        import http.server, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = int(sys.argv[1])
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")
            def log_message(self, *arguments): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    private func median(buffer: Int) throws -> Double {
        var median = 0.0
        try Command.serving(["python3", "-c", Self.server, String(buffer)]) { port in
            let client = HTTPClient(target: try TargetURL("http://127.0.0.1:\(port)/"))
            let request = HTTPRequest.sample()
            let exchanges = (0..<60).map { _ in client.exchange(request) }
            #expect(exchanges.allSatisfy { (try? $0.result.get().body) == Array("{}".utf8) })
            #expect(exchanges.dropFirst().allSatisfy { !$0.openedConnection })
            median = Double(exchanges.suffix(30).map(\.total).sorted()[15]) / 1e6
        }
        return median
    }

    @Test("is no slower to receive than one in one")
    func answers() throws {
        let (one, two) = (try median(buffer: 65_536), try median(buffer: 0))
        print("median exchange: \(one) ms in one write, \(two) ms in two")
        #expect(two < 20, "in one write: \(one) ms")
    }

    @Test("reaches a server without delay")
    func requests() throws {
        let server = HTTPServer { .answer(HTTPResponse(status: 200, body: $0.body)) }
        try server.start()
        defer { server.stop() }
        let script = """
            import socket, sys, time
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
            times = []
            for _ in range(60):
                start = time.monotonic()
                s.send(b"POST / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 2\\r\\n\\r\\n")
                s.send(b"{}")
                answer = b""
                while not answer.endswith(b"{}"): answer += s.recv(4096)
                times.append(time.monotonic() - start)
            print(sorted(times[30:])[15] * 1000)
            """
        let median = try #require(
            Double(try Command.run("python3", ["-c", script, String(server.port)]).output.dropLast()))
        print("median request in two writes: \(median) ms")
        #expect(median < 20)
    }
}
