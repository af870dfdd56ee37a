#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Bytes through a socket, and its options and endings.
extension System {
    /// Receives what is there; `waits` lets the call block for as long as the socket's own patience.
    package static func receive(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, waits: Bool
    ) throws(SystemError) -> Int {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, waits ? 0 : noWait)
        guard count >= 0 else { throw .last }
        return count
    }

    /// Sends what fits, without blocking.
    package static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        #if canImport(Glibc)
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, noWait)
        #elseif canImport(Musl)
        let count = Musl.send(descriptor, bytes.baseAddress, bytes.count, noWait)
        #else
        let count = Darwin.send(descriptor, bytes.baseAddress, bytes.count, noWait)
        #endif
        guard count >= 0 else { throw .last }
        return count
    }

    /// Waits until a socket is ready, or has failed (it is then ready for everything).
    ///
    /// - Returns: what it is ready for; empty when the deadline passed.
    package static func wait(_ descriptor: Int32, for interest: Interest, by deadline: Deadline) -> Interest {
        var entry = pollfd(fd: descriptor, events: events(interest), revents: 0)
        while true {
            let count = poll(&entry, 1, deadline.pollTimeout)
            if count > 0 { return ready(entry) }
            if count < 0 && !SystemError.last.isInterrupted { return [.readable, .writable] }
            if deadline.hasPassed { return [] }
        }
    }

    /// Waits without limit until either socket can be read.
    package static func waitForEither(_ first: Int32, _ second: Int32) {
        var entries = [
            pollfd(fd: first, events: events(.readable), revents: 0),
            pollfd(fd: second, events: events(.readable), revents: 0),
        ]
        while poll(&entries, 2, -1) < 0 && SystemError.last.isInterrupted {}
    }

    private static func events(_ interest: Interest) -> Int16 {
        (interest.contains(.readable) ? Int16(POLLIN) : 0) | (interest.contains(.writable) ? Int16(POLLOUT) : 0)
    }

    private static func ready(_ entry: pollfd) -> Interest {
        let failed = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
        var result: Interest = failed ? [.readable, .writable] : []
        if entry.revents & Int16(POLLIN) != 0 { result.insert(.readable) }
        if entry.revents & Int16(POLLOUT) != 0 { result.insert(.writable) }
        return result
    }

    package static func setBlocking(_ isBlocking: Bool, _ descriptor: Int32) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, isBlocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }

    /// Sends small writes at once (RFC 9293 §3.7.4 lets an application turn the delay off).
    package static func disableSendDelay(_ descriptor: Int32) { set(TCP_NODELAY, at: tcp, to: 1, descriptor) }

    /// Bounds how long a blocking receive waits.
    package static func setReceivePatience(nanoseconds: UInt64, _ descriptor: Int32) {
        var time = timeval()
        time.tv_sec = .init(min(nanoseconds / 1_000_000_000, 1_000_000_000))
        time.tv_usec = .init(max(1, nanoseconds % 1_000_000_000 / 1000))
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Makes closing a socket send a reset instead of an orderly end.
    package static func resetOnClose(_ descriptor: Int32) {
        var setting = linger()
        setting.l_onoff = 1
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
    }

    package static func set(_ option: Int32, at level: Int32, to value: Int32, _ descriptor: Int32) {
        var copy = value
        setsockopt(descriptor, level, option, &copy, socklen_t(MemoryLayout<Int32>.size))
    }

    package static func finishSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends both directions, which wakes whoever waits on the socket; the descriptor stays.
    package static func endConnection(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    package static func closeSocket(_ descriptor: Int32) { _ = close(descriptor) }
}
