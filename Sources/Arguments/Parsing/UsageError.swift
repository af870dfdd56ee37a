/// A command line that cannot be executed, with everything its text needs.
package struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; the user's words in it are already escaped.
    package let message: String
    /// The option or argument concerned, with its help, such as `--seed <n>  The seed.`
    package let help: String?
    /// The command concerned, from the tool's name on.
    private let path: [String]
    /// The usage line of that command.
    private let usage: String

    /// Creates an error from its message and the command it concerns.
    package init(_ message: String, help: String? = nil, path: [String], spec: CommandSpec) {
        self.message = message
        self.help = help
        self.path = path
        usage = UsageLine.text(spec, path: path)
    }

    /// The text for standard error: `Error:`, perhaps `Help:`, `Usage:`, and where to read more; no line break at the
    /// end.
    package var description: String {
        var lines = ["Error: \(message)"]
        if let help { lines.append("Help:  \(help)") }
        lines.append("Usage: \(usage)")
        lines.append("  See '\(path.joined(separator: " ")) --help' for more information.")
        return lines.joined(separator: "\n")
    }
}
