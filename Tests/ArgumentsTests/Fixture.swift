import Arguments

/// A tool that resembles the real one, so that the texts compared are the ones users will see.
enum Fixture {
    static let url = Argument("url", .text, default: "http://127.0.0.1", help: "The endpoint.")
    static let scheme = Option(
        required: "scheme", value: "name", .text, help: "The signature scheme, or a file that defines one.",
        completion: .values(["scaiwave", "slack", "stripe"]))
    static let secret = Option(
        "secret", value: "source", .text, help: "Where the secret is.",
        completion: .values(["env:", "vault:kv", "vault:pki", "-"]))
    static let level = Option(
        "level", value: "level", .choice(Level.allCases), default: .should, help: "Which cases run.",
        group: "Selection")
    static let only = Option(
        repeating: "only", value: "glob", .text, help: "Run these cases only.", group: "Selection")
    static let shell = Option(
        "shell", value: "shell", .choice(Letter.allCases), help: "", group: "Selection")
    static let jobs = Option(
        "jobs", short: "j", value: "n", .integer(in: -1...64), help: "How many cases run at once.", group: "Pace")
    static let timeout = Option(
        "timeout", value: "seconds", .seconds(in: .milliseconds(50) ... .seconds(60)), default: .seconds(5),
        help: "How long to wait for one answer before it counts as silence and the next case is begun.",
        group: "Pace")
    static let out = Option(
        "out", value: "directory", .text, help: "Where reports go.", completion: .directory)
    static let json = Option("json", value: "file", .text, help: "Write JSON.", completion: .file)
    static let adapter = Option(flag: "adapter", help: "Test a command instead.")
    static let quiet = Option(flag: "quiet", short: "q", help: "Say less.")
    static let dryRun = Option(flag: "dry-run", short: "n", help: "Send nothing.")
    /// Never shown: what is given by mistake may be the value itself.
    static let token = Option(
        "token", value: "source",
        ValueForm { text throws(InvalidValue) -> String in
            guard text.hasPrefix("env:") else { throw InvalidValue("Write env:NAME.", isShown: false) }
            return String(text.dropFirst(4))
        }, help: "Where the token is.")

    enum Level: String, CaseIterable { case must, should, all }
    enum Letter: String, CaseIterable { case a, b, c, d, e, f }
    enum Format: String, CaseIterable { case json, html }

    static let run = CommandSpec(
        "run", abstract: "Test an endpoint against a scheme.",
        discussion: "Each probe is scored beside its own control.\n\nWithout a terminal nothing is asked.",
        arguments: [url],
        options: [
            scheme, secret, level, only, shell, jobs, timeout, out, json, adapter, quiet, dryRun,
        ],
        takesCommandAfterDoubleDash: true,
        examples: [
            .init("countersign run http://127.0.0.1:8080 --scheme slack", "Runs every must and should case."),
            .init("… --adapter -- ./a", "Tests a library."),
        ])

    static let shown = Argument("scheme", .text, help: "Its name.", completion: .values(["slack", "stripe"]))
    static let asJSON = Option(flag: "json", help: "As JSON.")
    static let format = Argument("format", .choice(Format.allCases), help: "The format.")
    static let reports = Argument(repeating: "report", .text, help: "A report.", completion: .file)

    static let root = CommandSpec(
        "countersign", abstract: "Prove that signed webhooks are verified.",
        subcommands: [
            run,
            CommandSpec(
                "schemes", abstract: "List the schemes.",
                subcommands: [
                    CommandSpec("show", abstract: "Show a scheme.", arguments: [shown], options: [asJSON])
                ]),
            CommandSpec(
                "vectors", abstract: "Work with vectors.",
                subcommands: [CommandSpec("generate", abstract: "Write the vectors.")], subcommandIsRequired: true),
            CommandSpec("merge", abstract: "Merge reports.", arguments: [format, reports]),
            CommandSpec(
                "later", abstract: "Read a file too.", arguments: [Argument("place", .text, help: "Where.")],
                options: [scheme, jobs, only, quiet, token], isCompletedLater: true),
        ],
        version: "1.0")

    static func parse(_ line: String) throws(UsageError) -> ParsedCommand {
        try Parser.parse(line.split(separator: " ").map(String.init), root: root)
    }

    /// The text of the error that a line causes, or `nil`.
    static func error(_ arguments: [String]) -> String? {
        do {
            _ = try Parser.parse(arguments, root: root)
            return nil
        } catch { return error.description }
    }
}
