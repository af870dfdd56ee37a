extension ParsedCommand {
    /// Takes values from elsewhere for an option that the line does not give.
    ///
    /// - Parameter values: one value, or several for an option that repeats; a flag takes an empty one.
    /// - Returns: whether any were taken.
    /// - Throws: a usage error when a text is not a value of the option.
    package mutating func fill(_ option: OptionSpec, with values: [String]) throws(UsageError) -> Bool {
        if isGiven(option) { return false }
        for value in values { try record(option, value) }
        return !values.isEmpty
    }

    /// Takes the first positional argument from elsewhere, if the line gives none.
    ///
    /// - Returns: whether it was taken.
    /// - Throws: a usage error when the text is not a value of the argument.
    package mutating func fill(_ argument: some ArgumentKey, with value: String) throws(UsageError) -> Bool {
        guard positionals.isEmpty else { return false }
        try check(argument.spec, value)
        positionals = [value]
        return true
    }

    /// Throws a usage error when a required argument or option is missing.
    package func checkRequired() throws(UsageError) {
        for argument in spec.arguments where argument.isRequired && texts(of: argument).isEmpty {
            throw missing(argument)
        }
        for option in spec.options where option.isRequired && !isGiven(option) { throw missing(option) }
    }

    mutating func record(_ option: OptionSpec, _ value: String) throws(UsageError) {
        do throws(InvalidValue) { try option.check(value) } catch { throw invalid(option, value: value, error) }
        given.append((option.name, value))
    }

    func check(_ argument: ArgumentSpec, _ value: String) throws(UsageError) {
        do throws(InvalidValue) { try argument.check(value) } catch { throw invalid(argument, value: value, error) }
    }
}
