package import Platform

/// A client with one connection, which it keeps between exchanges as long as the target does.
/// It blocks, and is for one thread at a time: each thread of a run has its own.
package final class HTTPClient {
    private let target: TargetURL
    private let options: ClientOptions
    private let stop: StopSignal?
    private var addresses: [SocketAddress]?
    private var tls: TLSContext?
    private var connection: ClientConnection?

    /// Prepares a client; nothing is opened before the first exchange.
    ///
    /// - Parameter stop: what breaks off every exchange.
    package init(target: TargetURL, options: ClientOptions = ClientOptions(), stop: StopSignal? = nil) {
        self.target = target
        self.options = options
        self.stop = stop
    }

    /// Sends a request and reads its answer. One that a server may refuse unread gets a connection of its own: servers
    /// answer it with a close, or not at all on a connection that was kept, and may take what follows for its body.
    ///
    /// - Parameter patience: the time from the last byte sent until the whole answer is there; `nil` for the client's.
    package func exchange(_ request: HTTPRequest, patience: Duration? = nil) -> Exchange {
        let isAlone = request.mayBeRefusedUnread
        if isAlone { close() }
        defer { if isAlone { close() } }
        return exchange(
            bytes: request.wireBytes, partEnds: request.partEnds, method: request.method, patience: patience)
    }

    /// Sends exactly these bytes and reads the answer.
    ///
    /// When a kept connection brings no byte of an answer, because it is closed, reset or silent, the bytes are sent
    /// once more on a fresh one; the exchange says so.
    ///
    /// - Parameters:
    ///   - partEnds: where the parts end that are sent one some time after the other; empty for one part.
    ///   - method: the method in the bytes, because an answer to `HEAD` has no body.
    ///   - patience: the time from the last byte sent until the whole answer is there; `nil` for the client's.
    package func exchange(
        bytes: [UInt8], partEnds: [Int] = [], method: [UInt8], patience: Duration? = nil
    ) -> Exchange {
        let ends = partEnds.isEmpty ? [bytes.count] : partEnds
        var exchange = attempt(bytes, ends, method, patience ?? options.answerTimeout)
        // What was missing by then is no fault of the target's.
        if case .failure = exchange.result, stop?.isStopped == true { exchange.result = .failure(.brokenOff) }
        return exchange
    }

    private func attempt(
        _ bytes: [UInt8], _ partEnds: [Int], _ method: [UInt8], _ patience: Duration
    ) -> Exchange {
        let start = MonotonicClock.nanoseconds()
        var unanswered: ClientConnection.Attempt?
        if let connection, connection.isOpenAndQuiet() {
            let attempt = bytes.withUnsafeBytes {
                connection.exchange($0, partEnds: partEnds, method: method, patience: patience)
            }
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
            let attempt = bytes.withUnsafeBytes {
                fresh.exchange($0, partEnds: partEnds, method: method, patience: patience)
            }
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
            let deadline = Deadline(after: options.connectTimeout)
            switch Connector.connect(to: addresses, by: deadline, unless: stop) {
            case .failure(let failure): return .failure(failure)
            case .success(let descriptor): return secured(descriptor)
            }
        }
    }

    private func resolved() -> Result<[SocketAddress], ExchangeFailure> {
        if let addresses { return .success(addresses) }
        let deadline = Deadline(after: options.connectTimeout)
        switch Socket.resolve(host: target.host, port: target.port, by: deadline, unless: stop) {
        case .failure(let failure): return .failure(.unresolvable(host: target.host, reason: failure.reason))
        case .success(let found):
            addresses = found
            return .success(found)
        }
    }

    private func secured(_ descriptor: Int32) -> Result<any ByteStream, ExchangeFailure> {
        guard let context = tls else { return .success(PlainStream(owning: descriptor, stop: stop)) }
        do throws(TLSError) {
            let stream = try TLSStream(owning: descriptor, context: context, server: target, stop: stop)
            try stream.shakeHands(by: Deadline(after: options.connectTimeout))
            return .success(stream)
        } catch { return .failure(.tls(reason: error.reason)) }
    }
}
