internal import Platform

/// An HTTP/1.1 server, on loopback by default, that hands over requests byte for byte.
/// Each connection has its own thread, on which the handler runs; handlers may block.
package final class HTTPServer: Sendable {
    private struct State {
        var listener: Int32 = -1
        /// A socket that has the port, before the start.
        var reserved: Int32?
        var port: UInt16 = 0
        var wake: (reader: Int32, writer: Int32) = (-1, -1)
        var isStopping = false
        var isRunning = false
        var connections: Set<Int32> = []
        var acceptor: WorkerThread?
    }

    private let requestedPort: UInt16
    private let host: String
    private let identity: ServerIdentity?
    private let limits: ServerLimits
    private let now: @Sendable () -> Int64
    private let watch: ServerWatch
    private let keepsBytes: Bool
    private let handler: @Sendable (HTTPRequest, [UInt8]) -> ServerAction
    private let state = Monitor(State())

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - port: where to listen; 0 lets the system choose.
    ///   - host: the address to listen on, in digits.
    ///   - tls: the certificate and key to serve `https` with.
    ///   - limits: what is accepted from peers.
    ///   - now: the clock of the `Date` header, in seconds since 1970; `nil` for the system's.
    ///   - watch: is told what never becomes a request.
    ///   - handler: decides on each request, on the thread of its connection. It must not call `stop`.
    package convenience init(
        port: UInt16 = 0, host: String = "127.0.0.1", tls: ServerIdentity? = nil,
        limits: ServerLimits = ServerLimits(), now: (@Sendable () -> Int64)? = nil, watch: ServerWatch = ServerWatch(),
        handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) {
        self.init(port, host, tls, limits, now, watch, keepsBytes: false) { request, _ in handler(request) }
    }

    /// Prepares a server whose handler gets the bytes of each request too, as they arrived, framing and all.
    package convenience init(
        port: UInt16 = 0, host: String = "127.0.0.1", tls: ServerIdentity? = nil, watch: ServerWatch = ServerWatch(),
        bytesHandler: @escaping @Sendable (HTTPRequest, _ bytes: [UInt8]) -> ServerAction
    ) {
        self.init(port, host, tls, ServerLimits(), nil, watch, keepsBytes: true, bytesHandler)
    }

    private init(
        _ port: UInt16, _ host: String, _ tls: ServerIdentity?, _ limits: ServerLimits,
        _ now: (@Sendable () -> Int64)?, _ watch: ServerWatch, keepsBytes: Bool,
        _ handler: @escaping @Sendable (HTTPRequest, [UInt8]) -> ServerAction
    ) {
        requestedPort = port
        self.host = host
        identity = tls
        self.limits = limits
        self.now = now ?? { WallClock.seconds() }
        self.watch = watch
        self.keepsBytes = keepsBytes
        self.handler = handler
    }

    /// The port listened on; 0 before the start.
    package var port: UInt16 { state.change { $0.port } }

    /// Takes the port. Connections are refused until the start.
    ///
    /// - Throws: `ServerError` when the port is taken.
    package func reserve() throws(ServerError) {
        do {
            let listener = try Socket.bind(host: host, port: requestedPort)
            state.change {
                $0.reserved = listener
                $0.port = Socket.boundPort(listener)
            }
        } catch { throw ServerError(description: "cannot listen on port \(requestedPort): \(error)") }
    }

    /// Listens; peers can connect when this returns.
    ///
    /// - Throws: `ServerError` when the port is taken, the certificate or key cannot be used, or the system allows no
    ///   more threads.
    package func start() throws(ServerError) { try start { WorkerThread($0) } }

    func start(thread: (@escaping @Sendable () -> Void) -> WorkerThread?) throws(ServerError) {
        do {
            let context = try identity.map { try TLSContext(server: $0) }
            let reserved: Int32? = state.change { state in
                defer { state.reserved = nil }
                return state.reserved
            }
            let listener = try reserved ?? Socket.bind(host: host, port: requestedPort)
            do {
                try Socket.listen(listener)
                try run(on: listener, context, thread)
            } catch {
                Descriptor.close(listener)
                throw error
            }
        } catch let error as TLSError {
            throw ServerError(description: error.reason)
        } catch {
            throw ServerError(description: "cannot listen on port \(requestedPort): \(error)")
        }
    }

    private func run(
        on listener: Int32, _ context: TLSContext?, _ thread: (@escaping @Sendable () -> Void) -> WorkerThread?
    ) throws {
        let wake = try Descriptor.openPipe()
        state.change {
            $0.listener = listener
            $0.port = Socket.boundPort(listener)
            $0.wake = wake
            $0.isStopping = false
        }
        let acceptor = thread { [self] in accept(on: listener, wake: wake.reader, context) }
        state.change {
            $0.acceptor = acceptor
            $0.isRunning = acceptor != nil
        }
        guard acceptor == nil else { return }
        Descriptor.close(wake.reader)
        Descriptor.close(wake.writer)
        throw ServerError(description: "the system allows no more threads")
    }

    /// Closes the listener and every connection, and waits until their threads have ended.
    package func stop() {
        state.change { state in
            if let reserved = state.reserved { Descriptor.close(reserved) }
            state.reserved = nil
        }
        let acceptor: WorkerThread? = state.change { state in
            guard state.isRunning, !state.isStopping else { return nil }
            state.isStopping = true
            // The descriptors stay with their threads, so that none is closed while another may have its number.
            for descriptor in state.connections { Socket.endConnection(descriptor) }
            Descriptor.close(state.wake.writer)
            return state.acceptor
        }
        guard let acceptor else { return wait() }
        acceptor.join()
        state.wait { $0.connections.isEmpty }
        state.change {
            Descriptor.close($0.listener)
            Descriptor.close($0.wake.reader)
            $0.acceptor = nil
            $0.isRunning = false
        }
    }

    /// Waits until the server has been stopped.
    package func wait() { state.wait { !$0.isRunning } }

    private func accept(on listener: Int32, wake: Int32, _ context: TLSContext?) {
        while true {
            state.wait { [limits] in $0.isStopping || $0.connections.count < limits.maximumConnections }
            if state.change({ $0.isStopping }) { return }
            _ = Descriptor.wait(for: [(listener, .readable), (wake, .readable)], by: .never)
            do throws(SystemError) {
                let descriptor = try Socket.acceptConnection(listener)
                if !register(descriptor) { return Descriptor.close(descriptor) }
                let thread = WorkerThread { [self] in serve(descriptor, context) }
                if thread == nil { forget(descriptor) { Descriptor.close(descriptor) } }
            } catch  where error.isOutOfDescriptors {
                // The queue stays readable: waiting a moment for a descriptor to become free keeps this from spinning.
                _ = Descriptor.wait(wake, for: .readable, by: Deadline(after: .milliseconds(20)))
            } catch {
                continue
            }
        }
    }

    private func register(_ descriptor: Int32) -> Bool {
        state.change {
            guard !$0.isStopping else { return false }
            $0.connections.insert(descriptor)
            return true
        }
    }

    /// Removes a connection from the list and closes it atomically, so that `stop` never touches a reused descriptor.
    private func forget(_ descriptor: Int32, closing: () -> Void) {
        state.change {
            closing()
            $0.connections.remove(descriptor)
        }
    }

    private func serve(_ descriptor: Int32, _ context: TLSContext?) {
        var stream = open(descriptor, context)
        if let stream, isSecure(stream) {
            var connection = ServerConnection(
                stream: stream, limits: limits, now: now, watch: watch, keepsBytes: keepsBytes, handler: handler)
            connection.serve()
        }
        forget(descriptor) { stream = nil }
    }

    private func open(_ descriptor: Int32, _ context: TLSContext?) -> (any ByteStream)? {
        guard let context else { return PlainStream(owning: descriptor) }
        return try? TLSStream(owning: descriptor, context: context, server: nil)
    }

    /// Performs the TLS handshake, if any. The peer is not told why it failed: it knows.
    private func isSecure(_ stream: any ByteStream) -> Bool {
        guard let secured = stream as? TLSStream else { return true }
        do throws(TLSError) {
            try secured.shakeHands(by: Deadline(after: limits.requestTimeout))
            watch.shookHands(.agreed)
            return true
        } catch {
            watch.shookHands(error.isPlainHTTP ? .plainHTTP : .failed)
            return false
        }
    }
}
