internal import Synchronization

/// What the lanes of a run tell each other and their surroundings: interruption, a first failure, progress.
public final class RunSignals: Sendable {
    private let interrupted = Atomic<Bool>(false)
    private let failed = Atomic<Bool>(false)
    private let done = Atomic<Int>(0)
    private let failsFast: Bool
    private let progress: @Sendable (Int) -> Void

    /// Creates the signals of one run.
    ///
    /// - Parameters:
    ///   - failsFast: whether the first failure ends the run.
    ///   - progress: called with the number of cases that are done, from any lane.
    public init(failsFast: Bool = false, progress: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.failsFast = failsFast
        self.progress = progress
    }

    /// Ends the run after the exchanges under way. Safe to call from a signal handler.
    public func interrupt() { interrupted.store(true, ordering: .relaxed) }

    /// Whether the run was interrupted.
    public var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

    var reasonToStop: String? {
        if isInterrupted { return "the run was interrupted" }
        if failsFast, failed.load(ordering: .relaxed) { return "the run ended at its first failure (--fail-fast)" }
        return nil
    }

    func caseIsDone(failed isFailure: Bool) {
        if isFailure { failed.store(true, ordering: .relaxed) }
        progress(done.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
