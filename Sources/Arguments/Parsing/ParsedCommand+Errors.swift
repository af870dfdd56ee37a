internal import Bytes

extension ParsedCommand {
    /// Makes an error about this command; words of the user in the message must be `printable`.
    package func error(_ message: String, help: String? = nil) -> UsageError {
        UsageError(message, help: help, path: path, spec: spec)
    }

    /// Makes the error for an option that is needed and not given.
    package func missing(_ option: String) -> UsageError {
        let option = declared(option)
        return error("Missing expected argument '\(option.synopsis)'", help: Self.line(option.synopsis, option.help))
    }

    /// Makes the error for a positional argument that is needed and not given.
    package func missing(argument name: String) -> UsageError {
        let argument = declared(argument: name)
        return error(
            "Missing expected argument '\(argument.synopsis)'", help: Self.line(argument.synopsis, argument.help))
    }

    /// Makes the error for an option's value that is not accepted.
    ///
    /// - Parameters:
    ///   - option: the long name.
    ///   - value: the value as given; it is escaped here.
    ///   - advice: a sentence that says what would be accepted; empty for none.
    package func invalid(_ option: String, value: String, advice: String = "") -> UsageError {
        let option = declared(option)
        return invalid(option.synopsis, value, advice, option.help)
    }

    /// Makes the error for a positional argument that is not accepted.
    ///
    /// - Parameters:
    ///   - name: the argument's name.
    ///   - value: the value as given; it is escaped here.
    ///   - advice: a sentence that says what would be accepted; empty for none.
    package func invalid(argument name: String, value: String, advice: String = "") -> UsageError {
        let argument = declared(argument: name)
        return invalid(argument.synopsis, value, advice, argument.help)
    }

    /// Writes "Please provide one of …": in the line for up to five values, as a list for more.
    package static func advice(oneOf values: [String]) -> String {
        guard values.count < 6 else {
            return "Please provide one of the following:" + values.map { "\n  - \($0)" }.joined()
        }
        let quoted = values.map { "'\($0)'" }
        guard let last = quoted.last, quoted.count > 1 else { return "Please provide \(quoted.joined())." }
        return "Please provide one of \(quoted.dropLast().joined(separator: ", ")) or \(last)."
    }

    private func invalid(_ synopsis: String, _ value: String, _ advice: String, _ help: String) -> UsageError {
        let tail = advice.isEmpty ? "" : ". \(advice)"
        return error(
            "The value '\(printable(value))' is invalid for '\(synopsis)'\(tail)", help: Self.line(synopsis, help))
    }

    private func declared(argument name: String) -> ArgumentSpec {
        guard let found = spec.arguments.first(where: { $0.name == name }) else {
            preconditionFailure("\(path.joined(separator: " ")) declares no argument <\(name)>")
        }
        return found
    }

    static func line(_ synopsis: String, _ help: String) -> String? { help.isEmpty ? nil : "\(synopsis)  \(help)" }
}
