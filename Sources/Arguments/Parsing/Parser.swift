/// Reads a command line.
package enum Parser {
    /// Reads the words after the tool's name.
    ///
    /// Help wins over every mistake but an unknown subcommand, so that `run --help` works before the rest is right.
    /// Requests for help or the version are not held to what the command requires.
    ///
    /// - Parameters:
    ///   - arguments: the words, without the tool's name.
    ///   - root: the tool.
    /// - Throws: a usage error for the first mistake from the left.
    package static func parse(_ arguments: [String], root: CommandSpec) throws(UsageError) -> ParsedCommand {
        var walk = Walk(arguments, root: root)
        // A value never starts with a dash unless it is one, so these words are requests wherever they are.
        let asksForHelp = arguments.prefix { $0 != "--" }.contains { $0 == "-h" || $0 == "--help" }
        do {
            try walk.readAll()
            try walk.checkEnd()
        } catch {
            guard asksForHelp, !walk.subcommandIsUnknown else { throw error }
            walk.command.intent = .help
        }
        return walk.command
    }
}
