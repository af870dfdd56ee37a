internal import Arguments
internal import Bytes
internal import ReportModel
internal import Reporting

/// `countersign report merge`: the reports of all shards of a run as one.
enum ReportMergeCommand: Command {
    private static let reports = Argument(
        repeating: "report", .text, help: "The JSON reports of all shards, in any order.", completion: .file)

    static let subcommands: [any Command.Type] = []

    static let spec = CommandSpec(
        "merge", abstract: "Joins the reports of all shards of one run, and judges the whole.",
        discussion:
            "Each shard must be there once, made with the same scheme, target, selection, seed and vectors. The exit "
            + "code is that of the whole run.",
        arguments: [reports], options: ReportOutputs.options,
        examples: [.init("countersign report merge shard-*.json --json report.json", "after a matrix of jobs")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let inputs = try parsed[reports].map(ReportInput.init)
        let outputs = try ReportOutputs(parsed)
        let merged: Report
        do throws(Report.MergeProblem) {
            merged = try Report.merging(inputs.map(\.report))
        } catch {
            throw CommandError.input(printable(error.words(names: inputs.map(\.path))))
        }
        return .combined([merged.exit, outputs.write(merged, madeBy: inputs[0].version)])
    }
}
