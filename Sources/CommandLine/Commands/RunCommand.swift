internal import Arguments
internal import Harness
internal import ReportModel
internal import Transport

/// `countersign run URL`: the main job.
enum RunCommand: Command {
    static let url = Argument("url", .url, help: "The endpoint, such as http://127.0.0.1:8080/hook.")

    static let spec = CommandSpec(
        "run", abstract: "Certifies a live endpoint: each case sends a valid request and a probe beside it.",
        discussion:
            "The requests are labelled as tests, but a live endpoint acts on the valid ones. The report goes to "
            + "standard output, progress to standard error. 'countersign.json' in the current folder may give the URL "
            + "and any of these options under the same names; the command line takes precedence.",
        arguments: [url],
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload,
            SharedOptions.body, SharedOptions.contentType,
        ] + RunOptions.selection + GateInput.options + RunOptions.pace + TargetInput.options + [KeySetInput.listen]
            + FacilityInput.options + ReportOutputs.options,
        isCompletedLater: true,
        examples: [
            .init("countersign run http://127.0.0.1:8080/hook --scheme scaiwave --secret env:BRIDGE_SECRET", "certify"),
            .init("countersign run URL --scheme slack --secret env:S --only 'timestamp/**'", "one family"),
            .init("countersign run URL --scheme stripe --secret env:S --junit junit.xml --json report.json", "in CI"),
        ])

    static func run(_ line: ParsedCommand) throws -> ExitStatus {
        let (parsed, filled) = try ConfigurationFile.complete(line, url: url)
        let remarks = filled.isEmpty ? [] : [Remark.configured(file: ConfigurationFile.name, options: filled)]
        let run = try PreparedRun(parsed, url: parsed[url], remarks: remarks)
        let outputs = try ReportOutputs(parsed)
        if try parsed[RunOptions.dryRun] {
            let isWhole = try !parsed[RunOptions.only].isEmpty || parsed[ReportOutputs.verbose]
            Console.out(PlanText.text(run, namesCases: isWhole))
            return run.plan.cases.isEmpty ? .inconclusive : .success
        }
        let report = try InterruptibleRun.report(run, showsProgress: !parsed[ReportOutputs.quiet])
        return .combined([report.exit, outputs.write(report)])
    }
}
