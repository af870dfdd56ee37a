import Testing
import Transport

@Suite("A body in pieces") struct PiecesTests {
    private static let body = Array(String(repeating: "署名", count: 40).utf8)

    private static func request(by size: Int) -> HTTPRequest {
        var request = HTTPRequest.sample(body: body)
        request.framing = .pieces(size: size)
        return request
    }

    @Test("is sent after the head, piece by piece, to the end", arguments: [1, 7, 100, 240, 1000])
    func parts(_ size: Int) throws {
        let request = Self.request(by: size)
        var whole = request
        whole.framing = .contentLength
        #expect(request.wireBytes == whole.wireBytes)
        let ends = request.partEnds
        let pieces = zip(ends, ends.dropFirst()).map { Array(request.wireBytes[$0..<$1]) }
        #expect(request.wireBytes[..<ends[0]].suffix(4).elementsEqual("\r\n\r\n".utf8))
        #expect(pieces.flatMap(\.self) == Self.body)
        #expect(pieces.dropLast().allSatisfy { $0.count == size } && pieces.allSatisfy { !$0.isEmpty })
        #expect(whole.partEnds == [whole.wireBytes.count])
    }

    @Test("is known for one where it arrives so", arguments: [1, 100, 240])
    func arrives(_ size: Int) throws {
        let request = Self.request(by: size)
        let bytes = request.wireBytes
        var parser = RequestParser()
        var used = 0
        for end in request.partEnds { used += try bytes[used..<end].withUnsafeBytes { try parser.consume($0) } }
        #expect(parser.isComplete && parser.request.framing == .contentLength)
        #expect(parser.arrivedRequest.framing == (size < Self.body.count ? .pieces(size: size) : .contentLength))
        #expect(parser.arrivedRequest.body == Self.body)
    }

    @Test("arrives whole") func exchange() throws {
        let server = HTTPServer { .answer(HTTPResponse(status: 200, body: $0.body)) }
        try server.start()
        defer { server.stop() }
        let client = HTTPClient(target: try TargetURL("http://127.0.0.1:\(server.port)/"))
        for size in [50, 240, 7] {
            let exchange = client.exchange(Self.request(by: size))
            #expect(try exchange.result.get().body == Self.body)
        }
    }

    @Test("may be refused before it is sent") func early() throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.readHead()
            connection.send("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            _ = connection.readToEnd()
        }
        // On a busy machine the peer's thread may be long in coming.
        let client = HTTPClient(target: try peer.url, options: ClientOptions(answerTimeout: .seconds(60)))
        let exchange = client.exchange(Self.request(by: 10))
        #expect(try exchange.result.get().status == 401)
    }
}
