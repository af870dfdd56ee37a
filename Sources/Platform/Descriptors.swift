#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A system call that failed, with its error number.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    package let code: Int32

    package static var last: SystemError { SystemError(code: errno) }

    package var description: String { String(cString: strerror(code)) }
    package var isWouldBlock: Bool { code == EAGAIN || code == EWOULDBLOCK }
    package var isInterrupted: Bool { code == EINTR }
    package var isTimeout: Bool { code == ETIMEDOUT }
    package var isReset: Bool { code == ECONNRESET || code == EPIPE }
    package var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM }
}

/// What a caller waits for on a descriptor.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let readable = Interest(rawValue: 1)
    package static let writable = Interest(rawValue: 2)
}

/// Reading and writing of file descriptors of every kind.
package enum Descriptor {
    package static let standardInput: Int32 = STDIN_FILENO
    package static let standardOutput: Int32 = STDOUT_FILENO
    package static let standardError: Int32 = STDERR_FILENO

    /// Writes all of the bytes, waiting for room on a descriptor that does not block.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            let error = count == 0 ? SystemError(code: EIO) : .last
            if error.isWouldBlock {
                _ = wait(descriptor, for: .writable, by: .never)
            } else if !error.isInterrupted {
                throw error
            }
        }
    }

    /// Reads the available bytes, waiting for the first one.
    ///
    /// - Returns: how many bytes were read; 0 at the end.
    package static func read(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Int {
        while true {
            let count = systemRead(descriptor, buffer)
            if count >= 0 { return count }
            let error = SystemError.last
            if error.isWouldBlock {
                _ = wait(descriptor, for: .readable, by: .never)
            } else if !error.isInterrupted {
                throw error
            }
        }
    }

    /// Reads to the end.
    ///
    /// - Returns: the bytes; `nil` when there are more than the limit allows.
    package static func readToEnd(_ descriptor: Int32, limit: Int) throws(SystemError) -> [UInt8]? {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { memory.deallocate() }
        var bytes = [UInt8]()
        while bytes.count <= limit {
            let count = try read(descriptor, into: memory)
            guard count > 0 else { return bytes }
            bytes += memory.prefix(count)
        }
        return nil
    }

    /// Waits until a descriptor is ready, or has failed (it is then ready for everything).
    ///
    /// - Parameter stop: what ends the wait before the deadline.
    /// - Returns: what it is ready for; empty when the deadline passed or the wait was ended.
    package static func wait(
        _ descriptor: Int32, for interest: Interest, by deadline: Deadline, unless stop: StopSignal? = nil
    ) -> Interest {
        guard let stop else { return wait(for: [(descriptor, interest)], by: deadline)[0] }
        if stop.isStopped { return [] }
        let wanted = [(descriptor, interest)] + stop.descriptors.map { ($0, .readable) }
        return wait(for: wanted, by: min(deadline, stop.deadline))[0]
    }

    /// Waits until one of several descriptors is ready, or has failed.
    ///
    /// - Returns: what each is ready for; all of them empty when the deadline passed.
    package static func wait(for wanted: [(descriptor: Int32, interest: Interest)], by deadline: Deadline) -> [Interest]
    {
        var entries = wanted.map { pollfd(fd: $0.descriptor, events: events($0.interest), revents: 0) }
        while true {
            let count = poll(&entries, nfds_t(entries.count), deadline.pollTimeout)
            if count > 0 { return entries.map(ready) }
            if count < 0 && !SystemError.last.isInterrupted { return entries.map { _ in [.readable, .writable] } }
            if deadline.hasPassed { return entries.map { _ in [] } }
        }
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

    /// Opens a pipe that child processes do not inherit.
    package static func openPipe() throws(SystemError) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last }
        for end in ends { closeOnExecution(end) }
        return (ends[0], ends[1])
    }

    static func closeOnExecution(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    package static func close(_ descriptor: Int32) { _ = systemClose(descriptor) }
}

// Out of the type's scope, so that the names are the system's.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
