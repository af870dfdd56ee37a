// The one file with calls that differ between platforms: a port to another system is a port of this file.
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

/// An address with its port, as the system holds it.
struct SocketAddress: @unchecked Sendable {
    fileprivate var storage = sockaddr_storage()
    fileprivate var length: socklen_t = 0
    fileprivate var family: Int32 { Int32(storage.ss_family) }
}

/// The system calls that the streams, the client and the server are made of.
enum System {
    // OpenSSL writes to sockets with write(2), which has no flag against SIGPIPE, so the signal is ignored for the
    // whole process, once, by whatever opens the first socket. A write to a closed peer is then an ordinary EPIPE.
    // Who starts child processes must give them the default action back (POSIX_SPAWN_SETSIGDEF).
    private static let brokenPipeSignalIsIgnored: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()

    #if canImport(Darwin)
    private static let streamType = SOCK_STREAM
    private static let tcp = IPPROTO_TCP
    #elseif canImport(Musl)
    private static let streamType = SOCK_STREAM
    private static let tcp = Int32(IPPROTO_TCP)
    #else
    private static let streamType = Int32(SOCK_STREAM.rawValue)
    private static let tcp = Int32(IPPROTO_TCP)
    #endif
    private static let noWait = Int32(truncatingIfNeeded: numericCast(MSG_DONTWAIT) as Int)

    /// Lets another thread have the processor.
    static func yieldProcessor() { sched_yield() }

    // MARK: Time

