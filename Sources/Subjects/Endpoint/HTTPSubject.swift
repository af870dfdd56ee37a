package import Platform
internal import ReportModel
package import Schemes
package import Timing
package import Transport

/// An endpoint that is reached over HTTP.
package struct HTTPSubject: Subject {
    private let url: TargetURL
    private let options: ClientOptions

    /// Creates a subject.
    package init(url: TargetURL, options: ClientOptions) {
        self.url = url
        self.options = options
    }

    /// The URL.
    package var name: String { url.description }
    /// Host and port.
    package var authority: String { url.authority }
    /// Path and query.
    package var path: String { url.target }
    /// Opens a session with its own connection, which the first attempt opens.
    package func openSession(until stop: StopSignal) -> any Session {
        HTTPSession(client: HTTPClient(target: url, options: options, stop: stop))
    }
    /// Another process of this machine, or unknown.
    package var place: TimingSettings.Place? { url.isLoopback ? .loopback : nil }
    /// Opens a session with its own connection, which the first request opens.
    package func openTimedSession(responses: Responses, until stop: StopSignal) -> (any TimedSession)? {
        TimedHTTPSession(client: TimedClient(target: url, options: options, stop: stop), responses: responses)
    }
}

private final class TimedHTTPSession: TimedSession {
    private let client: TimedClient
    private let responses: Responses
    private let method = Array("POST".utf8)

    init(client: TimedClient, responses: Responses) {
        self.client = client
        self.responses = responses
    }

    func time(_ request: UnsafeRawBufferPointer, delay: UInt64) -> TimedExchange {
        let measured = client.exchange(request, method: method, delay: delay)
        let answer = try? measured.result.get()
        return TimedExchange(
            answer: answer.map { TimedExchange.Answer($0, headBytes: measured.headBytes, responses: responses) },
            nanoseconds: measured.nanoseconds, delay: measured.delay,
            isAtEdge: measured.openedConnection || measured.endsConnection)
    }
}

extension TimedExchange.Answer {
    /// Reads an answer by a scheme's definition of accepted and rejected.
    init(_ answer: HTTPResponse, headBytes: Int, responses: Responses) {
        let reading: Reading =
            switch Observed(.success(answer)).observation(by: responses) {
            case _ where answer.limitsTheRate: .limited
            case .accepted: .accepted
            case .rejected: .rejected
            default: .other
            }
        self.init(reading, status: answer.status, headBytes: headBytes, bodyBytes: answer.body.count)
    }
}

private final class HTTPSession: Session {
    private let client: HTTPClient

    init(client: HTTPClient) { self.client = client }

    func send(_ attempt: Attempt) -> Observed {
        let exchange = client.exchange(attempt.request.request, patience: attempt.patience)
        return Observed(
            exchange.result.mapError { Self.failure($0, of: exchange) }, nanoseconds: exchange.total,
            isOnKeptConnection: !exchange.openedConnection)
    }

    func startOver() { client.close() }

    /// A target that took a request and broke it off was reached, even if nobody listens any more.
    private static func failure(_ failure: ExchangeFailure, of exchange: Exchange) -> Observed.Failure {
        Observed.Failure(exchange.wasRetried && failure.isConnectionFailure ? .closedWithoutAnswer : failure)
    }
}

extension Observed.Failure {
    /// Creates a failure from what went wrong on the wire.
    package init(_ failure: ExchangeFailure) {
        let kind: Kind =
            switch failure {
            case _ where failure.isConnectionFailure: .notReached
            case .silent, .sendTimedOut: .silent
            case .brokenOff: .brokenOff
            default: .broken
            }
        self.init(kind, words: failure.words, detail: failure.description)
    }
}
