package import Platform

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
    /// Does what a script says with the connection, and closes it.
    case script(ConnectionScript)
}

/// What a server does with a connection, where an answer takes its time or never ends.
package final class ConnectionScript: Sendable, Hashable {
    let run: @Sendable (ServerPeer) -> Void

    /// Creates a script. The closure runs on the thread of the connection.
    package init(_ run: @escaping @Sendable (ServerPeer) -> Void) { self.run = run }

    /// Two scripts are equal when they are the same.
    package static func == (left: ConnectionScript, right: ConnectionScript) -> Bool { left === right }

    /// Hashes the identity.
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// The peer of a connection that a script serves.
package struct ServerPeer {
    let stream: any ByteStream

    /// Sends bytes.
    ///
    /// - Returns: whether the system took them all by the deadline.
    package func send(_ bytes: [UInt8], by deadline: Deadline) -> Bool { stream.sendAll(bytes, by: deadline) }

    /// Waits until the peer closes the connection or the deadline passes, and drops what it sends.
    ///
    /// - Returns: whether it closed it.
    package func closes(by deadline: Deadline) -> Bool {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
        defer { room.deallocate() }
        while true {
            switch stream.receive(into: room, by: deadline) {
            case .moved: continue
            case .ended, .failed: return true
            case .blocked, .timedOut: return false
            }
        }
    }

    /// Makes the end of the connection a reset.
    package func resetAtEnd() { Socket.resetOnClose(stream.descriptor) }
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

/// What a server tells of peers besides their requests; called on the threads of the connections.
package struct ServerWatch: Sendable {
    /// Something arrived that could not be handed over, and was answered with this status.
    package var refused: @Sendable (_ status: Int) -> Void
    /// A TLS handshake has ended.
    package var shookHands: @Sendable (HandshakeEnd) -> Void

    /// Creates a watch.
    package init(
        refused: @escaping @Sendable (_ status: Int) -> Void = { _ in },
        shookHands: @escaping @Sendable (HandshakeEnd) -> Void = { _ in }
    ) {
        self.refused = refused
        self.shookHands = shookHands
    }
}

/// How a TLS handshake ended, as its server saw it.
package enum HandshakeEnd: Sendable, Hashable {
    /// The peer took the certificate.
    case agreed
    /// The peer broke it off, or there was no version that both speak.
    case failed
    /// The peer spoke HTTP without TLS.
    case plainHTTP
}

/// Why a server could not start, in one line.
package struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    package let description: String
}
