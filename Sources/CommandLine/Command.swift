internal import Arguments
internal import ReportModel

/// A command of the tool: its specification and its code.
protocol Command: Sendable {
    /// The words; the specifications of its subcommands are among them.
    static var spec: CommandSpec { get }

    /// The commands below it.
    static var subcommands: [any Command.Type] { get }

    /// Runs it.
    /// - Throws: `UsageError` or `CommandError` for what the user can correct; anything else is a bug.
    static func run(_ parsed: ParsedCommand) throws -> ExitStatus
}

extension Command {
    static var subcommands: [any Command.Type] { [] }

    /// Prints the help to standard error, for a command that does nothing without a subcommand.
    static func askForSubcommand(_ parsed: ParsedCommand) -> ExitStatus {
        Console.err(HelpText.render(parsed.spec, path: parsed.path, width: Console.width))
        return .wrongInput
    }
}
