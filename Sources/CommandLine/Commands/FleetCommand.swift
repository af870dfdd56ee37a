internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// `countersign fleet FILE`: many targets, each with a verdict of its own.
enum FleetCommand: Command {
    private static let file = Argument(
        "file", .text, help: "The fleet file: JSON with comments, \"format\": 1, \"defaults\" and \"targets\".",
        completion: .file)

    private static let out = Option(
        required: "out", value: "folder", .text,
        help: "Where the reports go: a JSON report for each target, fleet.json, fleet.html and the journal.",
        completion: .directory)

    private static let jobs = Option(
        "fleet-jobs", value: "n", .integer(in: 1...256), default: 4, help: "Run this many targets at once.")

    private static let resume = Option(
        flag: "resume", help: "Go on with a fleet that was interrupted or killed: what was judged stays judged.")

    static let spec = CommandSpec(
        "fleet", abstract: "Certifies many endpoints, and says each verdict as soon as it is there.",
        discussion: "A target has a name, a URL and any options of 'run' under their own names; what it leaves out is "
            + "taken from the defaults. Every target and every option is checked before anything is sent.",
        arguments: [file], options: [out, jobs, resume, RunOptions.shard, RunOptions.seed],
        examples: [
            .init("countersign fleet fleet.json --out reports --fleet-jobs 8", "eight at a time"),
            .init("countersign fleet fleet.json --out reports --resume", "after a crash"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let folder = try parsed[out]
        let resumes = try parsed[resume]
        let kept = resumes ? try FleetJournal.seed(in: folder) : nil
        let seed = try parsed[RunOptions.seed].map(UInt64.init) ?? kept ?? .random(in: 1...999_999_999)
        let file = try FleetFile(parsed[file], seed: seed)
        let shard = try parsed[RunOptions.shard]
        let targets = stride(
            from: (shard?.number ?? 1) - 1, to: file.targets.count, by: shard?.count ?? 1
        ).map { file.targets[$0] }
        let journal = try FleetJournal(folder: folder, resumes: resumes, fleet: file.digest, seed: seed)
        let run = FleetRun(targets, journal: journal)
        try? Signals.onRequestToEnd { run.interrupt() }
        let (verdicts, failure) = run.run(jobs: try parsed[jobs])
        let report = FleetReport(
            complete: verdicts.count == targets.count, fleet: file.digest, seed: seed, verdicts: verdicts)
        let statuses = [
            ReportOutputs.write(FleetJSON.bytes(of: report, version: toolVersion), to: "\(folder)/fleet.json"),
            ReportOutputs.write(FleetPage.bytes(of: report, version: toolVersion), to: "\(folder)/fleet.html"),
        ]
        if let failure { Console.err("Error: \(printable(failure))") }
        let exit = failure == nil ? interrupted(report) ?? report.exit : .reportNotWritten
        Console.out(
            "RESULT  \(verdicts.count) of \(counted(targets.count, "target")): \(report.count(.success)) conformant · "
                + "\(report.count(.failure)) not · \(report.count(.inconclusive)) inconclusive  → exit \(exit.rawValue)"
        )
        return .combined(statuses + [exit])
    }

    private static func interrupted(_ report: FleetReport) -> ExitStatus? {
        guard !report.complete, let code = Signals.exitCode else { return nil }
        return ExitStatus(rawValue: code)
    }
}
