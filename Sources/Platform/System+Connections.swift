#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Opening and taking connections.
extension System {
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
    package static func beginConnecting(to address: SocketAddress) throws(SystemError) -> (
        descriptor: Int32, isDone: Bool
    ) {
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
    package static func pendingError(_ descriptor: Int32) -> SystemError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return .last }
        return code == 0 ? nil : SystemError(code: code)
    }

    /// Opens a listener.
    ///
    /// - Parameter host: an address in digits, of IPv4 or IPv6.
    package static func listen(host: String, port: UInt16) throws(SystemError) -> Int32 {
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
    package static func boundPort(_ descriptor: Int32) -> UInt16 {
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
    package static func acceptConnection(_ listener: Int32) throws(SystemError) -> Int32 {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { throw .last }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        setBlocking(true, descriptor)
        return descriptor
    }
}
