internal import Platform
internal import ReportModel
internal import Synchronization
internal import Transport

/// What the lanes of a run tell each other and their surroundings: interruption, a first failure, progress.
package final class RunSignals: Sendable {
    private let interrupted = Atomic<Bool>(false)
    private let failed = Atomic<Bool>(false)
    private let done = Atomic<Int>(0)
    private let failsFast: Bool
    private let progress: @Sendable (Progress) -> Void
    /// What is waited for, and when it comes.
    private let awaited = Mutex<[String: Deadline]>([:])

    /// How far a run is.
    package struct Progress: Sendable {
        /// The cases that are done.
        package var done: Int
        /// What is waited for longest, in words, and for how many seconds of this machine's clock.
        package var awaited: (what: String, seconds: Int)?
    }

    /// Creates the signals of one run.
    ///
    /// - Parameters:
    ///   - failsFast: whether the first failure ends the run.
    ///   - progress: called when a case is done and while one is waited for, from any thread.
    package init(failsFast: Bool = false, progress: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.failsFast = failsFast
        self.progress = progress
    }

    /// Ends the run after the exchanges under way. Safe to call from a signal handler.
    package func interrupt() { interrupted.store(true, ordering: .relaxed) }

    /// Whether the run was interrupted.
    package var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

    /// Why no further case is run; `nil` while they go on.
    var reasonToStop: SkipReason? {
        if isInterrupted { return .interrupted }
        return failsFast && failed.load(ordering: .relaxed) ? .firstFailure : nil
    }

    func caseIsDone(failed isFailure: Bool) {
        if isFailure { failed.store(true, ordering: .relaxed) }
        done.wrappingAdd(1, ordering: .relaxed)
        tell()
    }

    /// Takes note that something is waited for, until `arrived`; `tell` shows it.
    func awaits(_ what: String, until deadline: Deadline) { awaited.withLock { $0[what] = deadline } }

    /// What was waited for is there.
    func arrived(_ what: String) { awaited.withLock { $0[what] = nil } }

    /// Tells how far the run is.
    func tell() {
        let last = awaited.withLock { $0 }.max { ($0.value.remaining, $0.key) < ($1.value.remaining, $1.key) }
        let awaited = last.map { (what: $0.key, seconds: Int($0.value.remaining / 1_000_000_000)) }
        progress(Progress(done: done.load(ordering: .relaxed), awaited: awaited))
    }
}
