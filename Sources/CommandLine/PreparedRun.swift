internal import Arguments
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// A run whose options were read and found right; nothing was sent.
struct PreparedRun: Sendable {
    let url: TargetURL
    let subject: HTTPSubject
    let configuration: RunConfiguration
    let plan: Plan
    /// What the report is held against; `nil` for nothing.
    let gate: GateInput?
    /// Serves the keys of the run's tokens while it lasts.
    let keys: KeySetServer?

    /// Reads the options of `run`.
    ///
    /// - Parameter remarks: what readers of the report must know besides.
    init(_ parsed: ParsedCommand, url: TargetURL, remarks: [Remark] = []) throws {
        let options = try TargetInput.clientOptions(parsed)
        var configuration = try RunOptions.configuration(parsed)
        if options.tls.insecure { configuration.remarks.append(.certificateNotVerified) }
        configuration.remarks += remarks
        keys = try KeySetInput.server(parsed, configuration)
        configuration.facilities.keySet = keys
        plan = try RunOptions.plan(parsed, configuration)
        let gate = try GateInput(parsed, configuration, among: Catalogue.cases(for: configuration.scheme))
        configuration.isExcused = gate.excuses
        self.gate = gate
        self.configuration = configuration
        self.url = url
        subject = HTTPSubject(url: url, options: options)
        try TargetInput.permit(url, parsed)
    }

    /// Prepares a run that was put together elsewhere.
    init(
        url: TargetURL, options: ClientOptions, configuration: RunConfiguration, plan: Plan, keys: KeySetServer?
    ) {
        self.url = url
        subject = HTTPSubject(url: url, options: options)
        self.configuration = configuration
        self.plan = plan
        self.keys = keys
        gate = nil
    }

    /// Whether a report can be that of this run.
    func isOrigin(of report: Report) -> Bool {
        let run = report.run
        return run.scheme == configuration.scheme.id && run.payload == configuration.payload.id
            && run.target == subject.name && run.seed == configuration.seed && run.level == configuration.scope
            && run.enforce == configuration.enforced && run.profile == configuration.profile
            && report.cases.map(\.id).starts(with: plan.cases.map(\.id))
    }

    /// Runs to the end, or until it is interrupted, and holds the report against the gate.
    func report(_ signals: RunSignals) throws -> Report {
        try keys.map(KeySetInput.start)
        defer { keys?.stop() }
        var report = Runner(subject: subject, configuration: configuration, plan: plan, signals: signals).run()
        gate?.apply(to: &report)
        return report
    }
}
