internal import Platform

/// A TCP connection.
final class PlainStream: ByteStream {
    let descriptor: Int32
    let stop: StopSignal?

    /// Takes over a connected socket.
    init(owning descriptor: Int32, stop: StopSignal? = nil) {
        self.descriptor = descriptor
        self.stop = stop
        Descriptor.setBlocking(false, descriptor)
        Socket.disableSendDelay(descriptor)
    }

    deinit { Descriptor.close(descriptor) }

    func receiveNow(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        do {
            let count = try Socket.receive(descriptor, into: buffer)
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
