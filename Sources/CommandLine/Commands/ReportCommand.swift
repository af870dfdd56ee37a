internal import Arguments
internal import Bytes
internal import ReportModel
internal import Reporting

/// `countersign report REPORT`: any format from the canonical JSON, of one run or of several side by side.
enum ReportCommand: Command {
    private static let reports = Argument(
        repeating: "report", .text, help: "A JSON report, or several to compare.", completion: .file)

    static let subcommands: [any Command.Type] = [ReportDiffCommand.self, ReportMergeCommand.self]

    static let spec = CommandSpec(
        "report", abstract: "Writes a JSON report of an earlier run in any format, or compares several.",
        discussion:
            "Reports of every earlier version are read. Several reports are set side by side in the text and on "
            + "the page of --html; the other formats take one. Sends nothing, and exits with 0 whatever a report says.",
        arguments: [reports], options: ReportOutputs.options, subcommands: subcommands.map { $0.spec },
        examples: [
            .init("countersign report report.json --html report.html", "as a page"),
            .init("countersign report old.json new.json --html both.html", "two runs side by side"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let inputs = try parsed[reports].map(ReportInput.init)
        let outputs = try ReportOutputs(parsed)
        if inputs.count == 1, let input = inputs.first { return outputs.write(input.report, madeBy: input.version) }
        if let format = outputs.formats.first(where: { !$0.takesSeveral }) {
            throw parsed.error("\(format.title) holds one run, and there are \(inputs.count) reports.")
        }
        return outputs.write(inputs.map { ComparedRun(name: $0.path, report: $0.report, version: $0.version) })
    }
}
