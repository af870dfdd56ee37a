internal import Arguments
internal import ReportModel

/// `countersign vectors`: the frozen cases.
enum VectorsCommand: Command {
    static let subcommands: [any Command.Type] = [
        VectorsGenerateCommand.self, VectorsCheckCommand.self, VectorsShowCommand.self,
    ]

    static let spec = CommandSpec(
        "vectors", abstract: "Generates, checks and shows the frozen cases.", subcommands: subcommands.map { $0.spec },
        subcommandIsRequired: true)

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus { askForSubcommand(parsed) }
}
