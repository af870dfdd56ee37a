internal import Arguments
internal import ReportModel

/// The tool itself, with its commands.
enum CommandTree: Command {
    static let commands: [any Command.Type] = [
        DemoCommand.self, InitCommand.self, RunCommand.self, ListenCommand.self, TimingCommand.self,
        DiagnoseCommand.self, ReportCommand.self, ListCommand.self, ExplainCommand.self, ReplayCommand.self,
        SignCommand.self, VerifyCommand.self, SendCommand.self, SchemesCommand.self, VectorsCommand.self,
        ServeCommand.self, SelftestCommand.self, WaiversCommand.self, FleetCommand.self, CertifyCommand.self,
        CertificateCommand.self, ManualCommand.self, CompletionCommand.self,
    ]

    static var subcommands: [any Command.Type] { commands }

    static let spec = CommandSpec(
        "countersign",
        abstract: "Proves what a signed webhook endpoint accepts, and what it rejects.",
        discussion: "Exit codes: 0 conformant, 1 not conformant, 2 wrong input (nothing was sent), 3 inconclusive, "
            + "4 certificate refused, "
            + "70 a bug in Countersign, 74 a report could not be written, 130 and 143 interrupted.",
        subcommands: commands.map { $0.spec }, subcommandIsRequired: true,
        examples: [
            .init("countersign demo", "certify a sound and a flawed endpoint"),
            .init(
                "countersign run http://127.0.0.1:8080/hook --scheme slack --secret env:SLACK_SECRET",
                "certify your own endpoint"),
        ],
        version: toolVersion)

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus { askForSubcommand(parsed) }

    /// Returns the command that a path of words names, the tool's own name left out.
    static func command(at path: some Sequence<String>) -> any Command.Type {
        path.reduce(CommandTree.self as any Command.Type) { command, word in
            command.subcommands.first { $0.spec.name == word } ?? command
        }
    }
}
