/// A parsed command line.
///
/// Reading an option or argument that the command does not declare is a mistake in the program and stops it.
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

    /// The value of an option.
    ///
    /// - Throws: a usage error when it is required and not given.
    package subscript<Value>(_ option: Option<Value>) -> Value {
        get throws(UsageError) { try option.read(self) }
    }

    /// The value of an argument.
    ///
    /// - Throws: a usage error when it is required and not given.
    package subscript<Value>(_ argument: Argument<Value>) -> Value {
        get throws(UsageError) { try argument.read(self) }
    }

    /// Whether an option or a flag is given.
    package func isGiven(_ option: some OptionKey) -> Bool { isGiven(option.spec) }

    func isGiven(_ option: OptionSpec) -> Bool {
        precondition(spec.option(long: option.name) != nil, "\(path) declares no option --\(option.name)")
        return given.contains { $0.name == option.name }
    }

    /// The texts given for an option, in the order of the line.
    func texts(of option: OptionSpec) -> [String] {
        precondition(spec.option(long: option.name)?.takesValue == true, "\(path) declares no \(option.synopsis)")
        return given.filter { $0.name == option.name }.map(\.value)
    }

    /// The words given for an argument, in the order of the line.
    func texts(of argument: ArgumentSpec) -> [String] {
        guard let index = spec.arguments.firstIndex(where: { $0.name == argument.name }) else {
            preconditionFailure("\(path) declares no argument \(argument.synopsis)")
        }
        guard index < positionals.count else { return [] }
        return spec.arguments[index].isRepeating ? Array(positionals[index...]) : [positionals[index]]
    }

    func value<Value>(
        of text: String, as form: ValueForm<Value>, for parameter: some Parameter
    ) throws(UsageError) -> Value {
        do throws(InvalidValue) {
            return try form.read(text)
        } catch {
            throw invalid(parameter, value: text, error)
        }
    }
}
