import Harness
import Platform
import Reference
import ReportModel
import Schemes
import Subjects
import Synchronization
import Transport

/// A real server that ends of certain requests, as a process does: its connections are closed and nobody listens at its
/// port, until what watches over it starts it again.
final class MortalServer: Sendable {
    /// How it ends of a request.
    enum Death: Sendable {
        /// Without an answer.
        case atOnce
        /// After its answer, and so many further ones.
        case afterAnswers(Int)
    }

    private struct State {
        var server: HTTPServer?
        var port: UInt16 = 0
        /// How many requests are answered before it ends; `nil` while it is well.
        var left: Int?
        var isOver = false
        var deaths = 0
        var ending: WorkerThread?
    }

    private let state = Mutex(State())
    private let returnsAfter: Duration?
    private let answer: @Sendable (HTTPRequest) -> HTTPResponse
    private let death: @Sendable (HTTPRequest) -> Death?

    /// - Parameters:
    ///   - returnsAfter: how long it is gone; `nil` for ever.
    ///   - answer: its answer while it lives.
    ///   - death: how it ends of a request, if it does.
    init(
        returnsAfter: Duration?, answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse = Fixture.sound,
        death: @escaping @Sendable (HTTPRequest) -> Death?
    ) throws {
        self.returnsAfter = returnsAfter
        self.answer = answer
        self.death = death
        try start()
    }

    deinit { stop() }

    var deaths: Int { state.withLock { $0.deaths } }
    var url: String { "http://127.0.0.1:\(state.withLock { $0.port })\(Fixture.scheme.payloads[0].path)" }

    /// Ends it for good.
    func stop() {
        let (server, ending) = state.withLock { state in
            defer { (state.isOver, state.server, state.ending) = (true, nil, nil) }
            return (state.server, state.ending)
        }
        ending?.join()
        server?.stop()
    }

    /// Starts it, or starts it again.
    func start() throws {
        let server = HTTPServer(port: state.withLock { $0.port }) { [weak self] in self?.act(on: $0) ?? .close }
        try server.start()
        state.withLock { state in
            state.server = server
            state.port = server.port
            state.left = nil
        }
    }

    private func act(on request: HTTPRequest) -> ServerAction {
        guard lives() else {
            end()
            return .close
        }
        switch death(request) {
        case nil: return .answer(answer(request))
        case .atOnce:
            end()
            return .close
        case .afterAnswers(let count):
            state.withLock { $0.left = min($0.left ?? .max, count) }
            return .answer(answer(request))
        }
    }

    /// Whether it is there for one more request.
    private func lives() -> Bool {
        state.withLock { state in
            if state.server == nil { return false }
            guard let left = state.left else { return true }
            state.left = left - 1
            return left > 0
        }
    }

    private func end() {
        let server = state.withLock { state -> HTTPServer? in
            defer { state.server = nil }
            state.deaths += state.server == nil ? 0 : 1
            return state.server
        }
        guard let server else { return }
        let thread = WorkerThread { [self] in
            server.stop()
            guard let returnsAfter else { return }
            MonotonicClock.pause(returnsAfter)
            if !state.withLock({ $0.isOver }) { try? start() }
        }
        state.withLock { $0.ending = thread }
    }
}
