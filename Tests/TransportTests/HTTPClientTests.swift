import Platform
import Testing

@testable import Transport

@Suite("A client and the answers it gets")
struct HTTPClientTests {
    struct Script: Sendable, CustomTestStringConvertible {
        var name: String
        var answer: String
        var method = "POST"
        var expected: Result<HTTPResponse, ExchangeFailure>
        var testDescription: String { name }
    }

    static func success(_ status: Int, _ reason: String, _ fields: [HeaderField] = [], body: String = "")
        -> Result<HTTPResponse, ExchangeFailure>
    {
        .success(HTTPResponse(status: status, reason: reason, headers: Headers(fields), body: Array(body.utf8)))
    }

    static let length2 = HeaderField("Content-Length", "2")

    /// The peer sends the answer after the head of the request and closes.
    static let scripts: [Script] = [
        Script(
            name: "a length", answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            expected: success(200, "OK", [length2], body: "hi")),
        Script(
            name: "chunks with extension and trailer",
            answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX: y\r\n\r\n",
            expected: success(200, "OK", [HeaderField("Transfer-Encoding", "chunked")], body: "hello")),
        Script(
            name: "until the end", answer: "HTTP/1.0 200 OK\r\n\r\nall of it",
            expected: success(200, "OK", body: "all of it")),
        Script(
            name: "HEAD has no body", answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", method: "HEAD",
            expected: success(200, "OK", [length2])),
        Script(name: "204 has no body", answer: "HTTP/1.1 204 No\r\n\r\n", expected: success(204, "No")),
        Script(
            name: "304 has no body", answer: "HTTP/1.1 304 \r\nContent-Length: 2\r\n\r\n",
            expected: success(304, "", [length2])),
        Script(
            name: "interim answers are passed over",
            answer: "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n"
                + "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n",
            expected: success(401, "No", [HeaderField("Content-Length", "0")])),
        Script(
            name: "endless interim answers", answer: String(repeating: "HTTP/1.1 100 Go\r\n\r\n", count: 100),
            expected: .failure(.answerTooLarge(reason: "more than 16 interim answers"))),
        Script(name: "closes at once", answer: "", expected: .failure(.closedWithoutAnswer)),
        Script(name: "half a head", answer: "HTTP/1.1 200 O", expected: .failure(.truncated(bytesReceived: 14))),
        Script(
            name: "half a body", answer: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi",
            expected: .failure(.truncated(bytesReceived: 40))),
        Script(
            name: "half a chunk", answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi",
            expected: .failure(.truncated(bytesReceived: 52))),
        Script(
            name: "SSH", answer: "SSH-2.0-OpenSSH_9.2\r\n",
            expected: .failure(.notHTTP(prefix: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)))),
        Script(
            name: "rubbish for a chunk size",
            answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            expected: .failure(.malformed(reason: "a chunk size is not hexadecimal (RFC 9112 §7.1)"))),
        Script(
            name: "a NUL in a header", answer: "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
            expected: .failure(.malformed(reason: "a header value has a NUL or a bare CR (RFC 9110 §5.5)"))),
        Script(
            name: "a folded header", answer: "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
            expected: .failure(.malformed(reason: "a header line is folded (RFC 9112 §5.2)"))),
    ]

    @Test("are told apart", arguments: scripts)
    func answers(_ script: Script) throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "\r\n\r\n{}")
            connection.send(script.answer)
        }
        let exchange = HTTPClient(target: try peer.url).exchange(.sample(script.method))
        #expect(exchange.result == script.expected)
        #expect(exchange.openedConnection)
        #expect(exchange.bytesSent == HTTPRequest.sample(script.method).wireBytes.count)
    }

    @Test("come to exactly the bytes that were to be sent")
    func exactBytes() throws {
        let peer = try ScriptedPeer { connection, _ in
            let head = connection.read(until: "END")
            connection.send(Array("HTTP/1.1 200 OK\r\nContent-Length: \(head.count)\r\n\r\n".utf8) + head)
        }
        let bytes = Array("pOsT  /x HTTP/9\r\nA:1\r\na:\t2 \r\n\r\n".utf8) + [0, 0xFF, 0x0A] + Array("END".utf8)
        let exchange = HTTPClient(target: try peer.url).exchange(bytes: bytes, method: Array("POST".utf8))
        #expect(try exchange.result.get().body == bytes)
    }

    @Test("arrive byte by byte without harm")
    func byteByByte() throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            for byte in "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8 {
                connection.send([byte])
            }
        }
        #expect(try HTTPClient(target: try peer.url).exchange(.sample()).result.get().body == Array("abc".utf8))
    }

    @Test("time out even if a byte arrives now and then")
    func drip() throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.send("HTTP/1.1 200 OK\r\nX: ")
            connection.drip()
        }
        let exchange = HTTPClient(target: try peer.url, options: .hasty).exchange(.sample())
        guard case .failure(.silent(let count)) = exchange.result else {
            Issue.record("\(exchange.result)")
            return
        }
        #expect(count > 20)
        #expect(exchange.total < 5_000_000_000)
    }

    @Test("may never come")
    func silence() throws {
        let peer = try ScriptedPeer { connection, _ in _ = connection.readToEnd() }
        let exchange = HTTPClient(target: try peer.url, options: .hasty).exchange(.sample())
        #expect(exchange.result == .failure(.silent(bytesReceived: 0)))
        #expect(exchange.total >= 200_000_000)
    }

    @Test("may be a reset")
    func reset() throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.willReset()
        }
        #expect(HTTPClient(target: try peer.url).exchange(.sample()).result == .failure(.reset))
    }

    @Test("may have header lines without end", arguments: ["X: y\r\n", "X"])
    func endlessHead(_ piece: String) throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send(String(repeating: piece, count: 1000)) {}
        }
        let exchange = HTTPClient(target: try peer.url).exchange(.sample())
        #expect(exchange.result == .failure(.answerTooLarge(reason: "the header lines exceed 65536 bytes")))
    }

    @Test("are cut when they are long, and their connection is not used again", arguments: [true, false])
    func longBody(isChunked: Bool) throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            let megabyte = [UInt8](repeating: 0x61, count: 1 << 20)
            connection.send(
                "HTTP/1.1 200 OK\r\n" + (isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 67108864")
                    + "\r\n\r\n")
            for _ in 0..<64 {
                guard connection.send((isChunked ? Array("100000\r\n".utf8) : []) + megabyte) else { return }
                if isChunked { connection.send("\r\n") }
            }
        }
        let client = HTTPClient(target: try peer.url)
        let answer = try client.exchange(.sample()).result.get()
        #expect(answer.bodyIsCut)
        #expect(answer.body == [UInt8](repeating: 0x61, count: 64 * 1024))
        #expect(client.exchange(.sample()).openedConnection)
    }

    @Test("in endless chunks of one byte are cut")
    func tinyChunks() throws {
        let sent = Monitor((bytes: 0, isOver: false))
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunks = Array(String(repeating: "1\r\na\r\n", count: 10_000).utf8)
            while connection.send(chunks) { sent.change { $0.bytes += chunks.count } }
            sent.change { $0.isOver = true }
        }
        let exchange = HTTPClient(target: try peer.url).exchange(.sample())
        let answer = try exchange.result.get()
        #expect(answer.bodyIsCut)
        #expect(answer.body == [UInt8](repeating: 0x61, count: 64 * 1024))
        sent.wait { $0.isOver }
        // Four mebibytes of body would be 24 of these; what the sockets hold comes on top of what was read.
        #expect(sent.change { $0.bytes } < 12 << 20)
    }

    @Test("that never stop coming are given up at the deadline", arguments: ["X: y\r\n", "\r\n"])
    func neverEnding(_ headEnd: String) throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.send("HTTP/1.1 200 OK\r\n\(headEnd)")
            let piece = [UInt8](repeating: 0x61, count: 1 << 16)
            while connection.send(piece) {}
        }
        var options = ClientOptions.hasty
        options.headLimit = .max
        options.readLimit = .max
        let exchange = HTTPClient(target: try peer.url, options: options).exchange(.sample())
        guard case .failure(.silent(let count)) = exchange.result else {
            Issue.record("\(exchange.result)")
            return
        }
        #expect(count > 1 << 16)
        #expect(exchange.total < 5_000_000_000)
    }

    @Test("longer than the kept part leave the connection usable")
    func keptLimit() throws {
        let peer = try ScriptedPeer { connection, _ in
            while !connection.read(until: "{}").isEmpty {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
            }
        }
        let client = HTTPClient(target: try peer.url, options: ClientOptions(keptBodyLimit: 4))
        for isFirst in [true, false] {
            let exchange = client.exchange(.sample())
            #expect(try exchange.result.get().body == Array("0123".utf8))
            #expect(try exchange.result.get().bodyIsCut)
            #expect(exchange.openedConnection == isFirst)
        }
    }

    @Test("are read while the request is still being sent", arguments: [true, false])
    func earlyAnswer(closes: Bool) throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
            // The request is never read: the socket's buffers fill, or the close becomes a reset.
            if !closes { connection.drip() }
        }
        let request = HTTPRequest.sample(body: [UInt8](repeating: 0, count: 32 << 20))
        let exchange = HTTPClient(target: try peer.url).exchange(request)
        #expect(try exchange.result.get().status == 413)
        #expect(exchange.bytesSent < request.body.count)
    }

    @Test("never come from a peer that takes nothing")
    func sendTimeout() throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nX: ")
            connection.drip()
        }
        let request = HTTPRequest.sample(body: [UInt8](repeating: 0, count: 32 << 20))
        let exchange = HTTPClient(target: try peer.url, options: .hasty).exchange(request)
        #expect(exchange.result == .failure(.sendTimedOut(bytesSent: exchange.bytesSent)))
        #expect(exchange.bytesSent < request.body.count)
    }
}
