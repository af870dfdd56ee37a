internal import Arguments
internal import Harness
internal import Reference
internal import ReportModel
internal import Schemes

/// The commands, their words, and what runs them.
enum CommandTree {
    /// The whole command line, for parsing, help and completion.
    static let root = CommandSpec(
        "countersign",
        abstract: "Proves what a signed webhook endpoint accepts, and what it refuses.",
        discussion: "Exit codes: 0 conformant, 1 not conformant, 2 a wrong input (nothing was sent), 3 inconclusive, "
            + "70 a bug in Countersign, 130 and 143 interrupted.",
        subcommands: [
            DemoCommand.spec, RunCommand.spec, ListCommand.spec, ExplainCommand.spec, SignCommand.spec,
            VerifyCommand.spec, SchemesCommand.spec, VectorsCommand.spec, ServeCommand.spec, SelftestCommand.spec,
            CompletionCommand.spec,
        ],
        examples: [
            .init("countersign demo", "a sound and a flawed endpoint, both certified"),
            .init(
                "countersign run http://127.0.0.1:8080/hook --scheme slack --secret env:SLACK_SECRET",
                "certify your own endpoint"),
        ],
        version: toolVersion)

    /// Runs what was parsed.
    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        switch parsed.path.dropFirst().first {
        case "demo": return try DemoCommand.run(parsed)
        case "run": return try RunCommand.run(parsed)
        case "list": return try ListCommand.run(parsed)
        case "explain": return try ExplainCommand.run(parsed)
        case "sign": return try SignCommand.run(parsed)
        case "verify": return try VerifyCommand.run(parsed)
        case "schemes": return try SchemesCommand.run(parsed)
        case "vectors": return try VectorsCommand.run(parsed)
        case "serve": return try ServeCommand.run(parsed)
        case "selftest": return try SelftestCommand.run(parsed)
        case "completion": return try CompletionCommand.run(parsed)
        default:
            Console.out(HelpText.render(root, path: ["countersign"], width: Console.width))
            return 0
        }
    }
}

/// Options that several commands share.
enum SharedOptions {
    static let scheme = OptionSpec(
        "scheme", value: "name-or-file", help: "The signature scheme: a built-in name, or a scheme file of your own.",
        completion: .values(SchemeLibrary.names))

    static let payload = OptionSpec(
        "payload", value: "id", help: "Which of the scheme's payloads to send (see 'schemes show').",
        defaultText: "the first")

    static let secret = OptionSpec(
        "secret", value: "source",
        help: "Where the secret is: env:NAME, file:PATH, - for standard input, or 'published' for the one of the "
            + "vectors. Never the secret itself.",
        completion: .values(["env:", "file:", "-", "published"]))

    static let credential = OptionSpec(
        "credential", value: "name=source",
        help: "A value that the scheme needs beside the secret, such as api-key=env:NAME.", isRepeating: true)

    static let body = OptionSpec(
        "body", value: "file",
        help: "Send this body. The places {event-id}, {unix-time}, {iso-time} and {text} in it are filled.",
        completion: .file)
}
