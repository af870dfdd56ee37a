internal import Arguments
internal import ReportModel

/// `countersign completion SHELL`: the completion script of a shell.
enum CompletionCommand: Command {
    private static let shell = Argument("shell", .choice(Shell.allCases), help: "The shell.")

    static let spec = CommandSpec(
        "completion", abstract: "Prints the completion script of a shell.", arguments: [shell],
        examples: [.init("source <(countersign completion bash)", "complete words in this shell")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        Console.out(Array(CompletionScript.generate(root: CommandTree.spec, shell: try parsed[shell]).utf8))
        return .success
    }
}
