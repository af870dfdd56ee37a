internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting

/// A run with a progress line and a way to interrupt it.
enum InterruptibleRun {
    static func report(_ run: PreparedRun, showsProgress: Bool) throws -> Report {
        try report(
            cases: run.plan.cases.count, failsFast: run.configuration.failsFast, longest: run.configuration.longest,
            showsProgress: showsProgress, run: run.report)
    }

    /// Runs something that reports, with the signals that it takes.
    static func report(
        cases: Int, failsFast: Bool, longest: Duration? = nil, showsProgress: Bool, run: (RunSignals) throws -> Report
    ) rethrows -> Report {
        let line = showsProgress ? ProgressLine() : nil
        let signals = RunSignals(failsFast: failsFast, deadline: longest.map(Deadline.init(after:)) ?? .never) {
            progress in
            line?.update(done: progress.done, total: cases, awaited: progress.awaited)
        }
        try? Signals.onRequestToEnd { signals.interrupt() }
        var report = try run(signals)
        line?.finish()
        if let code = Signals.exitCode, !report.complete { report.exit = ExitStatus(rawValue: code) ?? .interrupted }
        return report
    }
}
