/// What a server does with a request it was handed.
package enum ServerAction: Sendable, Hashable {
    /// Answers; a `Content-Length` and a `Date` are added unless the answer has its own.
    case answer(HTTPResponse)
    /// Answers and closes the connection.
    case answerAndClose(HTTPResponse)
    /// Closes the connection without an answer.
    case close
    /// Never answers: holds the connection until the peer closes it or the server stops.
    case hang
    /// Sends exactly these bytes and closes the connection.
    case raw([UInt8])
}

/// What a server accepts from its peers.
package struct ServerLimits: Sendable, Hashable {
    /// The most bytes of a request's body, after its framing is removed; more is answered with 413.
    package var maximumBody: Int
    /// The most bytes of a request line and its header lines; more is answered with 431.
    package var headLimit: Int
    /// How long a connection may be quiet between requests.
    package var idleTimeout: Duration
    /// The time for a whole request, from its first byte, and again for taking the answer; a slower peer gets a 408.
    package var requestTimeout: Duration
    /// The most connections at once; further ones wait in the system's queue.
    package var maximumConnections: Int

    /// Creates limits.
    package init(
        maximumBody: Int = 4 * 1024 * 1024, headLimit: Int = 64 * 1024, idleTimeout: Duration = .seconds(60),
        requestTimeout: Duration = .seconds(30), maximumConnections: Int = 256
    ) {
        self.maximumBody = maximumBody
        self.headLimit = headLimit
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
        self.maximumConnections = maximumConnections
    }
}

/// Why a server could not start, in one line.
package struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    package let description: String
}
