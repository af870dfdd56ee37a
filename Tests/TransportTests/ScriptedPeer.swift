import Platform
import Transport

/// The other end of a connection in a test: whatever the script says, however rude.
final class PeerConnection {
    private let descriptor: Int32
    private var received = [UInt8]()

    /// Takes over a connected socket.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        Descriptor.setBlocking(true, descriptor)
        Socket.disableSendDelay(descriptor)
    }

    deinit { Descriptor.close(descriptor) }

    /// Connects to a server under test.
    static func connect(port: UInt16) throws -> PeerConnection {
        let addresses = try Socket.resolve(host: "127.0.0.1", port: port, by: Self.patience).get()
        let (descriptor, _) = try Socket.beginConnecting(to: addresses[0])
        _ = Descriptor.wait(descriptor, for: .writable, by: Self.patience)
        return PeerConnection(descriptor: descriptor)
    }

    private static var patience: Deadline { Deadline(after: .seconds(10)) }

    /// Reads until the bytes end with a text.
    @discardableResult
    func read(until ending: String) -> [UInt8] {
        let wanted = Array(ending.utf8)
        while !received.suffix(wanted.count).elementsEqual(wanted), more() {}
        defer { received = [] }
        return received
    }

    /// Reads the head of a request, and nothing after it that has not come along.
    @discardableResult
    func readHead() -> [UInt8] { read(until: "\r\n\r\n") }

    /// Reads until the other end closes.
    func readToEnd() -> [UInt8] {
        while more() {}
        return received
    }

    private func more() -> Bool {
        let isReady = !Descriptor.wait(descriptor, for: .readable, by: Self.patience).isEmpty
        var room = [UInt8](repeating: 0, count: 16 * 1024)
        guard isReady,
            let count = try? room.withUnsafeMutableBytes({ try Socket.receive(descriptor, into: $0) }),
            count > 0
        else { return false }
        received += room[..<count]
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            guard !Descriptor.wait(descriptor, for: .writable, by: Self.patience).isEmpty,
                let count = try? bytes[sent...].withUnsafeBytes({ try Socket.send(descriptor, $0) })
            else { return false }
            sent += count
        }
        return true
    }

    /// Says a letter now and then, without reading, until the other end is gone.
    func drip() {
        while send("x") { _ = Descriptor.wait(descriptor, for: [], by: Deadline(after: .milliseconds(20))) }
    }

    /// Makes the end of the connection a reset.
    func willReset() { Socket.resetOnClose(descriptor) }
}

/// A server that follows a script, connection by connection.
final class ScriptedPeer: Sendable {
    let port: UInt16
    private let state = Monitor<(isStopped: Bool, accepted: Int)>((false, 0))

    /// Listens; the script gets each connection and its number, from 0, on a thread of its own.
    init(_ script: @escaping @Sendable (PeerConnection, Int) -> Void) throws {
        let listener = try Socket.listen(host: "127.0.0.1", port: 0)
        port = Socket.boundPort(listener)
        _ = WorkerThread { [state] in
            while !state.change({ $0.isStopped }) {
                _ = Descriptor.wait(listener, for: .readable, by: Deadline(after: .milliseconds(20)))
                guard let descriptor = try? Socket.acceptConnection(listener) else { continue }
                let number = state.change { state in
                    state.accepted += 1
                    return state.accepted - 1
                }
                _ = WorkerThread { script(PeerConnection(descriptor: descriptor), number) }
            }
            Descriptor.close(listener)
        }
    }

    deinit { state.change { $0.isStopped = true } }

    var accepted: Int { state.change { $0.accepted } }

    var url: TargetURL { get throws { try TargetURL("http://127.0.0.1:\(port)/hook") } }
}

extension ClientOptions {
    /// Short enough for a test that waits in vain, long enough for one that must not.
    static let patient = ClientOptions()
    static let hasty = ClientOptions(
        connectTimeout: .seconds(5), sendTimeout: .milliseconds(200), answerTimeout: .milliseconds(200))
}

extension HTTPRequest {
    static func sample(_ method: String = "POST", body: [UInt8] = Array("{}".utf8)) -> HTTPRequest {
        HTTPRequest(method: method, target: "/hook", headers: Headers([HeaderField("Host", "localhost")]), body: body)
    }
}
