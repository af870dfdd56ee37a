internal import Platform
internal import ReportModel
internal import Synchronization

/// A terminal line that shows the progress of a run and disappears at its end. Several threads may use it.
package final class ProgressLine: Sendable {
    private struct State {
        var begun: ContinuousClock.Instant?
        var shown: ContinuousClock.Instant?
        var isFinished = false
    }

    private let state = Mutex(State())
    private let width: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void

    private static let interval = Duration.milliseconds(100)
    /// How often a log says what is awaited.
    private static let intervalInLog = Duration.seconds(30)

    /// Creates a line. Where there is no terminal, as in CI, it says every half minute what is awaited, and nothing else.
    ///
    /// - Parameter descriptor: where it is written; standard error unless said otherwise.
    package convenience init(descriptor: Int32 = Descriptor.standardError) {
        self.init(
            width: Terminal.width(of: descriptor) ?? 80, isTerminal: Terminal.obeysEscapes(on: descriptor),
            now: { ContinuousClock.now }, write: { try? Descriptor.write(Array($0.utf8), to: descriptor) })
    }

    /// Creates a line with the caller's clock and output.
    init(
        width: Int, isTerminal: Bool = true, now: @escaping @Sendable () -> ContinuousClock.Instant,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.width = width
        self.isTerminal = isTerminal
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
        state.withLock { state in
            let moment = now()
            if state.isFinished { return }
            guard isTerminal else {
                guard let begun = state.shown else { return state.shown = moment }
                guard let awaited, moment - begun >= Self.intervalInLog else { return }
                state.shown = moment
                return write("\(done) of \(total) cases done, waiting \(awaited.seconds) s for \(awaited.what)\n")
            }
            if let shown = state.shown, moment - shown < Self.interval { return }
            state.shown = moment
            let begun = state.begun ?? moment
            state.begun = begun
            let left = awaited == nil ? Self.secondsLeft(done: done, total: total, after: moment - begun) : nil
            let text = Self.text(done: done, total: total, awaited: awaited, left: left, width: width)
            write("\r" + text + "\u{1B}[K")
        }
    }

    /// Shows a text in a terminal, at most ten times a second.
    package func show(_ text: String) {
        state.withLock { state in
            let moment = now()
            if state.isFinished || !isTerminal { return }
            if let shown = state.shown, moment - shown < Self.interval { return }
            state.shown = moment
            write("\r" + text.prefix(max(0, width - 1)) + "\u{1B}[K")
        }
    }

    /// Erases the line if one was shown, and ignores later updates.
    package func finish() {
        state.withLock { state in
            if state.isFinished { return }
            state.isFinished = true
            if isTerminal, state.shown != nil { write("\r\u{1B}[K") }
        }
    }

    /// Returns how many seconds are left at the pace so far; `nil` while too little is known, and at the end.
    static func secondsLeft(done: Int, total: Int, after elapsed: Duration) -> Int? {
        let seconds = Double(elapsed.components.seconds)
        guard seconds >= 2, done > 0, done < total else { return nil }
        let left = seconds * (Double(total) / Double(done) - 1)
        return left.isFinite && left < 1e9 ? Int(left.rounded(.up)) : nil
    }

    /// Returns the line, shorter than the terminal is wide so that it never wraps.
    static func text(done: Int, total: Int, awaited: (what: String, seconds: Int)? = nil, left: Int? = nil, width: Int)
        -> String
    {
        let done = min(max(0, done), max(0, total))
        let awaited = awaited.map { " · waiting \($0.seconds) s for \($0.what)" } ?? ""
        let count = "\(done)/\(max(0, total)) cases\(awaited)" + (left.map { " · about \($0) s left" } ?? "")
        let room = min(30, width - count.count - 3)
        guard room >= 5, total > 0 else { return String(count.prefix(max(0, width - 1))) }
        let filled = Int(Double(done) / Double(total) * Double(room))
        return String(repeating: "━", count: filled) + String(repeating: "─", count: room - filled) + "  " + count
    }
}
