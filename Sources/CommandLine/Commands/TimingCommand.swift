internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Timing
internal import Transport

/// `countersign timing URL`: whether the time of a rejection depends on the signature.
enum TimingCommand: Command {
    private static let url = Argument("url", .url, help: "The endpoint, such as http://127.0.0.1:8080/hook.")

    private static let experiment = Option(
        repeating: "experiment", value: "name", .choice(TimingExperiment.allCases),
        help: "What to compare: the place of the first wrong symbol (the default), one wrong symbol with all wrong, or "
            + "a known bridge with an unknown one.")

    private static let budget = Option(
        "budget", value: "requests", .integer(in: smallestBudget...100_000_000), defaultText: "by where the target is",
        help: "The most requests of a measurement, its confirmation included: by default 451500 on this machine, "
            + "115500 in a local network, 31500 elsewhere.")

    private static let delta = Option(
        "delta", value: "ns", .integer(in: 0...1_000_000_000), defaultText: "by where the target is",
        help:
            "The smallest effect that matters, in nanoseconds: by default 50 on this machine, 500 in a local network, "
            + "none elsewhere. With 0 nothing is too small, and all of the budget is spent.")

    private static let aa = Option(
        "aa", value: "n", .integer(in: 1...100_000), defaultText: "off",
        help: "Measure n times with requests of one kind only, and print how often a difference was found.")

    private static let raw = Option(
        "raw", value: "file", .text, help: "Write every time to this file (CSV).", completion: .file, group: "Output")

    private static let plots = Option(
        "plots", value: "folder", .text, help: "Write the plots to this folder (SVG).", completion: .directory,
        group: "Output")

    private static let json = Option(
        "json", value: "file", .text, help: "Write the report as JSON.", completion: .file, group: "Output")

    /// Two runs of a thousand tuples of seven classes, with those that do not count.
    private static let smallestBudget = TimingSettings.fewestRequests(classes: 7)

    static var subcommands: [any Command.Type] { [TimingSelfTestCommand.self] }

    static let spec = CommandSpec(
        "timing", abstract: "Measures whether the time of a rejection depends on the signature.",
        discussion:
            "It sends requests with wrong signatures that differ in where they are wrong, in tuples of random order "
            + "over one connection, and compares their times. The verdict is a leak, no leak above so many "
            + "nanoseconds, or inconclusive; that a comparison takes constant time, no measurement can show. Ends with "
            + "0 for no leak above --delta, 1 for a leak, 3 for inconclusive.\n\nNothing else should run on this "
            + "machine meanwhile: other load does not falsify a verdict, but costs sensitivity.",
        arguments: [url],
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload,
            SharedOptions.body, SharedOptions.contentType, experiment, budget, delta, RunOptions.rate, RunOptions.seed,
            aa,
        ] + TargetInput.options + [raw, json, plots, SharedOptions.noColor],
        subcommands: subcommands.map { $0.spec },
        examples: [
            .init("countersign timing http://127.0.0.1:8080/hook --scheme github --secret env:S", "one measurement"),
            .init(
                "countersign timing URL --scheme slack --secret env:S --delta 0 --raw times.csv", "all of the budget"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let url = try parsed[url]
        var configuration = try configuration(parsed)
        try TargetInput.permit(url, parsed)
        let subject = HTTPSubject(url: url, options: try TargetInput.clientOptions(parsed))
        let folder = try parsed[plots]
        if let folder { try Files.makeFolder(folder) }
        let recorder = try parsed[raw].map { try TimingRecorder(path: $0) }
        if let recorder { configuration.timing.record = { recorder.record($0, $1, $2) } }
        let line = Console.errIsTerminal ? ProgressLine() : nil
        configuration.timing.progress = { question, progress in
            recorder?.flush()
            line?.show(TimingText.progress(progress, of: question.id))
        }
        let signals = RunSignals()
        try? Signals.onRequestToEnd { signals.interrupt() }
        if let count = try parsed[aa] {
            defer { line?.finish() }
            return try sameAgain(count, configuration, subject, signals)
        }
        let plan = try configuration.plan()
        var report = Runner(subject: subject, configuration: configuration, plan: plan, signals: signals).run()
        line?.finish()
        if let code = Signals.exitCode, !report.complete { report.exit = ExitStatus(rawValue: code) ?? .interrupted }
        return .combined([
            report.exit, try show(report, parsed), recorder?.finish() ?? .success,
            try writeJSON(report, parsed),
            folder.map { writePlots(of: report, to: $0) } ?? .success,
        ])
    }

    private static func configuration(_ parsed: ParsedCommand) throws -> RunConfiguration {
        let scheme = try SchemeInput.scheme(parsed)
        guard Requirement.hmac.isMet(by: scheme) else {
            throw parsed.error(
                "\(scheme.id) signs with \(scheme.signature.algorithm.name): who verifies compares nothing that is "
                    + "secret, so there is no comparison to time.")
        }
        let secret = try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme)
        var configuration = RunConfiguration(
            scheme: scheme, payload: try SchemeInput.typedPayload(parsed, scheme: scheme), secret: secret)
        configuration.credentials = try SecretInput.credentials(parsed, scheme: scheme)
        configuration.bodyTemplate = try BodyInput.body(parsed, SharedOptions.body)
        let chosen = try parsed[experiment]
        configuration.only = (chosen.isEmpty ? [.firstWrongSymbol] : chosen).map { CaseGlob("timing/\($0.rawValue)") }
        // A leak is what was asked about, whatever the document says of it.
        configuration.enforced = .may
        configuration.requestsPerSecond = try parsed[RunOptions.rate]
        configuration.seed = UInt64(try parsed[RunOptions.seed] ?? .random(in: 1...999_999_999))
        configuration.timing.isAsked = true
        configuration.timing.budget = try parsed[budget]
        configuration.timing.threshold = try parsed[delta].map(Double.init)
        return configuration
    }

