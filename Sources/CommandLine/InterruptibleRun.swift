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
        let line = showsProgress ? ProgressLine() : nil
        let signals = RunSignals(
            failsFast: configuration.failsFast, deadline: Deadline(after: configuration.longest)
        ) { progress in
            line?.update(done: progress.done, total: plan.cases.count, awaited: progress.awaited)
        }
        try? Signals.onRequestToEnd { signals.interrupt() }
        var report = Runner(subject: subject, configuration: configuration, plan: plan, signals: signals).run()
        line?.finish()
        gate?.apply(to: &report)
        if let code = Signals.exitCode, !report.complete { report.exit = ExitStatus(rawValue: code) ?? .interrupted }
        return report
    }
}
