internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Transport

/// `countersign run URL`: the main job.
enum RunCommand {
    static let spec = CommandSpec(
        "run", abstract: "Certifies a live endpoint: each case is a valid control and a probe beside it.",
        discussion: "Sends requests that are labelled as tests; a live endpoint will act on the valid ones. The report "
            + "goes to standard output, progress to standard error. What stands in 'countersign.json' in the current "
            + "folder, the URL and these options under their names, need not be given.",
        arguments: [
            ArgumentSpec("url", help: "The endpoint, such as http://127.0.0.1:8080/hook.", isRequired: false)
        ],
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload,
            SharedOptions.body,
        ]
            + RunOptions.selection + RunOptions.pace + TargetInput.options + [KeySetInput.option]
            + FacilityInput.options
            + RunOptions.output,
        examples: [
            .init("countersign run http://127.0.0.1:8080/hook --scheme scaiwave --secret env:BRIDGE_SECRET", "certify"),
            .init("countersign run URL --scheme slack --secret env:S --only 'timestamp/**'", "one family"),
            .init("countersign run URL --scheme stripe --secret env:S --junit junit.xml --json report.json", "in CI"),
        ])

    static func run(_ line: ParsedCommand) throws -> Int32 {
        let (parsed, filled) = try ConfigurationFile.complete(line)
        let url = try TargetInput.url(parsed)
        let options = try TargetInput.clientOptions(parsed)
        var configuration = try RunOptions.configuration(parsed)
        if options.tls.insecure {
            configuration.remarks.append("The target's certificate was not verified (--insecure).")
        }
        if !filled.isEmpty {
            configuration.remarks.append("Given by \(ConfigurationFile.name): \(filled.joined(separator: ", ")).")
        }
        let keys = try KeySetInput.server(parsed, configuration)
        configuration.facilities.keySet = keys
        let plan = try RunOptions.plan(parsed, configuration)
        try TargetInput.permit(url, parsed)
        let outputs = try ReportOutputs(parsed)
        if parsed.flag("dry-run") {
            Console.out(PlanText.text(plan, configuration, target: url.description))
            return plan.count == 0 ? 3 : 0
        }
        try keys.map(KeySetInput.start)
        defer { keys?.stop() }
        let report = Conduct.run(
            HTTPTarget(url: url, options: options), configuration, plan: plan, showsProgress: !parsed.flag("quiet"))
        try outputs.write(report)
        return Int32(report.exit)
    }
}

/// Conducts a run with a progress line and a way to interrupt it.
enum Conduct {
    static func run(
        _ target: any Target, _ configuration: RunConfiguration, plan: Plan, showsProgress: Bool
    ) -> Report {
        let line = showsProgress && Console.errIsTerminal ? ProgressLine() : nil
        let signals = RunSignals(failsFast: configuration.failsFast) { progress in
            line?.update(done: progress.done, total: plan.count, awaited: progress.awaited)
        }
        try? Signals.onRequestToEnd { signals.interrupt() }
        var report = Runner(target: target, configuration: configuration, plan: plan, signals: signals).run()
        line?.finish()
        if let exit = Signals.exitCode, !report.complete { report.exit = Int(exit) }
        return report
    }
}

/// What would be sent, for `--dry-run`.
enum PlanText {
    static func text(_ plan: Plan, _ configuration: RunConfiguration, target: String) -> String {
        let scheme = configuration.scheme
        let cases = plan.cases.map { line($0, scheme) }
        var longest: Int64 = 0
        var skipped = 0
        let scenarios = plan.scenarios.map { scenario -> String in
            if let reason = configuration.reasonToSkip(scenario) {
                skipped += 1
                return line(scenario, scheme) + "  skipped: \(reason)"
            }
            let seconds = scenario.waits(scheme)
            longest = max(longest, seconds)
            return line(scenario, scheme) + (seconds > 0 ? "  waits \(seconds) s" : "")
        }
        let requests = plan.cases.count * 2 + (plan.scenarios.count - skipped) * 4
        var totals =
            "\(plan.count) cases\(skipped > 0 ? ", \(skipped) of them skipped" : ""), at least \(requests) requests to "
            + "\(printable(target)), about half of them valid. Nothing was sent."
        if longest > 0 {
            totals +=
                "\nCases that wait do so beside all others: the run takes at least "
                + "\(Int64((Double(longest) / configuration.speed).rounded(.up))) s. --skip-slow leaves them out."
        }
        return (cases + scenarios + [totals]).joined(separator: "\n")
    }

    private static func line(_ kase: some CaseDescription, _ scheme: Scheme) -> String {
        "  \(kase.level(in: scheme).rawValue.padded(to: 7))\(kase.id)"
    }
}

extension String {
    /// The text with blanks behind it, up to a width in characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
