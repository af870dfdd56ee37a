package import Platform
internal import ReportModel
internal import Synchronization
internal import Transport

/// What the threads of a run share with each other and the caller: interruption, a first failure, progress.
package final class RunSignals: Sendable {
    /// Breaks off whatever the run waits for.
    package let stop: StopSignal
    private let interrupted = Atomic<Bool>(false)
    private let failed = Atomic<Bool>(false)
    private let done = Atomic<Int>(0)
    private let failsFast: Bool
    private let progress: @Sendable (Progress) -> Void
    /// What is awaited, and when it is due.
    private let awaited = Mutex<[String: Deadline]>([:])

    /// The progress of a run.
    package struct Progress: Sendable {
        /// The number of finished cases.
        package var done: Int
        /// The longest wait: what is awaited, in words, and for how many seconds on this machine's clock.
        package var awaited: (what: String, seconds: Int)?
    }

    /// Creates the signals of one run.
    ///
    /// - Parameters:
    ///   - failsFast: whether the run stops at the first failure.
    ///   - deadline: when the run ends at the latest.
    ///   - progress: called from any thread when a case finishes and while one is awaited.
    package init(
        failsFast: Bool = false, deadline: Deadline = .never,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.failsFast = failsFast
        stop = StopSignal(by: deadline)
        self.progress = progress
    }

    /// Stops the run, and breaks off current exchanges.
    package func interrupt() {
        interrupted.store(true, ordering: .sequentiallyConsistent)
        stop.stop()
    }

    /// Whether the run was interrupted.
    package var isInterrupted: Bool { interrupted.load(ordering: .sequentiallyConsistent) }

    /// Why what is being done now can't be judged: the run is broken off. `nil` while it is not.
    var doubt: Doubt? {
        guard stop.isStopped else { return nil }
        return isInterrupted ? .interrupted : .outOfTime
    }

    /// Why no further case is run; `nil` while the run continues.
    var reasonToStop: SkipReason? {
        if let doubt { return doubt == .interrupted ? .interrupted : .outOfTime }
        return failsFast && failed.load(ordering: .relaxed) ? .firstFailure : nil
    }

    func caseIsDone(failed isFailure: Bool) {
        if isFailure { failed.store(true, ordering: .relaxed) }
        done.wrappingAdd(1, ordering: .relaxed)
        tell()
    }

    /// Records that something is awaited until `arrived`; `tell` shows it.
    func awaits(_ what: String, until deadline: Deadline) { awaited.withLock { $0[what] = deadline } }

    /// Records that what was awaited has arrived.
    func arrived(_ what: String) { awaited.withLock { $0[what] = nil } }

    /// Reports progress.
    func tell() {
        let last = awaited.withLock { $0 }.max { ($0.value.remaining, $0.key) < ($1.value.remaining, $1.key) }
        let awaited = last.map { (what: $0.key, seconds: Int($0.value.remaining / 1_000_000_000)) }
        progress(Progress(done: done.load(ordering: .relaxed), awaited: awaited))
    }
}
