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

/// The folder of the vector files.
enum VectorFolder {
    static let argument = Argument(
        "folder", .text, default: "vectors", help: "The folder of the vector files.", completion: .directory)

    /// Returns the path of a scheme's file.
    static func file(of scheme: String, in folder: String) -> String { "\(folder)/\(scheme).json" }

    /// Returns the path of the set of requirements.
    static func requirements(in folder: String) -> String { "\(folder)/requirements.json" }
}
