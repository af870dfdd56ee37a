/// A command: what may stand on its line, and the words that explain it.
package struct CommandSpec: Sendable {
    /// A command line worth showing.
    package struct Example: Sendable {
        /// The whole line as it would be typed.
        package var command: String
        /// What the line does, in a sentence.
        package var effect: String

        /// Creates an example.
        package init(_ command: String, _ effect: String) {
            self.command = command
            self.effect = effect
        }
    }

    /// The word that selects the command, in lower-case ASCII.
    package var name: String
    /// What the command does, in a sentence.
    package var abstract: String
    /// A longer explanation, of lines that are wrapped one by one; empty for none.
    package var discussion: String
    /// The usage lines, each without the path, for a command with several forms; empty to make one from the rest.
    package var usage: [String]
    /// The positional arguments, in order.
    package var arguments: [ArgumentSpec]
    /// The options and flags, in the order of the help.
    package var options: [OptionSpec]
    /// The commands below this one.
    package var subcommands: [CommandSpec]
    /// Whether the command does nothing by itself.
    package var subcommandIsRequired: Bool
    /// Whether everything after `--` is kept as it is, as the command line of another program.
    package var takesCommandAfterDoubleDash: Bool
    /// The lines of the last section of the help.
    package var examples: [Example]
    /// What `--version` prints; only the root has one.
    package var version: String?

    /// Creates a command.
    package init(
        _ name: String, abstract: String, discussion: String = "", usage: [String] = [],
        arguments: [ArgumentSpec] = [], options: [OptionSpec] = [], subcommands: [CommandSpec] = [],
        subcommandIsRequired: Bool = false, takesCommandAfterDoubleDash: Bool = false, examples: [Example] = [],
        version: String? = nil
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.usage = usage
        self.arguments = arguments
        self.options = options
        self.subcommands = subcommands
        self.subcommandIsRequired = subcommandIsRequired
        self.takesCommandAfterDoubleDash = takesCommandAfterDoubleDash
        self.examples = examples
        self.version = version
    }

    func subcommand(named name: String) -> CommandSpec? { subcommands.first { isSame($0.name, name) } }

    /// Gives the option with a long name, without dashes.
    package func option(long name: String) -> OptionSpec? { options.first { isSame($0.name, name) } }

    func option(short letter: Character) -> OptionSpec? { options.first { $0.short == letter } }
}

/// Compares byte for byte: `==` on strings holds different spellings of one character for equal.
func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
