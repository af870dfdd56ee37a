internal import Bytes

extension ParsedCommand {
    /// Returns an error about this command; words of the user in the message must be `printable`.
    package func error(_ message: String, help: String? = nil) -> UsageError {
        UsageError(message, help: help, path: path, spec: spec)
    }

    /// Returns the error for an option or argument that is needed and not given.
    package func missing(_ parameter: some Parameter) -> UsageError {
        error("Missing expected argument '\(parameter.synopsis)'", about: parameter)
    }

    /// Returns the error for a value that is not accepted.
    ///
    /// - Parameters:
    ///   - value: the value as given; it is escaped here.
    ///   - advice: a sentence that says what would be accepted.
    package func invalid(_ parameter: some Parameter, value: String, advice: String) -> UsageError {
        invalid(parameter, value: value, InvalidValue(advice))
    }

    func invalid(_ parameter: some Parameter, value: String, _ reason: InvalidValue) -> UsageError {
        let subject = reason.isShown ? "value '\(printable(value))'" : "value"
        return error("The \(subject) is invalid for '\(parameter.synopsis)'. \(reason.advice)", about: parameter)
    }

    func error(_ message: String, about parameter: some Parameter) -> UsageError {
        error(message, help: parameter.help.isEmpty ? nil : "\(parameter.synopsis)  \(parameter.help)")
    }
}
