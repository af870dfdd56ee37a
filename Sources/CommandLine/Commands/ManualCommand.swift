internal import Arguments
internal import ReportModel

/// `countersign manual`: the manual page.
enum ManualCommand: Command {
    static let spec = CommandSpec(
        "manual", abstract: "Prints the manual page, for man(1).",
        examples: [.init("countersign manual | man -l -", "read it")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let page = ManualPage.text(root: CommandTree.spec, day: toolDay, sections: sections)
        Console.out(Array(page.utf8))
        return .success
    }

    private static let sections: [(title: String, entries: [(label: String, text: String)])] = [
        (
            "EXIT STATUS",
            [
                ("0", "Conformant; a certificate is valid."),
                ("1", "Not conformant, or a waiver does not fit."),
                ("2", "The command line or a file is wrong; nothing was sent."),
                ("3", "Inconclusive: unreachable, valid requests rejected, nothing selected, nothing answered."),
                ("4", "No certificate, or not a valid one."),
                ("70", "A bug in Countersign."),
                ("74", "The verdict was reached, but a report could not be written."),
                ("130, 143", "Interrupted; the report is marked incomplete."),
            ]
        ),
        (
            "ENVIRONMENT",
            [
                ("NO_COLOR", "Print plain text if it is set and not empty."),
                ("TMPDIR", "Where temporary folders are made."),
                ("CI_NODE_INDEX, TEST_SHARD_INDEX, JOB_COMPLETION_INDEX, …", "The part that '--shard env' runs."),
            ]
        ),
        (
            "FILES",
            [("countersign.json", "In the current folder: the URL and the options of 'run' under their own names.")]
        ),
    ]
}
