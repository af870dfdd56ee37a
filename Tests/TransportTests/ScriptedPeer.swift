import Platform

@testable import Transport

/// The other end of a connection in a test: whatever the script says, however rude.
final class PeerConnection {
    private let stream: PlainStream
    private var buffer = ReceiveBuffer()
    private var received = [UInt8]()

    init(descriptor: Int32) { stream = PlainStream(owning: descriptor, patience: .seconds(10)) }

    /// Connects to a server under test.
    static func connect(port: UInt16) throws -> PeerConnection {
        let addresses = try Socket.resolve(host: "127.0.0.1", port: port, by: Self.patience).get()
        return PeerConnection(descriptor: try Connector.connect(to: addresses, by: Self.patience).get())
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
        guard case .moved(let count) = stream.receive(into: buffer.room(), by: Self.patience) else { return false }
        buffer.markReceived(count)
        received += buffer.unread
        buffer.removeAll()
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool { stream.sendAll(bytes, by: Self.patience) }

    /// Says a letter now and then, without reading, until the other end is gone.
    func drip() {
        while send("x") { _ = Descriptor.wait(stream.descriptor, for: [], by: Deadline(after: .milliseconds(20))) }
    }

    /// Makes the end of the connection a reset.
    func willReset() { Socket.resetOnClose(stream.descriptor) }
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
