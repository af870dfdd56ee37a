/// A command line, understood.
///
/// Asking for an option or argument that the specification does not declare is a mistake in the program and stops it.
package struct ParsedCommand: Sendable {
    /// What the line asks for.
    package enum Intent: Sendable, Hashable {
        /// To run the command.
        case run
        /// To show its help: `--help`, `-h` or `help <subcommand>`.
        case help
        /// To show the version.
        case version
    }

    /// The command's words, from the tool's name on.
    package internal(set) var path: [String]
    /// The command's specification.
    package internal(set) var spec: CommandSpec
    /// What the line asks for.
    package internal(set) var intent = Intent.run
    /// The words after `--`, for a command that takes another program's command line.
    package internal(set) var afterDoubleDash: [String] = []

    var given: [(name: String, value: String)] = []
    var positionals: [String] = []

    /// Gives the value of an option, the first of them if it repeats, or `nil`.
    package func value(_ option: String) -> String? { values(option).first }

    /// Gives the values of an option in the order of the line.
    package func values(_ option: String) -> [String] {
        precondition(declared(option).takesValue, "--\(option) is a flag")
        return given.filter { $0.name == option }.map(\.value)
    }

    /// Tells whether a flag is given.
    package func flag(_ option: String) -> Bool {
        precondition(!declared(option).takesValue, "--\(option) takes a value")
        return given.contains { $0.name == option }
    }

    /// Tells whether an option or a flag is given.
    package func isGiven(_ option: String) -> Bool {
        let name = declared(option).name
        return given.contains { $0.name == name }
    }

    /// Gives a positional argument, the first of them if it repeats, or `nil`.
    package func argument(_ name: String) -> String? { arguments(name).first }

    /// Gives the words of a positional argument in the order of the line.
    package func arguments(_ name: String) -> [String] {
        guard let index = spec.arguments.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("\(path.joined(separator: " ")) declares no argument <\(name)>")
        }
        guard index < positionals.count else { return [] }
        return spec.arguments[index].isRepeating ? Array(positionals[index...]) : [positionals[index]]
    }

    func declared(_ option: String) -> OptionSpec {
        guard let found = spec.option(long: option) else {
            preconditionFailure("\(path.joined(separator: " ")) declares no option --\(option)")
        }
        return found
    }
}
