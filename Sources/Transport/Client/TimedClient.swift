package import Platform

/// A client that measures the time to the first byte of an answer, over one connection that it keeps as long as the
/// target does. It blocks, keeps a processor busy while it waits, and is for one thread.
package final class TimedClient {
    /// One request and its outcome.
    package struct Measured: Sendable {
        /// The answer, or why there is none.
        package var result: Result<HTTPResponse, ExchangeFailure>
        /// The bytes of the answer before its body.
        package var headBytes = 0
        /// The nanoseconds from the start of the clock to the first byte of the answer.
        package var nanoseconds: UInt64 = 0
        /// The nanoseconds from the start of the clock to the sending of the request.
        package var delay: UInt64 = 0
        /// Whether a connection was opened for it.
        package var openedConnection = false
        /// Whether the target ended the connection with it.
        package var endsConnection = false
    }

    private let client: HTTPClient
    private let options: ClientOptions
    private var stream: (any ByteStream)?
    private var buffer = ReceiveBuffer()

    /// Prepares a client; nothing is opened before the first exchange.
    ///
    /// - Parameter stop: what breaks off every exchange.
    package init(target: TargetURL, options: ClientOptions, stop: StopSignal? = nil) {
        client = HTTPClient(target: target, options: options, stop: stop)
        self.options = options
    }

    /// Sends exactly these bytes, in one piece, and reads the answer.
    ///
    /// - Parameter delay: how long to wait after the start of the clock, in nanoseconds.
    package func exchange(_ bytes: UnsafeRawBufferPointer, method: [UInt8], delay: UInt64) -> Measured {
        var measured = Measured(result: .failure(.closedWithoutAnswer))
        let stream: any ByteStream
        switch connection(&measured) {
        case .failure(let failure):
            measured.result = .failure(failure)
            return measured
        case .success(let open): stream = open
        }
        let deadline = Deadline(after: options.answerTimeout)
        let room = buffer.room()
        let start = MonotonicClock.spin(nanoseconds: delay)
        let sent = stream.sendNow(bytes)
        let transfer = receive(from: stream, into: room, by: deadline)
        measured.nanoseconds = MonotonicClock.nanoseconds() - start.began
        measured.delay = start.ended - start.began
        guard case .moved(bytes.count) = sent else {
            measured.result = .failure(.sendTimedOut(bytesSent: 0))
            close()
            return measured
        }
        read(transfer, stream, method: method, by: deadline, into: &measured)
        return measured
    }

    /// Closes the connection; the next exchange opens another.
    package func close() {
        stream = nil
        buffer.removeAll()
    }

    private func connection(_ measured: inout Measured) -> Result<any ByteStream, ExchangeFailure> {
        if let stream, buffer.isEmpty, case .blocked = stream.receiveNow(into: buffer.room()) {
            return .success(stream)
        }
        close()
        measured.openedConnection = true
        return client.openStream().map {
            stream = $0
            return $0
        }
    }

    /// How long to ask again and again without letting another thread have the processor, in attempts.
    private static let attempts = 400

    /// Keeps the processor busy at first: a sleeping thread takes longer to wake than a near target to answer.
    private func receive(
        from stream: any ByteStream, into room: UnsafeMutableRawBufferPointer, by deadline: Deadline
    ) -> Transfer {
        for _ in 0..<Self.attempts {
            let transfer = stream.receiveNow(into: room)
            guard case .blocked = transfer else { return transfer }
        }
        // What comes so late is clipped, whatever it is; the processor may be what the target waits for.
        return stream.receive(into: room, by: deadline)
    }

    /// Takes in what was received, and the rest of the answer.
    private func read(
        _ first: Transfer, _ stream: any ByteStream, method: [UInt8], by deadline: Deadline,
        into measured: inout Measured
    ) {
        var reader = AnswerReader(method: method, options: options)
        var (transfer, received) = (first, 0)
        while true {
            switch transfer {
            case .moved(let count):
                received += count
                buffer.markReceived(count)
                let (used, outcome) = reader.take(buffer.unread)
                buffer.markUsed(used)
                guard let outcome else { break }
                measured.result = outcome
                measured.headBytes = (try? outcome.get()).map { received - $0.body.count } ?? 0
                measured.endsConnection = !reader.leavesConnectionUsable
                if measured.endsConnection { close() }
                return
            case .ended:
                measured.result = reader.end(received: received)
                measured.endsConnection = true
                return close()
            case .blocked, .timedOut:
                measured.result = .failure(.silent(bytesReceived: received))
                return close()
            case .failed:
                measured.result = .failure(received == 0 ? .reset : .truncated(bytesReceived: received))
                return close()
            }
            Socket.acknowledgeNow(stream.descriptor)
            transfer = stream.receive(into: buffer.room(), by: deadline)
        }
    }
}
