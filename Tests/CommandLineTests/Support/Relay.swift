import Foundation
import ReportModel
import Synchronization

/// Hands calls on to another server on loopback, takes them down, and can fall silent as if that server had gone.
final class Relay: Sendable {
    /// A call and what came back.
    struct Call: Sendable {
        /// Method and path.
        let line: String
        let status: Int
        let body: [UInt8]
    }

    private struct State {
        var calls: [Call] = []
        var isGone = false
        var isGoneAfter: @Sendable ([Call]) -> Bool
    }

    private let state: Mutex<State>
    private let changed = NSCondition()
    private let server: Mutex<ScriptedServer?> = Mutex(nil)
    let port: UInt16

    /// Starts it.
    ///
    /// - Parameters:
    ///   - port: where calls go.
    ///   - isGoneAfter: told all calls so far, whether no further one is answered.
    init(to port: UInt16, isGoneAfter: @escaping @Sendable ([Call]) -> Bool = { _ in false }) throws {
        state = Mutex(State(isGoneAfter: isGoneAfter))
        // Each call comes over a connection of its own.
        let script = Mutex<(@Sendable (ScriptedServer.Connection) -> Void)?>(nil)
        let server = try ScriptedServer { connection, _ in script.withLock { $0 }?(connection) }
        self.port = server.port
        self.server.withLock { $0 = server }
        script.withLock { script in
            script = { [weak self] in self?.relay($0, to: port) }
        }
    }

    var calls: [Call] { state.withLock { $0.calls } }

    /// Waits until the calls are as wanted.
    func wait(seconds: Int, until isWanted: ([Call]) -> Bool) -> Bool {
        let limit = Date(timeIntervalSinceNow: Double(seconds))
        return changed.withLock {
            while !isWanted(calls) { if !changed.wait(until: limit) { return false } }
            return true
        }
    }

    private func relay(_ connection: ScriptedServer.Connection, to port: UInt16) {
        guard let request = connection.request(), !state.withLock({ $0.isGone }),
            let answer = Self.ask(port, request)
        else { return }
        let line = String(decoding: request.prefix { $0 != 0x0D }, as: UTF8.self)
        let text = String(decoding: answer, as: UTF8.self)
        let status = Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0
        let body = text.components(separatedBy: "\r\n\r\n").dropFirst().joined()
        changed.withLock {
            state.withLock { state in
                let words = line.split(separator: " ").dropLast().joined(separator: " ")
                state.calls.append(Call(line: words, status: status, body: Array(body.utf8)))
                if state.isGoneAfter(state.calls) { state.isGone = true }
            }
            changed.broadcast()
        }
        connection.send(answer)
    }

    /// Sends bytes to a port on loopback and gives the whole answer, which must announce its length.
    static func ask(_ port: UInt16, _ request: [UInt8]) -> [UInt8]? {
        guard let connection = ScriptedServer.Connection(port: port), connection.send(request) else { return nil }
        defer { connection.close() }
        // An answer has the shape of a request in all that is read here.
        return connection.request()
    }
}
