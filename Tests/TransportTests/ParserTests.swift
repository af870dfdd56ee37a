import Bytes
import Testing
import Transport

/// Drives the parsers in pieces, as a connection would.
enum Pieces {
    /// What reading came to: the message and the bytes left over, or the fault.
    struct Outcome<Message: Hashable>: Hashable {
        var result: Result<Message, MessageError>
        var left: Int
    }

    /// Feeds the bytes in pieces that end at these places; a parser is shown again what it did not use.
    static func feed(
        _ bytes: [UInt8], endingAt ends: [Int], _ consume: (UnsafeRawBufferPointer) throws -> Int
    ) throws -> Int {
        var start = 0
        for end in ends + [bytes.count] where end >= start {
            start += try bytes[start..<end].withUnsafeBytes { try consume($0) }
        }
        return bytes.count - start
    }

    static func request(_ bytes: [UInt8], endingAt ends: [Int] = [], maximumBody: Int = 1 << 20)
        -> Outcome<HTTPRequest>
    {
        var parser = RequestParser(maximumBody: maximumBody)
        do {
            let left = try feed(bytes, endingAt: ends) { try parser.consume($0) }
            return Outcome(result: parser.isComplete ? .success(parser.request) : .failure(.truncated), left: left)
        } catch { return Outcome(result: .failure(error as? MessageError ?? .notHTTP), left: 0) }
    }

    static func response(_ bytes: [UInt8], endingAt ends: [Int] = []) -> Outcome<HTTPResponse> {
        var parser = ResponseParser(requestMethod: Array("POST".utf8))
        do {
            let left = try feed(bytes, endingAt: ends) { try parser.consume($0) }
            try parser.end()
            return Outcome(result: .success(parser.response), left: left)
        } catch { return Outcome(result: .failure(error as? MessageError ?? .notHTTP), left: 0) }
    }
}

@Suite("Messages in pieces")
struct ParserTests {
    static let requests = [
        "POST /a?b HTTP/1.1\r\nHost: h\r\nX-Sig:  a b \r\nx-SIG:\r\nContent-Length: 5\r\n\r\nhelloNEXT",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0a;x=\"y\"\r\n0123456789\r\n"
            + "000\r\nT: 1\r\n\r\n",
        "\r\nGET * HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\ncontent-length: 003\r\n\r\nabc",
    ]
    static let responses = [
        "HTTP/1.1 100 \r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        "HTTP/1.0 999 Sure thing\r\nX: \u{E9}\r\n\r\nuntil the end",
    ]

