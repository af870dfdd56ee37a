internal import Bytes
package import Platform
internal import ReportModel
package import Schemes
package import Timing
package import Transport

/// An endpoint that is a function of this process: its requests are written to bytes and read back as a server would
/// read them, and never cross a socket.
package struct InProcessSubject: Subject {
    /// Its name in reports.
    package let name = "in process"
    /// The `Host` header of requests to it.
    package let authority = "localhost"
    /// Path and query of requests to it.
    package let path: String
    private let handler: @Sendable (HTTPRequest) -> ServerAction
    private let now: @Sendable () -> Int64
    private let kept: KeptRequests?

    /// What a server reads from the bytes of a request, or why it rejects them.
    typealias Reading = Result<HTTPRequest, Rejected>

    /// The status with which a server rejects bytes that are no request.
    struct Rejected: Error, Sendable {
        let status: Int
    }

    /// Creates a subject.
    ///
    /// - Parameters:
    ///   - path: path and query of its requests.
    ///   - now: the clock of the `Date` header, in Unix seconds.
    ///   - kept: the requests whose bytes are read once, and not each time that they are sent.
    ///   - handler: decides on each request.
    package init(
        path: String, now: @escaping @Sendable () -> Int64 = { WallClock.seconds() }, kept: KeptRequests? = nil,
        handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) {
        self.path = path
        self.now = now
        self.kept = kept
        self.handler = handler
    }

    /// The same function, reached at another path.
    package func at(path: String) -> InProcessSubject {
        InProcessSubject(path: path, now: now, kept: kept, handler: handler)
    }

    /// Opens a session.
    package func openSession(until stop: StopSignal) -> any Session { InProcessSession(self) }

    /// This process.
    package var place: TimingSettings.Place? { .inProcess }

    /// Opens a session in which the function itself is timed.
    package func openTimedSession(responses: Responses, until stop: StopSignal) -> (any TimedSession)? {
        TimedInProcessSession(self, responses: responses)
    }

    /// Returns what the function does with a request as it appears on the wire.
    package func answer(to request: HTTPRequest) -> Result<HTTPResponse, ExchangeFailure> {
        answer(to: kept?.reading(of: request) ?? Self.read(request))
    }

    /// Returns what the function does with the bytes of a request.
    func answer(to bytes: UnsafeRawBufferPointer) -> Result<HTTPResponse, ExchangeFailure> {
        answer(to: Self.read(bytes))
    }

    private func answer(to reading: Reading) -> Result<HTTPResponse, ExchangeFailure> {
        let request: HTTPRequest
        switch reading {
        case .success(let received): request = received
        case .failure(let rejected): return .success(HTTPResponse(status: rejected.status))
        }
        switch handler(request) {
        case .answer(let answer), .answerAndClose(let answer): return .success(dated(answer, to: request))
        case .close: return .failure(.closedWithoutAnswer)
        // A script needs a connection.
        case .hang, .script: return .failure(.silent(bytesReceived: 0))
        case .raw(let bytes): return Self.read(bytes, requestMethod: request.method)
        }
    }

    /// Writes a request to bytes and reads it back.
    static func read(_ request: HTTPRequest) -> Reading {
        request.wireBytes.withUnsafeBytes { read($0, partEnds: request.partEnds) }
    }

    /// More than any document allows: which bodies are too long is for the function to say.
    private static let longestBody = 256 << 20

    /// Reads a request from bytes that arrive in parts; without ends of parts, in one.
    private static func read(_ bytes: UnsafeRawBufferPointer, partEnds: [Int]? = nil) -> Reading {
        var parser = RequestParser(maximumBody: longestBody)
        var used = 0
        do {
            for end in partEnds ?? [bytes.count] {
                while used < end, !parser.isComplete {
                    let taken = try parser.consume(UnsafeRawBufferPointer(rebasing: bytes[used..<end]))
                    // What is too little to go on with is taken up with the next part.
                    if taken == 0 { break }
                    used += taken
                }
            }
        } catch {
            return .failure(Rejected(status: error.status))
        }
        return parser.isComplete ? .success(parser.arrivedRequest) : .failure(Rejected(status: 408))
    }

    /// Reads an answer from all the bytes that there are of it.
    private static func read(
        _ bytes: [UInt8], requestMethod: [UInt8]
    ) -> Result<HTTPResponse, ExchangeFailure> {
        var parser = ResponseParser(requestMethod: requestMethod)
        do {
            _ = try bytes.withUnsafeBytes { try parser.consume($0) }
            if !parser.isComplete { try parser.end() }
        } catch {
            return .failure(.truncated(bytesReceived: bytes.count))
        }
        return .success(parser.response)
    }

    /// The answer as a client would receive it.
    private func dated(_ answer: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        var answer = answer
        if answer.headers.first(named: "Date") == nil { answer.headers.append("Date", HTTPDate.format(now())) }
        let hasNoBody = answer.status == 204 || answer.status == 304 || request.method.elementsEqual("HEAD".utf8)
        if hasNoBody { answer.body = [] }
        return answer
    }
}

private final class InProcessSession: Session {
    private let subject: InProcessSubject

    init(_ subject: InProcessSubject) { self.subject = subject }

    func send(_ attempt: Attempt) -> Observed {
        Observed(subject.answer(to: attempt.request.request).mapError(Observed.Failure.init))
    }
}

private final class TimedInProcessSession: TimedSession {
    private let subject: InProcessSubject
    private let responses: Responses

    init(_ subject: InProcessSubject, responses: Responses) {
        self.subject = subject
        self.responses = responses
    }

    func time(_ request: UnsafeRawBufferPointer, delay: UInt64) -> TimedExchange {
        let start = MonotonicClock.spin(nanoseconds: delay)
        let result = subject.answer(to: request)
        let nanoseconds = MonotonicClock.nanoseconds() - start.began
        let answer = (try? result.get()).map { TimedExchange.Answer($0, headBytes: 0, responses: responses) }
        return TimedExchange(answer: answer, nanoseconds: nanoseconds, delay: start.ended - start.began)
    }
}
