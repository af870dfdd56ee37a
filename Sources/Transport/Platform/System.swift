// The files of this folder make the calls that differ between platforms: a port to another system is a port of these.
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A call of the system that failed, with the error number it left behind.
struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    let code: Int32

    static var last: SystemError { SystemError(code: errno) }

    var description: String { String(cString: strerror(code)) }
    var isWouldBlock: Bool { code == EAGAIN || code == EWOULDBLOCK }
    var isInterrupted: Bool { code == EINTR }
    var isTimeout: Bool { code == ETIMEDOUT }
    var isReset: Bool { code == ECONNRESET || code == EPIPE }
    var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM }
}

/// What a caller waits for on a socket.
struct Interest: OptionSet, Sendable {
    let rawValue: UInt8
    static let readable = Interest(rawValue: 1)
    static let writable = Interest(rawValue: 2)
}

/// The system calls that the streams, the client and the server are made of.
enum System {
    // OpenSSL writes to sockets with write(2), which has no flag against SIGPIPE, so the signal is ignored for the
    // whole process, once, by whatever opens the first socket. A write to a closed peer is then an ordinary EPIPE.
    // Who starts child processes must give them the default action back (POSIX_SPAWN_SETSIGDEF).
    static let brokenPipeSignalIsIgnored: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()

    #if canImport(Darwin)
    static let streamType = SOCK_STREAM
    static let tcp = IPPROTO_TCP
    #elseif canImport(Musl)
    static let streamType = SOCK_STREAM
    static let tcp = Int32(IPPROTO_TCP)
    #else
    static let streamType = Int32(SOCK_STREAM.rawValue)
    static let tcp = Int32(IPPROTO_TCP)
    #endif
    static let noWait = Int32(truncatingIfNeeded: numericCast(MSG_DONTWAIT) as Int)

    /// Lets another thread have the processor.
    static func yieldProcessor() { sched_yield() }

    /// Opens a pipe, to wake a waiting thread with.
    static func openPipe() throws(SystemError) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
