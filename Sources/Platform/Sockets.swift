#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An address with its port, as the system holds it.
package struct SocketAddress: @unchecked Sendable {
    fileprivate var storage = sockaddr_storage()
    fileprivate var length: socklen_t = 0
}

/// Why a name has no address.
package struct ResolutionFailure: Error, Sendable, Hashable {
    package let reason: String
}

/// TCP connections: names and addresses, opening and taking, bytes, options and endings.
package enum Socket {
    // MARK: Names and addresses

    package typealias Lookup = @Sendable (_ host: String, _ port: UInt16) -> Result<[SocketAddress], ResolutionFailure>

    /// Finds the addresses of a host.
    ///
    /// The system's resolver can't be stopped, so it runs on a separate thread, which is abandoned when the
    /// deadline passes.
    ///
    /// - Parameters:
    ///   - stop: what ends the wait before the deadline.
    ///   - lookup: what to ask in place of the system.
    package static func resolve(
        host: String, port: UInt16, by deadline: Deadline, unless stop: StopSignal? = nil,
        lookup: @escaping Lookup = { askSystem($0, $1, flags: 0) }
    ) -> Result<[SocketAddress], ResolutionFailure> {
        if isIPv4(host) || isIPv6(host) { return askSystem(host, port, flags: AI_NUMERICHOST) }
        let answer = Monitor<Result<[SocketAddress], ResolutionFailure>?>(nil)
        let thread = WorkerThread {
            let found = lookup(host, port)
            answer.change { $0 = found }
        }
        guard thread != nil else { return .failure(ResolutionFailure(reason: "the system allows no more threads")) }
        // Nothing tells this thread of a stop, so it looks around now and then.
        while answer.change({ $0 == nil }), !deadline.hasPassed, stop?.isStopped != true {
            answer.wait(by: min(deadline, Deadline(after: .milliseconds(50)))) { $0 != nil }
        }
        return answer.change { $0 } ?? .failure(ResolutionFailure(reason: "no answer came in time"))
    }

    package static func askSystem(
        _ host: String, _ port: UInt16, flags: Int32
    ) -> Result<[SocketAddress], ResolutionFailure> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = streamType
        hints.ai_flags = AI_NUMERICSERV | flags
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else { return .failure(ResolutionFailure(reason: String(cString: gai_strerror(status)))) }
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

    package static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    package static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// The four or sixteen bytes of an address in digits; `nil` for a name.
    package static func addressBytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        return withUnsafeBytes(of: &sixteen) { Array($0) }
    }

    /// An IPv4 address in four numbers; `nil` for what the C library reads as none. It takes octal and hexadecimal numbers,
    /// and fewer than four (`inet_aton`).
    package static func dotted(_ text: String) -> String? {
        var address = in_addr()
        guard inet_aton(text, &address) != 0 else { return nil }
        return withUnsafeBytes(of: &address) { $0.map(String.init).joined(separator: ".") }
    }

    // MARK: Opening and taking

    private static func open(family: Int32) throws(SystemError) -> Int32 {
        Signals.ignoreBrokenPipes()
        // A child process must not hold a connection of ours open.
        let descriptor = socket(family, streamType, 0)
        guard descriptor >= 0 else { throw .last }
        Descriptor.closeOnExecution(descriptor)
        return descriptor
    }

    /// Connects, or starts to: the socket is left non-blocking.
    ///
    /// - Returns: the descriptor, and whether the connection is already there.
    package static func beginConnecting(to address: SocketAddress) throws(SystemError) -> (
        descriptor: Int32, isDone: Bool
    ) {
        let descriptor = try open(family: Int32(address.storage.ss_family))
        Descriptor.setBlocking(false, descriptor)
        var copy = address
        let status = withUnsafePointer(to: &copy.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, copy.length) }
        }
        if status == 0 { return (descriptor, true) }
        let failure = SystemError.last
        if failure.code == EINPROGRESS || failure.isInterrupted { return (descriptor, false) }
        Descriptor.close(descriptor)
        throw failure
    }

    /// The error that a socket has pending, or `nil`.
    package static func pendingError(_ descriptor: Int32) -> SystemError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return .last }
        return code == 0 ? nil : SystemError(code: code)
    }

    /// Opens a socket that has a port and refuses connections. It does not block.
    ///
    /// - Parameter host: an address in digits, of IPv4 or IPv6.
    package static func bind(host: String, port: UInt16) throws(SystemError) -> Int32 {
        var (address4, address6) = (sockaddr_in(), sockaddr_in6())
        let isIPv6 = inet_pton(AF_INET6, host, &address6.sin6_addr) == 1
        guard isIPv6 || inet_pton(AF_INET, host, &address4.sin_addr) == 1 else { throw SystemError(code: EINVAL) }
        let descriptor = try open(family: isIPv6 ? AF_INET6 : AF_INET)
        set(SO_REUSEADDR, at: SOL_SOCKET, to: 1, descriptor)
        address4.sin_family = sa_family_t(AF_INET)
        address4.sin_port = port.bigEndian
        address6.sin6_family = sa_family_t(AF_INET6)
        address6.sin6_port = port.bigEndian
        let status = isIPv6 ? bindSocket(descriptor, &address6) : bindSocket(descriptor, &address4)
        guard status == 0 else {
            let failure = SystemError.last
            Descriptor.close(descriptor)
            throw failure
        }
        Descriptor.setBlocking(false, descriptor)
        return descriptor
    }

    /// Opens a listener, which does not block.
    ///
    /// - Parameter host: an address in digits, of IPv4 or IPv6.
    package static func listen(host: String, port: UInt16) throws(SystemError) -> Int32 {
        let descriptor = try bind(host: host, port: port)
        do throws(SystemError) { try listen(descriptor) } catch {
            Descriptor.close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Makes a socket that has a port take connections.
    package static func listen(_ descriptor: Int32) throws(SystemError) {
        guard systemListen(descriptor, 1024) == 0 else { throw .last }
    }

    private static func bindSocket<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemBind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    /// The port that a listener was given.
    package static func boundPort(_ descriptor: Int32) -> UInt16 {
        var address = SocketAddress()
        address.length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &address.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &address.length) }
        }
        guard status == 0 else { return 0 }
        // The port is at the same place in both families.
        return withUnsafeBytes(of: address.storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    /// Takes a waiting connection from a listener; the socket is left blocking.
    package static func acceptConnection(_ listener: Int32) throws(SystemError) -> Int32 {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { throw .last }
        Descriptor.closeOnExecution(descriptor)
        Descriptor.setBlocking(true, descriptor)
        return descriptor
    }

    // MARK: Bytes

    /// Receives the available bytes, without blocking.
    package static func receive(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Int {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, noWait)
        guard count >= 0 else { throw .last }
        return count
    }

    /// Sends what fits, without blocking.
    package static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        let count = systemSend(descriptor, bytes, noWait)
        guard count >= 0 else { throw .last }
        return count
    }

    // MARK: Options and endings

    /// Sends small writes at once (RFC 9293 §3.7.4 lets an application turn the delay off).
    package static func disableSendDelay(_ descriptor: Int32) { set(TCP_NODELAY, at: tcp, to: 1, descriptor) }

    /// Acknowledges at once what has been received, where the system lets an application ask for it: a peer that writes
    /// head and body apart may hold the second back until the first is acknowledged (RFC 9293 §3.7.4), and an
    /// acknowledgement may be delayed for 40 ms. The system forgets the request, so it is repeated before each wait.
    package static func acknowledgeNow(_ descriptor: Int32) {
        #if os(Linux)
        set(TCP_QUICKACK, at: tcp, to: 1, descriptor)
        #endif
    }

    /// Makes closing a socket send a reset instead of an orderly end.
    package static func resetOnClose(_ descriptor: Int32) {
        var setting = linger()
        setting.l_onoff = 1
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
    }

    private static func set(_ option: Int32, at level: Int32, to value: Int32, _ descriptor: Int32) {
        var copy = value
        setsockopt(descriptor, level, option, &copy, socklen_t(MemoryLayout<Int32>.size))
    }

    package static func finishSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends both directions, which wakes whatever waits on the socket; the descriptor stays.
    package static func endConnection(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    // MARK: Constants that the systems type differently

    #if canImport(Glibc)
    private static let streamType = Int32(SOCK_STREAM.rawValue)
    #else
    private static let streamType = SOCK_STREAM
    #endif
    private static let tcp = Int32(IPPROTO_TCP)
    private static let noWait = Int32(truncatingIfNeeded: numericCast(MSG_DONTWAIT) as Int)
}

// Out of the type's scope, so that the names are the system's.
private func systemBind(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
    bind(descriptor, address, size)
}

private func systemListen(_ descriptor: Int32, _ backlog: Int32) -> Int32 { listen(descriptor, backlog) }

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
    send(descriptor, bytes.baseAddress, bytes.count, flags)
}
