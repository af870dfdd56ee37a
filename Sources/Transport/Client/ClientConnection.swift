internal import Platform

/// One connection of a client and the bytes received on it.
final class ClientConnection {
    private let stream: any ByteStream
    private let options: ClientOptions
    private var buffer = ReceiveBuffer()
    private(set) var mayBeReused = true

    init(stream: any ByteStream, options: ClientOptions) {
        self.stream = stream
        self.options = options
    }

    /// Between two parts of a request.
    private static let pause = Duration.milliseconds(3)

    /// The outcome of one attempt.
    struct Attempt {
        var result: Result<HTTPResponse, ExchangeFailure>
        var bytesSent = 0
        var bytesReceived = 0
        var sentAt: UInt64 = 0
        var firstByteAt: UInt64 = 0

        /// Whether the connection failed before a byte of an answer.
        var isUnanswered: Bool { if case .failure = result { bytesReceived == 0 } else { false } }
    }

    /// Whether the connection is open and quiet, as it must be before it carries another request.
    ///
    /// One attempt to receive says it for TLS too, where session tickets arrive between the answers.
    func isOpenAndQuiet() -> Bool {
        guard mayBeReused, buffer.isEmpty else { return false }
        guard case .blocked = stream.receiveNow(into: buffer.room()) else { return false }
        return true
    }

    /// Sends a request and reads its answer.
    ///
    /// - Parameters:
    ///   - partEnds: where the parts end that are sent one some time after the other; the last is the end.
    ///   - patience: the time from the last byte sent until the whole answer is there.
    func exchange(
        _ bytes: UnsafeRawBufferPointer, partEnds: [Int], method: [UInt8], patience: Duration
    ) -> Attempt {
        var reader = AnswerReader(method: method, options: options)
        var attempt = Attempt(result: .failure(.closedWithoutAnswer))
        var outcome: Result<HTTPResponse, ExchangeFailure>?
        for end in partEnds where outcome == nil {
            // A peer that reads meanwhile sees the parts apart. One that has answered need not be waited for.
            if attempt.bytesSent > 0 {
                _ = Descriptor.wait(
                    stream.descriptor, for: .readable, by: Deadline(after: Self.pause), unless: stream.stop)
            }
            outcome = send(UnsafeRawBufferPointer(rebasing: bytes[..<end]), &reader, &attempt)
        }
        attempt.sentAt = MonotonicClock.nanoseconds()
        let deadline = Deadline(atNanoseconds: Deadline.sum(attempt.sentAt, patience.wholeNanoseconds))
        while outcome == nil {
            if attempt.bytesReceived > 0 { Socket.acknowledgeNow(stream.descriptor) }
            let transfer = stream.receive(into: buffer.room(), by: deadline)
            outcome = take(transfer, &reader, &attempt)
        }
        mayBeReused = reader.leavesConnectionUsable && buffer.isEmpty && attempt.bytesSent == bytes.count
        if let outcome { attempt.result = outcome }
        // A peer that stopped reading reset the connection: that no answer came back is its doing as well.
        if attempt.bytesSent < bytes.count, attempt.result == .failure(.closedWithoutAnswer) {
            attempt.result = .failure(.reset)
        }
        return attempt
    }

    /// Sends, and reads what comes back meanwhile: a target may answer before it has the whole request.
    ///
    /// - Returns: the outcome if it is decided already.
    private func send(
        _ bytes: UnsafeRawBufferPointer, _ reader: inout AnswerReader, _ attempt: inout Attempt
    ) -> Result<HTTPResponse, ExchangeFailure>? {
        var deadline: Deadline?
        while attempt.bytesSent < bytes.count {
            switch stream.sendNow(UnsafeRawBufferPointer(rebasing: bytes[attempt.bytesSent...])) {
            case .moved(let count): attempt.bytesSent += count
            case .blocked(let interest):
                let end = deadline ?? Deadline(after: options.sendTimeout)
                deadline = end
                let ready = Descriptor.wait(
                    stream.descriptor, for: interest.union(.readable), by: end, unless: stream.stop)
                if ready.isEmpty || end.hasPassed { return .failure(.sendTimedOut(bytesSent: attempt.bytesSent)) }
                guard ready.contains(.readable) else { continue }
                let transfer = stream.receiveNow(into: buffer.room())
                if case .blocked = transfer { continue }
                if let outcome = take(transfer, &reader, &attempt) { return outcome }
            case .failed(.tls(let reason)): return .failure(.tls(reason: reason))
            // The answer may have arrived before the connection broke.
            case .timedOut, .ended, .failed: return nil
            }
        }
        return nil
    }

    /// Handles what was received.
    ///
    /// - Returns: the outcome if it is decided now.
    private func take(
        _ transfer: Transfer, _ reader: inout AnswerReader, _ attempt: inout Attempt
    ) -> Result<HTTPResponse, ExchangeFailure>? {
        switch transfer {
        case .moved(let count):
            if attempt.bytesReceived == 0 { attempt.firstByteAt = MonotonicClock.nanoseconds() }
            attempt.bytesReceived += count
            buffer.markReceived(count)
            let (used, outcome) = reader.take(buffer.unread)
            buffer.markUsed(used)
            return outcome
        case .blocked, .timedOut: return .failure(.silent(bytesReceived: attempt.bytesReceived))
        case .ended: return reader.end(received: attempt.bytesReceived)
        case .failed(let failure):
            if attempt.bytesReceived > 0 { return .failure(.truncated(bytesReceived: attempt.bytesReceived)) }
            switch failure {
            case .reset: return .failure(.reset)
            case .cutOff: return .failure(.closedWithoutAnswer)
            case .tls(let reason): return .failure(.tls(reason: reason))
            case .system(let reason): return .failure(.unreachable(reason: reason))
            }
        }
    }
}
