internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Transport

/// `countersign replay REPORT#CASE`: one case of a report, sent again.
enum ReplayCommand: Command {
    private static let reference = Argument(
        "report#case", .text, help: "The JSON report of a run, '#', and the id of a case in it.", completion: .file)

    private static let url = Option(
        "url", value: "url", .url, defaultText: "the report's", help: "Another endpoint.", group: "Target")

    private static let scheme = Option(
        "scheme", value: "name-or-file", .text, defaultText: "the report's",
        help: "The scheme's file, if the report is of a scheme of your own.",
        completion: .values(SchemeLibrary.names))

    static let spec = CommandSpec(
        "replay", abstract: "Sends one case of a report again, and compares: 0 if it is met now, 1 if it is not.",
        discussion: "The scheme, the payload, the target, the level and the seed are those of the report.",
        arguments: [reference],
        options: [
            SharedOptions.secret, SharedOptions.credential, scheme, SharedOptions.body, SharedOptions.contentType,
        ]
            + [url] + TargetInput.options + [KeySetInput.listen] + FacilityInput.options + [SharedOptions.noColor],
        examples: [
            .init("countersign replay report.json#timestamp/future-one-year --secret env:S", "after a fix")
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let (before, earlier) = try ReportInput.result(parsed[reference])
        let run = try prepare(parsed, before, case: earlier.id)
        try TargetInput.permit(run.url, parsed)
        var report = try InterruptibleRun.report(run, showsProgress: false)
        guard let result = report.cases.first(where: { $0.id == earlier.id }) else { return .inconclusive }
        if report.complete {
            report.exit = status(of: result)
            if report.cause == .nothingRefused { report.cause = nil }
        }
        let style = try Style(
            color: Console.usesColor(refused: parsed[SharedOptions.noColor]), width: min(120, Console.width),
            verbosity: .verbose)
        Console.out(TerminalReport.text(report, ReportOutputs.context, style: style))
        Console.out(printable("BEFORE  \(words(earlier))"))
        Console.out(printable("NOW     \(words(result))" + (words(earlier) == words(result) ? ", as before" : "")))
        return report.exit
    }

    /// One case is judged by itself, whether or not it shows that the target can reject.
    private static func status(of result: CaseResult) -> ExitStatus {
        switch result.outcome {
        case .pass, .warn, .note: .success
        case .fail, .waived: .failure
        case .inconclusive, .skipped: .inconclusive
        }
    }

    private static func words(_ result: CaseResult) -> String {
        result.outcome.rawValue + (result.unmet.map { " (\($0.text))" } ?? "")
    }

    private static func prepare(_ parsed: ParsedCommand, _ before: Report, case id: String) throws -> PreparedRun {
        let scheme = try SchemeInput.scheme(named: parsed[scheme] ?? before.run.scheme, parsed)
        guard let payload = scheme.payload(named: before.run.payload) else {
            throw CommandError.input(
                "the scheme \(scheme.id) has no payload '\(printable(before.run.payload))' any more")
        }
        guard let testCase = Catalogue.cases(for: scheme).first(where: { $0.id == id }) else {
            throw CommandError.input("there is no case '\(printable(id))' of \(scheme.id) any more")
        }
        let options = try TargetInput.clientOptions(parsed)
        var configuration = RunConfiguration(
            scheme: scheme, payload: try SchemeInput.typed(payload, parsed),
            secret: try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme))
        configuration.credentials = try SecretInput.credentials(parsed, scheme: scheme)
        configuration.bodyTemplate = try BodyInput.body(parsed, SharedOptions.body)
        configuration.scope = before.run.level
        configuration.enforced = before.run.enforce
        configuration.profile = before.run.profile
        configuration.seed = before.run.seed
        configuration.clock = RunClock(speed: Double(try parsed[FacilityInput.speed]))
        configuration.facilities = try FacilityInput.facilities(parsed, scheme: scheme, options: options)
        let keys = try KeySetInput.server(parsed, configuration)
        configuration.facilities.keySet = keys
        return PreparedRun(
            url: try parsed[url] ?? target(before), options: options, configuration: configuration,
            plan: Plan(cases: [testCase]), keys: keys)
    }

    private static func target(_ report: Report) throws -> TargetURL {
        do throws(TargetURL.ParseError) {
            return try TargetURL(report.run.target)
        } catch {
            throw CommandError.input(
                "the report's target '\(printable(report.run.target))' is not a URL: name one with --url")
        }
    }
}
