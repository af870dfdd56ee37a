package import Platform
package import Transport

/// An address beside the target, such as an observer or an administrative interface: reached over HTTP, or in this
/// process.
package protocol SideChannel: Sendable {
    /// The `Host` header of requests to it.
    var authority: String { get }
    /// Path and query.
    var path: String { get }
    /// Sends a request and returns the answer.
    ///
    /// - Parameters:
    ///   - options: time limits, TLS, and how much of an answer is read.
    ///   - stop: what breaks it off.
    func answer(
        to request: HTTPRequest, options: ClientOptions, until stop: StopSignal
    ) -> Result<HTTPResponse, ExchangeFailure>
}

/// A side channel over HTTP.
package struct HTTPSideChannel: SideChannel {
    private let url: TargetURL

    /// Creates a side channel.
    package init(url: TargetURL) { self.url = url }

    /// Host and port.
    package var authority: String { url.authority }
    /// Path and query.
    package var path: String { url.target }

    /// Sends a request over a new connection.
    package func answer(
        to request: HTTPRequest, options: ClientOptions, until stop: StopSignal
    ) -> Result<HTTPResponse, ExchangeFailure> {
        HTTPClient(target: url, options: options, stop: stop).exchange(request).result
    }
}

extension InProcessSubject: SideChannel {
    /// Hands a request to the function.
    package func answer(
        to request: HTTPRequest, options: ClientOptions, until stop: StopSignal
    ) -> Result<HTTPResponse, ExchangeFailure> {
        answer(to: request)
    }
}
