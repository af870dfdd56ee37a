internal import Arguments
internal import ReportModel

/// `countersign completion SHELL`: the script that completes words in a shell.
enum CompletionCommand {
    static let spec = CommandSpec(
        "completion", abstract: "Prints the completion script of a shell.",
        arguments: [
            ArgumentSpec("shell", help: "The shell.", allowedValues: Shell.allCases.map(\.rawValue))
        ],
        examples: [.init("source <(countersign completion bash)", "complete words in this shell")])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        guard let shell = parsed.argument("shell").flatMap(Shell.init) else {
            throw parsed.missing(argument: "shell")
        }
        Console.out(Array(CompletionScript.generate(root: CommandTree.root, shell: shell).utf8))
        return 0
    }
}
