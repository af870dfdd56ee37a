import Catalogue
import Platform
import Subjects
import Testing
import Transport

/// The receiver over real sockets: how each answer looks to a sender, and what the receiver keeps.
@Suite("The receiver of deliveries")
struct ReceiverTests {
    /// A receiver that listens until it is let go.
    private final class Listening: Sendable {
        let receiver = Receiver(tick: .milliseconds(20), clock: { 1_800_000_000 })
        init() throws { try receiver.listen() }
        deinit { receiver.stop() }

        func send(
            to path: String, body: String = "{}", origin: String? = nil, timeout: Duration = .seconds(5),
            readLimit: Int = 64 * 1024
        ) throws -> Result<HTTPResponse, ExchangeFailure> {
            let url = try TargetURL((origin ?? receiver.origin) + path)
            let client = HTTPClient(target: url, options: ClientOptions(answerTimeout: timeout, readLimit: readLimit))
            let headers = Headers([HeaderField("Host", url.authority)])
            return client.exchange(HTTPRequest(target: url.target, headers: headers, body: Array(body.utf8))).result
        }

        /// Waits until the sender is seen to have let go of the first attempt.
        func held(_ address: Receiver.Address) -> Double? {
            _ = receiver.waits(at: address, by: Deadline(after: .seconds(10))) { $0.first?.held != nil }
            return receiver.attempts(at: address).first?.held
        }
    }

