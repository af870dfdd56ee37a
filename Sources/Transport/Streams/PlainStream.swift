internal import Platform

/// A TCP connection.
final class PlainStream: ByteStream {
    let descriptor: Int32
    private let patience: UInt64

    /// Takes over a connected socket.
    ///
    /// - Parameter patience: how long a receive usually waits. A receive with that much time left blocks in one call;
    ///   only the others cost a `poll` more.
    init(owning descriptor: Int32, patience: Duration) {
        self.descriptor = descriptor
        self.patience = patience.wholeNanoseconds
        Descriptor.setBlocking(true, descriptor)
        Socket.disableSendDelay(descriptor)
        Socket.setReceivePatience(nanoseconds: self.patience, descriptor)
    }

    deinit { Descriptor.close(descriptor) }

    func receiveNow(into buffer: UnsafeMutableRawBufferPointer) -> Transfer { receive(into: buffer, waits: false) }

    func receiveAsleep(into buffer: UnsafeMutableRawBufferPointer, by deadline: Deadline) -> Transfer {
        // The system counts its patience in ticks of a few milliseconds anyway.
        if deadline.remaining >= patience - min(patience, 1_000_000) {
            let transfer = receive(into: buffer, waits: true)
            guard case .blocked = transfer else { return transfer }
        }
        while true {
            let transfer = receive(into: buffer, waits: false)
            guard case .blocked(let interest) = transfer else { return transfer }
            if !isReady(for: interest, by: deadline) { return .timedOut }
        }
    }

    private func receive(into buffer: UnsafeMutableRawBufferPointer, waits: Bool) -> Transfer {
        do {
            let count = try Socket.receive(descriptor, into: buffer, waits: waits)
            return count == 0 ? .ended : .moved(count)
        } catch { return Self.transfer(error, .readable) }
    }

    func sendNow(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        do { return .moved(try Socket.send(descriptor, bytes)) } catch { return Self.transfer(error, .writable) }
    }

    private static func transfer(_ error: SystemError, _ interest: Interest) -> Transfer {
        if error.isWouldBlock || error.isInterrupted { return .blocked(interest) }
        if error.isReset { return .failed(.reset) }
        return error.isTimeout ? .timedOut : .failed(.system(error.description))
    }

    func finishSending() { Socket.finishSending(descriptor) }
}
