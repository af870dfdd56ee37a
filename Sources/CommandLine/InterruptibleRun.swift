internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting

/// A run with a progress line and a way to interrupt it.
enum InterruptibleRun {
    static func report(_ run: PreparedRun, showsProgress: Bool) throws -> Report {
        let line = showsProgress ? ProgressLine() : nil
        let count = run.plan.cases.count
        let signals = RunSignals(failsFast: run.configuration.failsFast) { progress in
            line?.update(done: progress.done, total: count, awaited: progress.awaited)
        }
        try? Signals.onRequestToEnd { signals.interrupt() }
        var report = try run.report(signals)
        line?.finish()
        if let code = Signals.exitCode, !report.complete { report.exit = ExitStatus(rawValue: code) ?? .interrupted }
        return report
    }
}
