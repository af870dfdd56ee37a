internal import Platform
internal import ReportModel
internal import Synchronization

/// A terminal line that shows the progress of a run and disappears at its end. Several threads may use it.
package final class ProgressLine: Sendable {
    private struct State {
        var shown: ContinuousClock.Instant?
        var isFinished = false
    }

    private let state = Mutex(State())
    private let width: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: (@Sendable (String) -> Void)?

    private static let interval = Duration.milliseconds(100)

    /// Creates a line that stays silent when the descriptor is not a terminal.
    ///
    /// - Parameter descriptor: where it is written; standard error unless said otherwise.
    package convenience init(descriptor: Int32 = Descriptor.standardError) {
        var write: (@Sendable (String) -> Void)?
        if Terminal.obeysEscapes(on: descriptor) {
            write = { try? Descriptor.write(Array($0.utf8), to: descriptor) }
        }
        self.init(width: Terminal.width(of: descriptor) ?? 80, now: { ContinuousClock.now }, write: write)
    }

    /// Creates a line with the caller's clock and output; without an output it is silent.
    init(
        width: Int, now: @escaping @Sendable () -> ContinuousClock.Instant, write: (@Sendable (String) -> Void)?
    ) {
        self.width = width
        self.now = now
        self.write = write
    }

    /// Shows how far the run is, at most ten times a second.
    ///
    /// - Parameters:
    ///   - done: how many cases are done.
    ///   - total: how many there are.
    ///   - awaited: what the run waits for, and for how many seconds.
    package func update(done: Int, total: Int, awaited: (what: String, seconds: Int)? = nil) {
        guard let write else { return }
        state.withLock { state in
            let moment = now()
            if state.isFinished { return }
            if let shown = state.shown, moment - shown < Self.interval { return }
            state.shown = moment
            let text = Self.text(done: done, total: total, awaited: awaited, width: width)
            write("\r" + text + "\u{1B}[K")
        }
    }

    /// Erases the line if one was shown, and ignores later updates.
    package func finish() {
        guard let write else { return }
        state.withLock { state in
            if state.isFinished { return }
            state.isFinished = true
            if state.shown != nil { write("\r\u{1B}[K") }
        }
    }

    /// Returns the line, shorter than the terminal is wide so that it never wraps.
    static func text(done: Int, total: Int, awaited: (what: String, seconds: Int)? = nil, width: Int) -> String {
        let done = min(max(0, done), max(0, total))
        let awaited = awaited.map { " · waiting \($0.seconds) s for \($0.what)" } ?? ""
        let count = "\(done)/\(max(0, total)) cases\(awaited)"
        let room = min(30, width - count.count - 3)
        guard room >= 5, total > 0 else { return String(count.prefix(max(0, width - 1))) }
        let filled = Int(Double(done) / Double(total) * Double(room))
        return String(repeating: "━", count: filled) + String(repeating: "─", count: room - filled) + "  " + count
    }
}
