import Foundation
import ReportModel
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A server on loopback that answers each connection by a script, well or badly.
///
/// It runs on threads of its own and stops when nobody holds it.
final class ScriptedServer: Sendable {
    /// One accepted connection.
    struct Connection: Sendable {
        fileprivate let descriptor: Int32
        fileprivate let isStopped: @Sendable () -> Bool
        fileprivate let requests: Tally

        fileprivate init(descriptor: Int32, isStopped: @escaping @Sendable () -> Bool, requests: Tally) {
            self.descriptor = descriptor
            self.isStopped = isStopped
            self.requests = requests
        }

        /// Connects to a port on loopback; `close` ends it.
        init?(port: UInt16) {
            let descriptor = socket(AF_INET, ScriptedServer.stream, 0)
            var address = ScriptedServer.loopback(port)
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            self.init(descriptor: descriptor, isStopped: { false }, requests: Tally())
            guard isConnected else {
                close()
                return nil
            }
        }

        func close() {
            #if canImport(Darwin)
            _ = Darwin.close(descriptor)
            #elseif canImport(Musl)
            _ = Musl.close(descriptor)
            #else
            _ = Glibc.close(descriptor)
            #endif
        }

        /// Reads one request: its head, and the body that `Content-Length` announces; `nil` when the peer has gone.
        func request() -> [UInt8]? {
            var bytes = [UInt8]()
            while true {
                let text = String(decoding: bytes, as: UTF8.self)
                if let end = text.range(of: "\r\n\r\n") {
                    let head = text[..<end.lowerBound]
                    let length =
                        head.lowercased().components(separatedBy: "content-length: ").dropFirst().first
                        .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
                    if bytes.count >= head.utf8.count + 4 + length {
                        requests.add()
                        return bytes
                    }
                }
                var chunk = [UInt8](repeating: 0, count: 65_536)
                let count = recv(descriptor, &chunk, chunk.count, 0)
                guard count > 0 else { return nil }
                bytes += chunk[..<count]
            }
        }

        /// Sends bytes; `false` when the peer has gone or the server stops.
        @discardableResult func send(_ bytes: [UInt8]) -> Bool {
            var rest = bytes[...]
            while !rest.isEmpty {
                if isStopped() { return false }
                let count = rest.withUnsafeBytes {
                    #if canImport(Darwin)
                    Darwin.send(descriptor, $0.baseAddress, $0.count, 0)
                    #elseif canImport(Musl)
                    Musl.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    #else
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    #endif
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }

        @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

        /// Lets some milliseconds pass; less when the server stops or the peer goes.
        func linger(milliseconds: Int32) -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&entry, 1, milliseconds)
            return !isStopped()
        }
    }

    #if canImport(Glibc)
    fileprivate static let stream = Int32(SOCK_STREAM.rawValue)
    #else
    fileprivate static let stream = SOCK_STREAM
    #endif

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    let port: UInt16
    private let listener: Int32
    private let stopped: Flag
    private let requests = Tally()

    /// Starts a server.
    ///
    /// - Parameter script: what is done with each connection, which is closed when it returns. It is given the number of
    ///   the connection, from 0.
    init(_ script: @escaping @Sendable (Connection, Int) -> Void) throws {
        signal(SIGPIPE, SIG_IGN)
        let listener = socket(AF_INET, Self.stream, 0)
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard bound else { throw CommandFailure(description: "no server on loopback: errno \(errno)") }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        let (stopped, requests) = (Flag(), requests)
        self.stopped = stopped
        Thread.detachNewThread {
            var number = 0
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { break }
                let own = number
                number += 1
                Thread.detachNewThread {
                    script(Connection(descriptor: descriptor, isStopped: { stopped.isSet }, requests: requests), own)
                    close(descriptor)
                }
            }
            close(listener)
        }
    }

    deinit {
        stopped.set()
        // The thread that accepts closes it: its number may else be another server's by the time it is asked again.
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// Waits until so many requests have come.
    func waitForRequests(_ count: Int, seconds: Int) -> Bool { requests.wait(for: count, seconds: seconds) }

    /// How often something happened, such as a request that came.
    final class Tally: @unchecked Sendable {
        private let condition = NSCondition()
        private var added = 0

        var count: Int { condition.withLock { added } }

        func add() {
            condition.withLock {
                added += 1
                condition.broadcast()
            }
        }

        func wait(for wanted: Int, seconds: Int) -> Bool {
            let limit = Date(timeIntervalSinceNow: Double(seconds))
            return condition.withLock {
                while added < wanted { if !condition.wait(until: limit) { return false } }
                return true
            }
        }
    }

    /// Something that happens once.
    fileprivate final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}

/// Returns a port of loopback that was free a moment ago, to listen on.
func freePort() throws -> UInt16 {
    let server = try ScriptedServer { _, _ in }
    return server.port
}

/// A port of loopback where nobody listens, or can, while this is held.
final class ClosedPort: Sendable {
    let number: UInt16
    private let descriptor: Int32

    init() throws {
        let own = socket(AF_INET, ScriptedServer.stream, 0)
        descriptor = own
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(own, $0, length) == 0 && getsockname(own, $0, &length) == 0
            }
        }
        guard isBound else { throw CommandFailure(description: "no port can be bound") }
        number = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
