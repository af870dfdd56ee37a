internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting

/// A run with a progress line and a way to interrupt it.
enum InterruptibleRun {
    static func report(_ run: PreparedRun, showsProgress: Bool) throws -> Report {
        let (count, failsFast) = (run.plan.cases.count, run.configuration.failsFast)
        return try report(cases: count, failsFast: failsFast, showsProgress: showsProgress) { try run.report($0) }
    }

    /// Runs something that reports, with the signals that it takes.
    static func report(
        cases: Int, failsFast: Bool, showsProgress: Bool, run: (RunSignals) throws -> Report
    ) rethrows -> Report {
        let line = showsProgress ? ProgressLine() : nil
        let signals = RunSignals(failsFast: failsFast) { progress in
            line?.update(done: progress.done, total: cases, awaited: progress.awaited)
        }
        try? Signals.onRequestToEnd { signals.interrupt() }
        var report = try run(signals)
        line?.finish()
        if let code = Signals.exitCode, !report.complete { report.exit = ExitStatus(rawValue: code) ?? .interrupted }
        return report
    }
}
