import Arguments

/// A tool that resembles the real one, so that the texts compared are the ones users will see.
enum Fixture {
    static let run = CommandSpec(
        "run", abstract: "Test an endpoint against a scheme.",
        discussion: "Each probe is scored beside its own control.\n\nWithout a terminal nothing is asked.",
        arguments: [ArgumentSpec("url", help: "The endpoint.", isRequired: false)],
        options: [
            OptionSpec(
                "scheme", value: "name", help: "The signature scheme, or a file that defines one.", isRequired: true,
                completion: .values(["scaiwave", "slack", "stripe"])),
            OptionSpec(
                "secret", value: "source", help: "Where the secret is.",
                completion: .values(["env:", "vault:kv", "vault:pki", "-"])),
            OptionSpec(
                "level", value: "level", help: "Which cases run.", allowedValues: ["must", "should", "all"],
                defaultText: "should", group: "Selection"),
            OptionSpec("only", value: "glob", help: "Run these cases only.", isRepeating: true, group: "Selection"),
            OptionSpec(
                "shell", value: "shell", help: "", allowedValues: ["a", "b", "c", "d", "e", "f"], group: "Selection"),
            OptionSpec("jobs", short: "j", value: "n", help: "How many cases run at once.", group: "Pace"),
            OptionSpec(
                "timeout", value: "seconds",
                help: "How long to wait for one answer before it counts as silence and the next case is begun.",
                defaultText: "5", group: "Pace"),
            OptionSpec("out", value: "directory", help: "Where reports go.", completion: .directory),
            OptionSpec("json", value: "file", help: "Write JSON.", completion: .file),
            OptionSpec(flag: "adapter", help: "Test a command instead."),
            OptionSpec(flag: "quiet", short: "q", help: "Say less."),
            OptionSpec(flag: "dry-run", short: "n", help: "Send nothing."),
        ],
        takesCommandAfterDoubleDash: true,
        examples: [
            .init("countersign run http://127.0.0.1:8080 --scheme slack", "Runs every must and should case."),
            .init("… --adapter -- ./a", "Tests a library."),
        ])

    static let root = CommandSpec(
        "countersign", abstract: "Prove that signed webhooks are verified.",
        subcommands: [
            run,
            CommandSpec(
                "schemes", abstract: "List the schemes.",
                subcommands: [
                    CommandSpec(
                        "show", abstract: "Show a scheme.",
                        arguments: [
                            ArgumentSpec("scheme", help: "Its name.", completion: .values(["slack", "stripe"]))
                        ],
                        options: [OptionSpec(flag: "json", help: "As JSON.")])
                ]),
            CommandSpec(
                "vectors", abstract: "Work with vectors.",
                subcommands: [CommandSpec("generate", abstract: "Write the vectors.")], subcommandIsRequired: true),
            CommandSpec(
                "merge", abstract: "Merge reports.",
                arguments: [
                    ArgumentSpec("format", help: "The format.", allowedValues: ["json", "html"]),
                    ArgumentSpec("report", help: "A report.", isRepeating: true, completion: .file),
                ]),
        ],
        version: "1.0")

    static func parse(_ line: String) throws(UsageError) -> ParsedCommand {
        try Parser.parse(line.split(separator: " ").map(String.init), root: root)
    }

    /// The text of the error that a line gives, or `nil`.
    static func error(_ arguments: [String]) -> String? {
        do {
            _ = try Parser.parse(arguments, root: root)
            return nil
        } catch { return error.description }
    }
}
