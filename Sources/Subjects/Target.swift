internal import ReportModel
package import Schemes
package import Transport

/// One live subject. It gives each lane of a run an access of its own.
package protocol Target: Sendable {
    /// What it is called in a report.
    var name: String { get }
    /// The `Host` header's value.
    var authority: String { get }
    /// Path and query of its requests.
    var path: String { get }
    /// Opens an access for one thread.
    func openLane() -> any Lane
}

/// An access to a target, for one thread at a time.
package protocol Lane: AnyObject {
    /// Sends a request and observes what comes back. It never throws and always ends.
    func exchange(_ request: SignedRequest) -> Exchange
}

/// A target that is reached over HTTP.
package struct HTTPTarget: Target {
    private let url: TargetURL
    private let options: ClientOptions

    /// Creates a target.
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
    /// Opens a connection of its own, at its first exchange.
    package func openLane() -> any Lane { HTTPLane(client: HTTPClient(target: url, options: options)) }
}

private final class HTTPLane: Lane {
    private let client: HTTPClient

    init(client: HTTPClient) { self.client = client }

    func exchange(_ request: SignedRequest) -> Exchange { client.exchange(request.request) }
}