    @Test("read the same at every split", arguments: requests)
    func requestSplits(_ text: String) throws {
        let bytes = Array(text.utf8)
        let whole = Pieces.request(bytes)
        _ = try whole.result.get()
        for split in 0...bytes.count { #expect(Pieces.request(bytes, endingAt: [split]) == whole) }
        #expect(Pieces.request(bytes, endingAt: Array(0...bytes.count)) == whole)
    }

    @Test("read the same at every split of an answer", arguments: responses)
    func responseSplits(_ text: String) throws {
        let bytes = Array(text.utf8)
        let whole = Pieces.response(bytes)
        _ = try whole.result.get()
        for split in 0...bytes.count { #expect(Pieces.response(bytes, endingAt: [split]) == whole) }
        #expect(Pieces.response(bytes, endingAt: Array(0...bytes.count)) == whole)
    }

    @Test("keep every line, its case, its order and its bytes")
    func exactRequest() throws {
        let outcome = Pieces.request(Array(Self.requests[0].utf8))
        var expected = HTTPRequest(
            target: "/a?b",
            headers: Headers([
                HeaderField("Host", "h"), HeaderField("X-Sig", "a b"), HeaderField("x-SIG", ""),
                HeaderField("Content-Length", "5"),
            ]), body: Array("hello".utf8))
        #expect(outcome == .init(result: .success(expected), left: 4))
        expected = try Pieces.request(Array(Self.requests[1].utf8)).result.get()
        #expect(expected.body == Array("abc0123456789".utf8) && expected.framing == .chunked(size: 3))
        #expect(try Pieces.request(Array(Self.requests[2].utf8)).result.get().framing == .asGiven)
        #expect(try Pieces.request(Array(Self.requests[3].utf8)).result.get().body == Array("abc".utf8))
    }

    @Test("take tens of thousands of small chunks, but no endless extensions")
    func manyChunks() throws {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        let plain = head + String(repeating: "1\r\na\r\n", count: 50_000) + "0\r\n\r\n"
        #expect(try Pieces.request(Array(plain.utf8)).result.get().body.count == 50_000)
        let padded = head + String(repeating: "1;\(String(repeating: "x", count: 100))\r\na\r\n", count: 5000)
        #expect(
            Pieces.request(Array(padded.utf8)).result
                == .failure(.headTooLarge("the header lines exceed 65536 bytes")))
    }

    @Test(
        "that are no requests are refused",
        arguments: [
            ("GET  / HTTP/1.1\r\n\r\n", "three words"), ("GET / HTTP/1.1 \r\n\r\n", "three words"),
            ("GET /\r\n\r\n", "three words"), ("G(T / HTTP/1.1\r\n\r\n", "method"), (" / HTTP/1.1\r\n\r\n", "method"),
            ("GET /\u{E9} HTTP/1.1\r\n\r\n", "target"), ("GET  HTTP/1.1\r\n\r\n", "target"),
            ("GET / http/1.1\r\n\r\n", "version"), ("GET / HTTP/1.1x\r\n\r\n", "version"),
            ("GET / HTTP/2.0\r\n\r\n", "other than HTTP/1.x"), ("GET / HTTP/1.1\n\n", "bare LF"),
            ("\r\n\r\nGET / HTTP/1.1\r\n", "three words"), ("GET / HTTP/1.1\r\n\r\n", "one Host"),
            ("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", "one Host"),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "colon"), ("GET / HTTP/1.1\r\n: a\r\n\r\n", "colon"),
            ("GET / HTTP/1.1\r\nHost\r\n\r\n", "colon"), ("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "folded"),
            ("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", "NUL"), ("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", "bare CR"),
            ("GET / HTTP/1.1\r\nA: b\nHost: h\r\n\r\n", "bare LF"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "different"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 2\r\n\r\n", "different"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n", "not a number"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1_0\r\n\r\n", "not a number"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n", "not a number"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n", "longer than"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n", "longer than"),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "beside"),
            ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.0"),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", "not chunked"),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n", "not chunked"),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n\r\n", "not chunked"),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "other than chunked"),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", "twice"),
        ])
    func refusedRequests(_ text: String, _ word: String) {
        // Swift joins CR and LF to one character; the bytes are what counts.
        let outcome = Pieces.request(Array(text.utf8))
        guard case .failure(let error) = outcome.result else {
            Issue.record("accepted")
            return
        }
        #expect(error.description.contains(word), "\(error)")
    }

    @Test(
        "with rubbish for chunks are refused",
        arguments: [
            "x\r\n", "-1\r\n", "+1\r\na\r\n", "0x1\r\na\r\n", "1 \r\na\r\n", " 1\r\na\r\n", "1\r\nab\r\n", "1\na\r\n",
            "\r\n", "1\r\na\n\r\n", "fffffffffffffffff\r\n", "1,\r\na\r\n", "1;\0\r\na\r\n", "0\r\nX\r\n\r\n",
            "0\r\n X: y\r\n\r\n", "1\r\na0\r\n\r\n",
        ])
    func refusedChunks(_ chunks: String) {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        guard case .failure(.malformed) = Pieces.request(Array((head + chunks).utf8)).result else {
            Issue.record("not refused as malformed")
            return
        }
    }

    @Test(
        "that are no answers are refused",
        arguments: [
            "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 +20 OK\r\n\r\n", "HTTP/1.1 200 O\0K\r\n\r\n", "HTTP/1.1 200 OK\n\n",
            "http/1.1 200 OK\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX y\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "",
        ])
    func refusedResponses(_ text: String) {
        #expect(throws: MessageError.self) { try Pieces.response(Array(text.utf8)).result.get() }
    }

    @Test("changed at random never read differently in pieces", arguments: [1, 2, 3, 4] as [UInt64])
    func fuzz(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let isRequest = Bool.random(using: &generator)
            var bytes = Array((isRequest ? Self.requests : Self.responses).randomElement(using: &generator)!.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert([0x0D, 0x0A, 0x20, 0x2C, 0x30, 0][Int(seed) % 6], at: place)
                }
            }
            let ends = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &generator) }.sorted()
            if isRequest {
                #expect(Pieces.request(bytes, endingAt: ends) == Pieces.request(bytes))
            } else {
                #expect(Pieces.response(bytes, endingAt: ends) == Pieces.response(bytes))
            }
        }
    }
}
