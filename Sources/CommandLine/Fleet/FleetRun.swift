internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Synchronization

/// Runs the targets of a fleet, several at once, and says each verdict as soon as it is there.
final class FleetRun: Sendable {
    private struct State {
        var next = 0
        var verdicts: [String: FleetVerdict] = [:]
        var running: [Int: RunSignals] = [:]
        var isInterrupted = false
        /// The first thing that kept a report or a line of the journal from being written.
        var failure: String?
    }

    private let targets: [FleetFile.Target]
    private let journal: FleetJournal
    private let nameWidth: Int
    private let state: Mutex<State>

    init(_ targets: [FleetFile.Target], journal: FleetJournal) {
        self.targets = targets
        self.journal = journal
        nameWidth = targets.map(\.name.utf8.count).max() ?? 0
        let names = Set(targets.map(\.name))
        state = Mutex(State(verdicts: journal.verdicts.filter { names.contains($0.key) }))
    }

    /// Runs what is not judged yet.
    ///
    /// - Parameter jobs: how many targets at once.
    /// - Returns: the verdicts in the order of the targets, and what could not be written.
    func run(jobs: Int) -> (verdicts: [FleetVerdict], failure: String?) {
        let threads = (1..<max(1, min(jobs, targets.count))).compactMap { _ in WorkerThread { self.work() } }
        work()
        for thread in threads { thread.join() }
        return state.withLock { state in (targets.compactMap { state.verdicts[$0.name] }, state.failure) }
    }

    /// Stops all runs once their current exchanges have finished. What they found is not kept.
    func interrupt() {
        let running = state.withLock { state in
            state.isInterrupted = true
            return state.running
        }
        for signals in running.values { signals.interrupt() }
    }

    private func work() {
        while let place = takePlace() {
            let target = targets[place]
            if let verdict = journal.unrecorded(target) {
                record(verdict)
                continue
            }
            let (failsFast, longest) = (target.run.configuration.failsFast, target.run.configuration.longest)
            let signals = RunSignals(failsFast: failsFast, deadline: Deadline(after: longest))
            let isInterrupted = state.withLock { state in
                state.running[place] = signals
                return state.isInterrupted
            }
            if isInterrupted { signals.interrupt() }
            judge(target, signals)
            state.withLock { $0.running[place] = nil }
        }
    }

    private func takePlace() -> Int? {
        state.withLock { state in
            while state.next < targets.count, state.verdicts[targets[state.next].name] != nil { state.next += 1 }
            guard state.next < targets.count, !state.isInterrupted, state.failure == nil else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func judge(_ target: FleetFile.Target, _ signals: RunSignals) {
        do {
            let report = try target.run.report(signals)
            guard report.complete else { return }
            record(try journal.write(report, of: target))
        } catch let error as FileOutput.Failure {
            fail(error.description)
        } catch let error as CommandError {
            fail("\(target.name): \(error.message)")
        } catch {
            fail("\(target.name): \(error)")
        }
    }

    private func record(_ verdict: FleetVerdict) {
        state.withLock { state in
            do throws(SystemError) {
                try journal.add(verdict)
                state.verdicts[verdict.name] = verdict
            } catch {
                state.failure = state.failure ?? "the journal can't be written: \(error)"
            }
        }
        Console.out(verdict.line(nameWidth: nameWidth))
    }

    private func fail(_ reason: String) { state.withLock { $0.failure = $0.failure ?? reason } }
}
