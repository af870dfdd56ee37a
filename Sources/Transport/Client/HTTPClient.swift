internal import Platform

/// A client with one connection, which it keeps between exchanges as long as the target does.
/// It blocks, and is for one thread at a time: each thread of a run has its own.
package final class HTTPClient {
    private let target: TargetURL
    private let options: ClientOptions
    private var addresses: [SocketAddress]?
    private var tls: TLSContext?
    private var connection: ClientConnection?

    /// Prepares a client; nothing is opened before the first exchange.
    package init(target: TargetURL, options: ClientOptions = ClientOptions()) {
        self.target = target
        self.options = options
    }

    /// Sends a request and reads its answer. One that a server may refuse unread gets a connection of its own: servers
    /// answer it with a close, or not at all on a connection that was kept, and may take what follows for its body.
    package func exchange(_ request: HTTPRequest) -> Exchange {
        guard request.mayBeRefusedUnread else { return exchange(bytes: request.wireBytes, method: request.method) }
        close()
        defer { close() }
        return exchange(bytes: request.wireBytes, method: request.method)
    }

    /// Sends exactly these bytes and reads the answer.
    ///
    /// When a kept connection brings no byte of an answer, because it is closed, reset or silent, the bytes are sent
    /// once more on a fresh one; the exchange says so.
    ///
    /// - Parameter method: the method in the bytes, because an answer to `HEAD` has no body.
    package func exchange(bytes: [UInt8], method: [UInt8]) -> Exchange {
        let start = MonotonicClock.nanoseconds()
        var unanswered: ClientConnection.Attempt?
        if let connection, connection.isOpenAndQuiet() {
            let attempt = bytes.withUnsafeBytes { connection.exchange($0, method: method) }
            if !connection.mayBeReused { close() }
            if !attempt.isUnanswered { return record(attempt, start, openedConnection: false, wasRetried: false) }
            unanswered = attempt
        }
        close()
        switch open() {
        case .failure(let failure):
            return Exchange(
                result: .failure(failure), bytesSent: unanswered?.bytesSent ?? 0, openedConnection: false,
                wasRetried: unanswered != nil, total: MonotonicClock.nanoseconds() - start)
        case .success(let fresh):
            connection = fresh
            let attempt = bytes.withUnsafeBytes { fresh.exchange($0, method: method) }
            if !fresh.mayBeReused { close() }
            return record(attempt, start, openedConnection: true, wasRetried: unanswered != nil)
        }
    }

    /// Closes the connection; the next exchange opens another.
    package func close() { connection = nil }

    private func record(
        _ attempt: ClientConnection.Attempt, _ start: UInt64, openedConnection: Bool, wasRetried: Bool
    ) -> Exchange {
        Exchange(
            result: attempt.result, bytesSent: attempt.bytesSent, openedConnection: openedConnection,
            wasRetried: wasRetried,
            sentToFirstByte: attempt.firstByteAt > attempt.sentAt ? attempt.firstByteAt - attempt.sentAt : 0,
            total: MonotonicClock.nanoseconds() - start)
    }

    private func open() -> Result<ClientConnection, ExchangeFailure> {
        openStream().map { ClientConnection(stream: $0, options: options) }
    }

    /// Connects to the target, with the TLS handshake where there is one.
    func openStream() -> Result<any ByteStream, ExchangeFailure> {
        switch resolved() {
        case .failure(let failure): return .failure(failure)
        case .success(let addresses):
            do throws(TLSError) {
                if target.isTLS && tls == nil { tls = try TLSContext.client(options.tls) }
            } catch { return .failure(.tls(reason: error.reason)) }
            switch Connector.connect(to: addresses, by: Deadline(after: options.connectTimeout)) {
            case .failure(let failure): return .failure(failure)
            case .success(let descriptor): return secured(descriptor)
            }
        }
    }

    private func resolved() -> Result<[SocketAddress], ExchangeFailure> {
        if let addresses { return .success(addresses) }
        let deadline = Deadline(after: options.connectTimeout)
        switch Socket.resolve(host: target.host, port: target.port, by: deadline) {
        case .failure(let failure): return .failure(.unresolvable(host: target.host, reason: failure.reason))
        case .success(let found):
            addresses = found
            return .success(found)
        }
    }

    private func secured(_ descriptor: Int32) -> Result<any ByteStream, ExchangeFailure> {
        guard let context = tls else {
            return .success(PlainStream(owning: descriptor, patience: options.answerTimeout))
        }
        do throws(TLSError) {
            let stream = try TLSStream(owning: descriptor, context: context, server: target)
            try stream.shakeHands(by: Deadline(after: options.connectTimeout))
            return .success(stream)
        } catch { return .failure(.tls(reason: error.reason)) }
    }

}
