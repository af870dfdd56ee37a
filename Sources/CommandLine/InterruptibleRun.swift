internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Subjects

/// A run with a progress line and a way to interrupt it.
enum InterruptibleRun {
    static func report(
        on subject: any Subject, _ configuration: RunConfiguration, plan: Plan, gate: GateInput?, showsProgress: Bool
    ) -> Report {
        report(cases: plan.cases.count, failsFast: configuration.failsFast, showsProgress: showsProgress) {
            Runner(subject: subject, configuration: configuration, plan: plan, signals: $0).run()
        }
    }

    /// Runs something that reports, with the signals that it takes.
    static func report(
        cases: Int, failsFast: Bool, showsProgress: Bool, run: (RunSignals) -> Report
    ) -> Report {
        let line = showsProgress ? ProgressLine() : nil
        let signals = RunSignals(failsFast: failsFast) { progress in
            line?.update(done: progress.done, total: cases, awaited: progress.awaited)
        }
        try? Signals.onRequestToEnd { signals.interrupt() }
        var report = run(signals)
        line?.finish()
        gate?.apply(to: &report)
        if let code = Signals.exitCode, !report.complete { report.exit = ExitStatus(rawValue: code) ?? .interrupted }
        return report
    }
}
