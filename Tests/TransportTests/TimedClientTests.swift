import Bytes
import Platform
import Testing
import Transport

/// The client that measures the time to the first byte of an answer.
@Suite struct TimedClientTests {
    private static let post = Array("POST".utf8)

    private static func measuring<Result>(
        _ action: @escaping @Sendable (HTTPRequest) -> ServerAction, timeout: Duration = .seconds(20),
        _ body: (TimedClient, _ request: [UInt8]) throws -> Result
    ) throws -> Result {
        let server = HTTPServer(handler: action)
        try server.start()
        defer { server.stop() }
        let target = try TargetURL("http://127.0.0.1:\(server.port)/hook")
        let client = TimedClient(
            target: target, options: ClientOptions(answerTimeout: timeout))
        let request = HTTPRequest(target: "/hook", headers: Headers([HeaderField("Host", target.authority)]), body: [1])
        return try body(client, request.wireBytes)
    }

    private static func time(_ client: TimedClient, _ request: [UInt8], delay: UInt64 = 0) -> TimedClient.Measured {
        request.withUnsafeBytes { client.exchange($0, method: post, delay: delay) }
    }

    @Test func oneConnectionCarriesAllRequests() throws {
        let answer = HTTPResponse(status: 401, body: [UInt8](repeating: 0x61, count: 100_000))
        try Self.measuring({ _ in .answer(answer) }) { client, request in
            for number in 0..<5 {
                let measured = Self.time(client, request)
                let answer = try measured.result.get()
                #expect(answer.status == 401)
                #expect(measured.openedConnection == (number == 0))
                #expect(!measured.endsConnection)
                #expect(measured.nanoseconds > measured.delay)
            }
        }
    }

    @Test func tlsIsOneConnectionToo() throws {
        try TLSTests.with("good") { server in
            let target = try TargetURL("https://localhost:\(server.port)/hook")
            let client = TimedClient(target: target, options: try TLSTests.options())
            let request = HTTPRequest(target: "/hook", headers: Headers([HeaderField("Host", target.authority)]))
            for number in 0..<5 {
                let measured = Self.time(client, request.wireBytes)
                let answer = try measured.result.get()
                #expect(answer.status == 200)
                #expect(measured.openedConnection == (number == 0))
            }
        }
    }

    @Test func theBytesOfTheHeadAreThoseBeforeTheBody() throws {
        try Self.measuring({ _ in .answer(HTTPResponse(status: 401, body: Array("no".utf8))) }) { client, request in
            let heads = (0..<3).map { _ in Self.time(client, request).headBytes }
            #expect(heads.allSatisfy { $0 > "HTTP/1.1 401 \r\n\r\n".utf8.count })
            #expect(Set(heads).count == 1)
        }
    }

    @Test func theDelayComesAfterTheStartOfTheClock() throws {
        try Self.measuring({ _ in .answer(HTTPResponse(status: 401)) }) { client, request in
            _ = Self.time(client, request)
            let measured = Self.time(client, request, delay: 3_000_000)
            #expect(measured.delay >= 3_000_000)
            #expect(measured.nanoseconds >= measured.delay)
        }
    }

    @Test func aServerThatClosesIsSeenToDoSo() throws {
        try Self.measuring({ _ in .answerAndClose(HTTPResponse(status: 401)) }) { client, request in
            for _ in 0..<3 {
                let measured = Self.time(client, request)
                let answer = try measured.result.get()
                #expect(answer.status == 401)
                #expect(measured.openedConnection)
                #expect(measured.endsConnection)
            }
        }
    }

    @Test func silenceEndsAtTheDeadline() throws {
        try Self.measuring({ _ in .hang }, timeout: .milliseconds(50)) { client, request in
            #expect(Self.time(client, request).result == .failure(.silent(bytesReceived: 0)))
        }
    }

    @Test func aStopEndsTheWaitBeforeTheDeadline() throws {
        let stop = StopSignal()
        let server = HTTPServer { _ in
            stop.stop()
            return .hang
        }
        try server.start()
        defer { server.stop() }
        let target = try TargetURL("http://127.0.0.1:\(server.port)/hook")
        let client = TimedClient(target: target, options: ClientOptions(answerTimeout: .seconds(600)), stop: stop)
        let request = HTTPRequest(target: "/hook", headers: Headers([HeaderField("Host", target.authority)]))
        #expect(Self.time(client, request.wireBytes).result == .failure(.silent(bytesReceived: 0)))
    }

    @Test func aTargetThatIsNotThereIsNoAnswer() throws {
        let client = TimedClient(target: try TargetURL("http://127.0.0.1:1/hook"), options: ClientOptions())
        guard case .failure(.unreachable) = Self.time(client, [1]).result else {
            Issue.record("an answer from nowhere")
            return
        }
    }
}
