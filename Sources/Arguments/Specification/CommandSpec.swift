/// A command: the words that its line may have, and those that explain it.
package struct CommandSpec: Sendable {
    /// A command line worth showing.
    package struct Example: Sendable {
        /// The whole line as it would be typed.
        let command: String
        /// What the line does, in a sentence.
        let effect: String

        /// Creates an example.
        package init(_ command: String, _ effect: String) {
            self.command = command
            self.effect = effect
        }
    }

    /// The word that selects the command, in lower-case ASCII.
    package let name: String
    /// What the command does, in a sentence.
    let abstract: String
    /// A longer explanation, of lines that are wrapped one by one; empty for none.
    let discussion: String
    /// The positional arguments, in order.
    let arguments: [ArgumentSpec]
    /// The options and flags, in the order of the help.
    package let options: [OptionSpec]
    /// The commands below this one.
    package internal(set) var subcommands: [CommandSpec]
    /// Whether the command needs one of its subcommands; the usage line says so.
    let subcommandIsRequired: Bool
    /// Whether everything after `--` is kept as it is, as the command line of another program.
    let takesCommandAfterDoubleDash: Bool
    /// Whether something other than the line, such as a file, may give what is required, so that the parser does not
    /// insist on it. `ParsedCommand.checkRequired()` checks it in the end.
    let isCompletedLater: Bool
    /// The lines of the last section of the help.
    let examples: [Example]
    /// What `--version` prints; only the root has one.
    let version: String?

    /// Creates a command.
    package init(
        _ name: String, abstract: String, discussion: String = "",
        arguments: [any ArgumentKey] = [], options: [any OptionKey] = [], subcommands: [CommandSpec] = [],
        subcommandIsRequired: Bool = false, takesCommandAfterDoubleDash: Bool = false, isCompletedLater: Bool = false,
        examples: [Example] = [], version: String? = nil
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.arguments = arguments.map(\.spec)
        self.options = options.map(\.spec)
        self.subcommands = subcommands
        self.subcommandIsRequired = subcommandIsRequired
        self.takesCommandAfterDoubleDash = takesCommandAfterDoubleDash
        self.isCompletedLater = isCompletedLater
        self.examples = examples
        self.version = version
    }

    func subcommand(named name: String) -> CommandSpec? { subcommands.first { isSame($0.name, name) } }

    /// Returns the option with a long name, without dashes.
    package func option(long name: String) -> OptionSpec? { options.first { isSame($0.name, name) } }

    func option(short letter: Character) -> OptionSpec? { options.first { $0.short == letter } }
}

/// Whether two texts have the same bytes: `==` on strings takes different spellings of one character for equal.
func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
