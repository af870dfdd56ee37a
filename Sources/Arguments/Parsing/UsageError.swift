/// A command line that cannot be obeyed, with everything its text needs.
public struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; words of the user are in it already escaped.
    public var message: String
    /// The option or argument concerned, with its help, such as `--seed <n>  The seed.`
    public var help: String?
    /// The command concerned, from the tool's name on.
    public var path: [String]
    /// The usage lines of that command.
    public var usage: [String]

    /// Creates an error from its message and the command it concerns.
    public init(_ message: String, help: String? = nil, path: [String], spec: CommandSpec) {
        self.message = message
        self.help = help
        self.path = path
        self.usage = UsageLine.lines(spec, path: path)
    }

    /// The text for standard error: `Error:`, perhaps `Help:`, `Usage:`, and where to read more; no line break at the
    /// end.
    public var description: String {
        var lines = ["Error: \(message)"]
        if let help { lines.append("Help:  \(help)") }
        lines.append("Usage: " + usage.joined(separator: "\n       "))
        lines.append("  See '\(path.joined(separator: " ")) --help' for more information.")
        return lines.joined(separator: "\n")
    }
}