    @Test("answers the attempts one after the other, and repeats the last answer")
    func inOrder() throws {
        let listening = try Listening()
        let answers: [StagedAnswer] = [
            .status(503, headers: [.init("Retry-After", "7")], body: "later"), .status(204),
        ]
        let address = listening.receiver.open(answers)
        let first = try listening.send(to: address.path).get()
        #expect(first.status == 503 && first.body == Array("later".utf8))
        #expect(first.headers.values(named: "retry-after") == [Array("7".utf8)])
        #expect(try listening.send(to: address.path).get().status == 204)
        #expect(try listening.send(to: address.path).get().status == 204)
        let arrivals = listening.receiver.close(address).attempts
        #expect(arrivals.map(\.answer) == answers + [.status(204)])
        #expect(arrivals.map(\.unixTime) == [1_800_000_000, 1_800_000_000, 1_800_000_000])
        #expect(zip(arrivals, arrivals.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test("writes a date that is so many seconds after the request")
    func date() throws {
        let listening = try Listening()
        let address = listening.receiver.open([.status(429, headers: [.init("Retry-After", dateAfter: 8)])])
        let answer = try listening.send(to: address.path).get()
        // The clock is that of `Listening`; date -u -d @1800000008.
        #expect(answer.headers.values(named: "retry-after") == [Array("Fri, 15 Jan 2027 08:00:08 GMT".utf8)])
    }

    @Test("has a port that refuses connections until it is opened")
    func refusal() throws {
        let listening = try Listening()
        let (server, origin) = try #require(listening.receiver.refusingServer())
        defer { server.stop() }
        let address = listening.receiver.open([.status(204)])
        guard case .failure(.unreachable) = try listening.send(to: address.path, origin: origin) else {
            Issue.record("the connection was not refused")
            return
        }
        try server.start()
        #expect(try listening.send(to: address.path, origin: origin).get().status == 204)
        #expect(listening.receiver.attempts(at: address).count == 1)
    }

    @Test("answers 200 to what comes after the watch, and keeps none of it")
    func afterwards() throws {
        let listening = try Listening()
        let address = listening.receiver.open([.status(503)])
        #expect(try listening.send(to: address.path).get().status == 503)
        #expect(listening.receiver.close(address).attempts.count == 1)
        #expect(try listening.send(to: address.path).get().status == 200)
        #expect(listening.receiver.attempts(at: address).isEmpty)
    }

    @Test("at one fixed address, a late attempt at an earlier delivery is no attempt at the next")
    func fixedAddress() throws {
        let receiver = Receiver(identify: { $0.body })
        try receiver.listen()
        defer { receiver.stop() }
        func send(_ body: String) throws -> Int {
            let url = try TargetURL(receiver.origin + "/hook")
            let request = HTTPRequest(
                target: url.target, headers: Headers([HeaderField("Host", url.authority)]), body: Array(body.utf8))
            return try HTTPClient(target: url).exchange(request).result.get().status
        }
        let first = receiver.open([.status(500)])
        receiver.takeEverything(for: first)
        #expect(try send("one") == 500)
        _ = receiver.close(first)
        let second = receiver.open([.status(201)])
        receiver.takeEverything(for: second)
        #expect(try send("one") == 200)
        #expect(try send("two") == 201)
        #expect(receiver.close(second).attempts.map(\.request.body) == [Array("two".utf8)])
    }

    @Test("keeps a request byte for byte")
    func bytes() throws {
        let listening = try Listening()
        let address = listening.receiver.open([.done])
        let url = try TargetURL(listening.receiver.origin + address.path + "?q=%C3")
        let body: [UInt8] = [0x7B, 0x00, 0xFF, 0x0D, 0x0A, 0x7D]
        let headers = Headers([
            HeaderField("Host", url.authority), HeaderField("X-oDD", "one"), HeaderField("x-odd", "two"),
        ])
        let request = HTTPRequest(method: "PUT", target: url.target, headers: headers, body: body)
        _ = HTTPClient(target: url).exchange(request).result
        let kept = try #require(listening.receiver.close(address).attempts.first).request
        #expect(kept.method == Array("PUT".utf8))
        #expect(kept.target == Array("\(address.path)?q=%C3".utf8))
        #expect(kept.body == body)
        #expect(kept.headers.fields.map { String(decoding: $0.name, as: UTF8.self) }.contains("X-oDD"))
        #expect(kept.headers.values(named: "x-odd") == [Array("one".utf8), Array("two".utf8)])
    }

    @Test("closes or resets the connection without an answer")
    func faults() throws {
        let listening = try Listening()
        let (closed, reset) = (listening.receiver.open([.close]), listening.receiver.open([.reset]))
        #expect(throws: ExchangeFailure.closedWithoutAnswer) { try listening.send(to: closed.path).get() }
        #expect(throws: ExchangeFailure.reset) { try listening.send(to: reset.path).get() }
        for address in [closed, reset] { #expect(listening.receiver.attempts(at: address).count == 1) }
    }

    @Test(
        "keeps a sender waiting, and sees for how long it did",
        arguments: [StagedAnswer.silence, .slowHead, .slowBody])
    func patience(_ answer: StagedAnswer) throws {
        let listening = try Listening()
        let address = listening.receiver.open([answer])
        let result = try listening.send(to: address.path, timeout: .milliseconds(300))
        guard case .failure(.silent(let received)) = result else {
            Issue.record("the sender saw \(result)")
            return
        }
        #expect((received == 0) == (answer == .silence))
        let held = try #require(listening.held(address))
        #expect(held > 0.2 && held < 5)
    }

    @Test(
        "sends a body without end until the sender stops, and counts what it took",
        arguments: [StagedAnswer.Coding.chunked, .gzip])
    func endless(_ coding: StagedAnswer.Coding) throws {
        let listening = try Listening()
        let address = listening.receiver.open([.endless(coding)])
        let answer = try listening.send(to: address.path, readLimit: 128 * 1024).get()
        #expect(answer.status == 200)
        #expect(answer.headers.values(named: "content-encoding").isEmpty == (coding == .chunked))
        #expect(listening.held(address) != nil)
        let taken = try #require(listening.receiver.attempts(at: address).first?.taken)
        #expect(taken > 0 && taken < 64 << 20)
    }

    @Test("redirects to another path or to the other port, and tells what arrives there from attempts")
    func redirects() throws {
        let listening = try Listening()
        for toOtherPort in [false, true] {
            let address = listening.receiver.open([.redirect(307, toOtherPort: toOtherPort)])
            let answer = try listening.send(to: address.path).get()
            #expect(answer.status == 307)
            let values = answer.headers.values(named: "location")
            let location = String(decoding: try #require(values.first), as: UTF8.self)
            #expect(location.hasPrefix(listening.receiver.origin) == !toOtherPort)
            #expect(location.hasSuffix("\(address.path)/redirected"))
            let led = try TargetURL(location)
            let origin = String(location.prefix(location.utf8.count - led.target.utf8.count))
            #expect(try listening.send(to: led.target, body: "followed", origin: origin).get().status == 200)
            // The other port knows no delivery.
            #expect(
                try listening.send(to: address.path, origin: origin).get().status == (toOtherPort ? 404 : 307))
            let seen = listening.receiver.close(address)
            #expect(seen.attempts.count == (toOtherPort ? 1 : 2))
            #expect(seen.redirected.map(\.request.body) == [Array("followed".utf8)])
        }
    }

    @Test("answers 404 at paths that belong to no delivery, and remembers the first few")
    func unknownPaths() throws {
        let listening = try Listening()
        for number in 0..<40 { #expect(try listening.send(to: "/hook/\(number)").get().status == 404) }
        let unknown = listening.receiver.unknownPaths.map { String(decoding: $0, as: UTF8.self) }
        #expect(unknown == (0..<16).map { "/hook/\($0)" })
    }

    @Test("takes every path for one delivery, where the sender has one fixed URL")
    func fixedURL() throws {
        let listening = try Listening()
        let address = listening.receiver.open([.status(500), .done])
        listening.receiver.takeEverything(for: address)
        #expect(try listening.send(to: "/fixed").get().status == 500)
        #expect(try listening.send(to: "/fixed").get().status == 200)
        listening.receiver.takeEverything(for: nil)
        #expect(try listening.send(to: "/fixed").get().status == 404)
        #expect(listening.receiver.close(address).attempts.count == 2)
    }

    @Test("keeps a thousand attempts of a flood, and answers the others 429")
    func flood() throws {
        let listening = try Listening()
        let address = listening.receiver.open([.done])
        let url = try TargetURL(listening.receiver.origin + address.path)
        let client = HTTPClient(target: url)
        let request = HTTPRequest(target: url.target, headers: Headers([HeaderField("Host", url.authority)]))
        var statuses = [Int: Int]()
        for _ in 0..<1010 {
            if case .success(let answer) = client.exchange(request).result { statuses[answer.status, default: 0] += 1 }
        }
        #expect(statuses == [200: 1000, 429: 10])
        #expect(listening.receiver.close(address).attempts.count == 1000)
    }

    @Test("answers what is not HTTP with 400, and counts it as nothing")
    func malformed() throws {
        let listening = try Listening()
        let address = listening.receiver.open([.done])
        let url = try TargetURL(listening.receiver.origin + address.path)
        let bytes = Array("POST \(address.path) nonsense\r\nHost: x\r\nContent-Length: -1\r\n\r\n".utf8)
        let result = HTTPClient(target: url).exchange(bytes: bytes, method: Array("POST".utf8)).result
        #expect(try result.get().status == 400)
        #expect(listening.receiver.close(address).attempts.isEmpty)
    }

    @Test("lets go of every sender when it stops")
    func stops() async throws {
        let listening = try Listening()
        let address = listening.receiver.open([.silence])
        let start = MonotonicClock.nanoseconds()
        let stopping = WorkerThread {
            _ = listening.receiver.waits(at: address, by: Deadline(after: .seconds(10))) { !$0.isEmpty }
            listening.receiver.stop()
        }
        #expect(throws: ExchangeFailure.self) { try listening.send(to: address.path, timeout: .seconds(20)).get() }
        stopping?.join()
        #expect(MonotonicClock.nanoseconds() - start < 10_000_000_000)
    }
}