    static func monotonicNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }

    static func wallClockSeconds() -> Int64 { Int64(nanoseconds(of: CLOCK_REALTIME) / 1_000_000_000) }

    static func wallClockNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_REALTIME) }

    /// Lets a moment pass; a signal may end it early.
    static func pause(nanoseconds: UInt64) {
        var moment = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        nanosleep(&moment, nil)
    }

    private static func nanoseconds(of clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    // MARK: Names and addresses

    /// Finds the addresses of a host; blocks for as long as the system's resolver takes.
    static func resolve(host: String, port: UInt16) -> Result<[SocketAddress], ResolutionFailure> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = streamType
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else {
            return .failure(ResolutionFailure(reason: String(cString: gai_strerror(status))))
        }
        defer { freeaddrinfo(list) }
        var found = [SocketAddress]()
        var entry = list
        while let current = entry {
            var address = SocketAddress()
            let size = Int(current.pointee.ai_addrlen)
            if let source = current.pointee.ai_addr, size <= MemoryLayout<sockaddr_storage>.size {
                withUnsafeMutableBytes(of: &address.storage) { $0.copyMemory(from: .init(start: source, count: size)) }
                address.length = current.pointee.ai_addrlen
                found.append(address)
            }
            entry = current.pointee.ai_next
        }
        return found.isEmpty ? .failure(ResolutionFailure(reason: "no address")) : .success(found)
    }

    struct ResolutionFailure: Error { let reason: String }

    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    // MARK: Connections

    private static func openSocket(family: Int32) throws(SystemError) -> Int32 {
        _ = brokenPipeSignalIsIgnored
        let descriptor = socket(family, streamType, 0)
        guard descriptor >= 0 else { throw .last }
        // A child process must not hold a connection of ours open.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// Connects, or starts to: the socket is left non-blocking.
    ///
    /// - Returns: the descriptor, and whether the connection is already there.
    static func beginConnecting(to address: SocketAddress) throws(SystemError) -> (descriptor: Int32, isDone: Bool) {
        let descriptor = try openSocket(family: address.family)
        setBlocking(false, descriptor)
        var copy = address
        let status = withUnsafePointer(to: &copy.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, copy.length) }
        }
        if status == 0 { return (descriptor, true) }
        let failure = SystemError.last
        if failure.code == EINPROGRESS || failure.isInterrupted { return (descriptor, false) }
        closeSocket(descriptor)
        throw failure
    }

    /// Gives the error that a socket has pending, or `nil`.
    static func pendingError(_ descriptor: Int32) -> SystemError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return .last }
        return code == 0 ? nil : SystemError(code: code)
    }

    /// Opens a listener.
    ///
    /// - Parameter host: an address in digits, of IPv4 or IPv6.
    static func listen(host: String, port: UInt16) throws(SystemError) -> Int32 {
        var (address4, address6) = (sockaddr_in(), sockaddr_in6())
        let isIPv6 = inet_pton(AF_INET6, host, &address6.sin6_addr) == 1
        guard isIPv6 || inet_pton(AF_INET, host, &address4.sin_addr) == 1 else { throw SystemError(code: EINVAL) }
        let descriptor = try openSocket(family: isIPv6 ? AF_INET6 : AF_INET)
        set(SO_REUSEADDR, at: SOL_SOCKET, to: 1, descriptor)
        address4.sin_family = sa_family_t(AF_INET)
        address4.sin_port = port.bigEndian
        address6.sin6_family = sa_family_t(AF_INET6)
        address6.sin6_port = port.bigEndian
        let status = isIPv6 ? bindSocket(descriptor, &address6) : bindSocket(descriptor, &address4)
        #if canImport(Glibc)
        let isListening = status == 0 && Glibc.listen(descriptor, 1024) == 0
        #elseif canImport(Musl)
        let isListening = status == 0 && Musl.listen(descriptor, 1024) == 0
        #else
        let isListening = status == 0 && Darwin.listen(descriptor, 1024) == 0
        #endif
        guard isListening else {
            let failure = SystemError.last
            closeSocket(descriptor)
            throw failure
        }
        setBlocking(false, descriptor)
        return descriptor
    }

    private static func bindSocket<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    /// Gives the port that a listener was given.
    static func boundPort(_ descriptor: Int32) -> UInt16 {
        var address = SocketAddress()
        address.length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &address.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &address.length) }
        }
        guard status == 0 else { return 0 }
        // The port stands at the same place in both families.
        return withUnsafeBytes(of: address.storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    /// Takes a waiting connection from a listener; the socket is left blocking.
    static func acceptConnection(_ listener: Int32) throws(SystemError) -> Int32 {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { throw .last }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        setBlocking(true, descriptor)
        return descriptor
    }

    // MARK: Bytes

    /// Receives what is there; `waits` lets the call block for as long as the socket's own patience.
    static func receive(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, waits: Bool
    ) throws(SystemError) -> Int {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, waits ? 0 : noWait)
        guard count >= 0 else { throw .last }
        return count
    }

    /// Sends what fits, without blocking.
    static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
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
    static func wait(_ descriptor: Int32, for interest: Interest, by deadline: Deadline) -> Interest {
        var entry = pollfd(fd: descriptor, events: events(interest), revents: 0)
        while true {
            let count = poll(&entry, 1, deadline.pollTimeout)
            if count > 0 { return ready(entry) }
            if count < 0 && !SystemError.last.isInterrupted { return [.readable, .writable] }
            if deadline.hasPassed { return [] }
        }
    }

    /// Waits without limit until either socket can be read.
    static func waitForEither(_ first: Int32, _ second: Int32) {
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

    // MARK: Options and endings

    static func setBlocking(_ isBlocking: Bool, _ descriptor: Int32) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, isBlocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }

    /// Sends small writes at once (RFC 9293 §3.7.4 lets an application turn the delay off).
    static func disableSendDelay(_ descriptor: Int32) { set(TCP_NODELAY, at: tcp, to: 1, descriptor) }

    /// Bounds how long a blocking receive waits.
    static func setReceivePatience(nanoseconds: UInt64, _ descriptor: Int32) {
        var time = timeval()
        time.tv_sec = .init(min(nanoseconds / 1_000_000_000, 1_000_000_000))
        time.tv_usec = .init(max(1, nanoseconds % 1_000_000_000 / 1000))
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Makes closing a socket send a reset instead of an orderly end.
    static func resetOnClose(_ descriptor: Int32) {
        var setting = linger()
        setting.l_onoff = 1
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
    }

    private static func set(_ option: Int32, at level: Int32, to value: Int32, _ descriptor: Int32) {
        var copy = value
        setsockopt(descriptor, level, option, &copy, socklen_t(MemoryLayout<Int32>.size))
    }

    static func finishSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends both directions, which wakes whoever waits on the socket; the descriptor stays.
    static func endConnection(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    static func closeSocket(_ descriptor: Int32) { _ = close(descriptor) }

    /// Opens a pipe, to wake a waiting thread with.
    static func openPipe() throws(SystemError) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

// MARK: - Threads

/// A thread of its own, for work that blocks and so must stay out of Swift's cooperative pool.
public final class WorkerThread: @unchecked Sendable {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let handle: pthread_t
    private var isJoined = false

    /// Starts a thread, or gives `nil` when the system allows no more of them.
    public init?(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        #if canImport(Darwin)
        var created: pthread_t?
        let status = pthread_create(&created, nil, { Self.run($0) }, work.toOpaque())
        #else
        var identifier = pthread_t()
        let status = pthread_create(&identifier, nil, { $0.flatMap(WorkerThread.run) }, work.toOpaque())
        let created: pthread_t? = identifier
        #endif
        guard status == 0, let handle = created else {
            work.release()
            return nil
        }
        self.handle = handle
    }

    private static func run(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        return nil
    }

    /// Waits until the thread has ended; to be called once, by one thread.
    public func join() {
        isJoined = true
        pthread_join(handle, nil)
    }

    deinit {
        if !isJoined { pthread_detach(handle) }
    }
}

/// State shared by threads, with a way to wait for a change of it.
public final class Monitor<State>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    /// Creates the shared state.
    public init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes those who wait.
    public func change<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        defer { pthread_cond_broadcast(condition) }
        return try body(&state)
    }

    /// Waits until the state is as wanted, and changes it before anyone else can.
    func whenever(_ isWanted: (State) -> Bool, do body: (inout State) -> Void) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isWanted(state) { pthread_cond_wait(condition, mutex) }
        body(&state)
        pthread_cond_broadcast(condition)
    }

    /// Waits until the state is as wanted.
    public func wait(until isWanted: (State) -> Bool) { whenever(isWanted) { _ in } }
}
