internal import Platform

/// Why a stream can carry no more bytes.
enum StreamFailure: Error, Sendable, Hashable {
    /// The peer reset the connection.
    case reset
    /// TLS failed; the text says how.
    case tls(String)
    /// The connection ended without TLS saying so, as an attacker could make it (RFC 8446 §6.1).
    case cutOff
    /// Another error of the system.
    case system(String)
}

/// The outcome of one attempt to move bytes.
enum Transfer: Sendable {
    /// This many bytes were moved.
    case moved(Int)
    /// Nothing can be moved before the socket is ready for this.
    case blocked(Interest)
    /// The deadline passed.
    case timedOut
    /// The peer sends no more.
    case ended
    /// The stream is broken.
    case failed(StreamFailure)
}

/// One connection, plain or under TLS; it owns its socket.
protocol ByteStream: AnyObject {
    /// The socket, for waiting.
    var descriptor: Int32 { get }
    /// What ends every wait before its deadline.
    var stop: StopSignal? { get }
    /// Receives the available bytes without waiting.
    func receiveNow(into buffer: UnsafeMutableRawBufferPointer) -> Transfer
    /// Sends what fits, without waiting.
    func sendNow(_ bytes: UnsafeRawBufferPointer) -> Transfer
    /// Signals the end of data to the peer.
    func finishSending()
}

extension ByteStream {
    /// Receives, waiting until the deadline for the first byte.
    ///
    /// A peer on the same machine answers sooner than a sleeping thread wakes. Asking again for a moment, and yielding
    /// the processor in between, triples the exchanges a second on one connection and costs many connections nothing.
    func receive(into buffer: UnsafeMutableRawBufferPointer, by deadline: Deadline) -> Transfer {
        let start = MonotonicClock.nanoseconds()
        // There may always be something to receive, from a peer that sends without end.
        guard start < deadline.nanoseconds, stop?.isStopped != true else { return .timedOut }
        let end = min(start + 50_000, deadline.nanoseconds)
        repeat {
            let transfer = receiveNow(into: buffer)
            guard case .blocked = transfer else { return transfer }
            WorkerThread.yieldProcessor()
        } while MonotonicClock.nanoseconds() < end
        while true {
            let transfer = receiveNow(into: buffer)
            guard case .blocked(let interest) = transfer else { return transfer }
            if !isReady(for: interest, by: deadline) { return .timedOut }
        }
    }

    /// Waits until the stream may go on.
    ///
    /// - Returns: whether it may; not after the deadline, even if the socket is ready then.
    func isReady(for interest: Interest, by deadline: Deadline) -> Bool {
        !Descriptor.wait(descriptor, for: interest, by: deadline, unless: stop).isEmpty && !deadline.hasPassed
    }

    /// Sends everything, waiting where it must.
    ///
    /// - Returns: whether everything was handed to the system by the deadline.
    func sendAll(_ bytes: [UInt8], by deadline: Deadline) -> Bool {
        bytes.withUnsafeBytes { all in
            var sent = 0
            while sent < all.count {
                switch sendNow(UnsafeRawBufferPointer(rebasing: all[sent...])) {
                case .moved(let count): sent += count
                case .blocked(let interest):
                    if !isReady(for: interest, by: deadline) { return false }
                case .timedOut, .ended, .failed: return false
                }
            }
            return true
        }
    }
}
