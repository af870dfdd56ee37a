// The files of this folder make the calls that differ between platforms: a port to another system is a port of these.
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A call of the system that failed, with the error number it left behind.
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

/// What a caller waits for on a socket.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let readable = Interest(rawValue: 1)
    package static let writable = Interest(rawValue: 2)
}

/// The system calls that the streams, the client and the server are made of.
package enum System {
    // OpenSSL writes to sockets with write(2), which has no flag against SIGPIPE, so the signal is ignored for the
    // whole process, once, by whatever opens the first socket. A write to a closed peer is then an ordinary EPIPE.
    // Who starts child processes must give them the default action back (POSIX_SPAWN_SETSIGDEF).
    package static let brokenPipeSignalIsIgnored: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()

    #if canImport(Darwin)
    package static let streamType = SOCK_STREAM
    package static let tcp = IPPROTO_TCP
    #elseif canImport(Musl)
    package static let streamType = SOCK_STREAM
    package static let tcp = Int32(IPPROTO_TCP)
    #else
    package static let streamType = Int32(SOCK_STREAM.rawValue)
    package static let tcp = Int32(IPPROTO_TCP)
    #endif
    package static let noWait = Int32(truncatingIfNeeded: numericCast(MSG_DONTWAIT) as Int)

    /// Lets another thread have the processor.
    package static func yieldProcessor() { sched_yield() }

    /// Opens a pipe, to wake a waiting thread with.
    package static func openPipe() throws(SystemError) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