    private static func show(_ report: Report, _ parsed: ParsedCommand) throws -> ExitStatus {
        for (id, result) in report.measurements.comparisons.sorted(by: { $0.key < $1.key }) {
            Console.out(TimingText.text(id, result) + "\n")
        }
        let style = Style(
            color: Console.usesColor(refused: try parsed[SharedOptions.noColor]), width: min(120, Console.width),
            verbosity: .quiet)
        Console.out(TerminalReport.text(report, ReportOutputs.context, style: style))
        return .success
    }

    private static func writeJSON(_ report: Report, _ parsed: ParsedCommand) throws -> ExitStatus {
        guard let format = ReportFormats.all.first(where: { $0.name == json.spec.name }) else { return .internalError }
        return ReportOutputs.write(format.bytes(of: report, ReportOutputs.context), to: try parsed[json])
    }

    private static func writePlots(of report: Report, to folder: String) -> ExitStatus {
        let statuses = report.measurements.comparisons.flatMap { id, result in
            TimingPlots.all(id, result).map { name, node in
                let file = id.split(separator: "/").last.map { "\($0)-\(name).svg" } ?? "\(name).svg"
                return ReportOutputs.write(TimingPlots.file(node), to: "\(folder)/\(file)")
            }
        }
        return .combined(statuses)
    }

    /// Measures requests of one kind only, with the smallest budget, and counts what is found in them.
    private static func sameAgain(
        _ count: Int, _ configuration: RunConfiguration, _ subject: HTTPSubject, _ signals: RunSignals
    ) throws -> ExitStatus {
        var rate = FalseAlarmRate()
        var configuration = configuration
        configuration.timing.comparesTheSame = true
        configuration.timing.budget = smallestBudget
        let plan = try configuration.plan()
        for _ in 0..<count where !signals.isInterrupted {
            configuration.seed &+= 1
            let report = Runner(subject: subject, configuration: configuration, plan: plan, signals: signals).run()
            for result in report.measurements.comparisons.values { rate.add(result) }
            if report.measurements.comparisons.isEmpty {
                return try unmeasured(report)
            }
        }
        Console.out(rate.text)
        return signals.isInterrupted ? .interrupted : .success
    }

    private static func unmeasured(_ report: Report) throws -> ExitStatus {
        Console.out(TerminalReport.text(report, ReportOutputs.context, style: Style(verbosity: .quiet)))
        return report.exit
    }
}

/// What is compared, by the names of the cases.
enum TimingExperiment: String, Sendable, CaseIterable {
    case firstWrongSymbol = "first-wrong-symbol"
    case wrongSymbols = "wrong-symbols"
    case unknownBridge = "unknown-bridge"
}
