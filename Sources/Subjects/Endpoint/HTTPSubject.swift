internal import ReportModel
internal import Schemes
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
    package func openSession() -> any Session { HTTPSession(client: HTTPClient(target: url, options: options)) }
}

private final class HTTPSession: Session {
    private let client: HTTPClient

    init(client: HTTPClient) { self.client = client }

    func send(_ attempt: Attempt) -> Observed {
        let exchange = client.exchange(attempt.request.request)
        return Observed(exchange.result.mapError(Observed.Failure.init), nanoseconds: exchange.total)
    }
}

extension Observed.Failure {
    /// Creates a failure from what went wrong on the wire.
    package init(_ failure: ExchangeFailure) {
        let kind: Kind =
            switch failure {
            case _ where failure.isConnectionFailure: .notReached
            case .silent, .sendTimedOut: .silent
            default: .broken
            }
        self.init(kind, words: failure.words, detail: failure.description)
    }
}
