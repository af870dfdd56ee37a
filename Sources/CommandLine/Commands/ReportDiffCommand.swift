internal import Arguments
internal import Bytes
internal import ReportModel
internal import Reporting

/// `countersign report diff OLD NEW`: what has changed between two runs.
enum ReportDiffCommand: Command {
    private static let old = Argument("old", .text, help: "The JSON report of the earlier run.", completion: .file)
    private static let new = Argument("new", .text, help: "The JSON report of the later run.", completion: .file)

    private static let markdown = Option(
        "markdown", value: "file", .text, help: "Write the difference as Markdown too.", completion: .file)

    private static let noColor = Option(flag: "no-color", help: SharedOptions.noColor.help)

    static let spec = CommandSpec(
        "diff", abstract: "Says what is broken, fixed and otherwise changed between two runs.",
        discussion: "Exits with 1 if a case fails or is inconclusive that did neither before.",
        arguments: [old, new], options: [markdown, noColor],
        examples: [.init("countersign report diff main.json branch.json", "what a branch breaks")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let (old, new) = (try ReportInput(try parsed[old]), try ReportInput(try parsed[new]))
        guard old.report.run.scheme.utf8.elementsEqual(new.report.run.scheme.utf8) else {
            throw CommandError.input(
                "the reports are of different schemes: '\(printable(old.path))' of \(printable(old.report.run.scheme)), "
                    + "'\(printable(new.path))' of \(printable(new.report.run.scheme))")
        }
        let file = try parsed[markdown]
        try ReportOutputs.check(file.map { [$0] } ?? [])
        let difference = ReportDifference(old: old.report, new: new.report)
        let style = Style(
            color: Console.usesColor(refused: try parsed[noColor]), width: min(120, Console.width), verbosity: .normal)
        Console.out(DifferenceText.text(difference, style: style))
        let written = ReportOutputs.write(DifferenceText.markdown(difference), to: file)
        return .combined([difference.isWorse ? .failure : .success, written])
    }
}
