internal import Arguments
internal import ReportModel

/// `countersign waivers`: the files of `run --waivers`.
enum WaiversCommand: Command {
    static let subcommands: [any Command.Type] = [
        WaiversCheckCommand.self, WaiversAddCommand.self, WaiversPruneCommand.self,
    ]

    static let spec = CommandSpec(
        "waivers", abstract: "Checks, adds and removes waivers: known failures, tolerated until a day.",
        subcommands: subcommands.map { $0.spec }, subcommandIsRequired: true)

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus { askForSubcommand(parsed) }

    static let file = Argument("file", .text, help: "The waiver file.", completion: .file)

    static let report = Option(
        "report", value: "report", .text, help: "A JSON report that the waivers are held against.", completion: .file)
}
