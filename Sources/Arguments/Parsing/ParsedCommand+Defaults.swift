internal import Bytes

extension ParsedCommand {
    /// Takes the first positional argument from elsewhere, if the line gives none.
    package mutating func fillArgument(with value: String) {
        if positionals.isEmpty { positionals = [value] }
    }

    /// Takes values from elsewhere for an option that the line does not give.
    ///
    /// - Parameters:
    ///   - name: the long name.
    ///   - values: one value, or several for an option that repeats; a flag takes an empty one.
    /// - Throws: `UsageError` when a value is none of those allowed.
    package mutating func fill(_ name: String, with values: [String]) throws(UsageError) {
        let option = declared(name)
        if isGiven(name) { return }
        for value in values {
            if !option.allowedValues.isEmpty, !option.allowedValues.contains(where: { isSame($0, value) }) {
                throw invalid(name, value: value, advice: Self.advice(oneOf: option.allowedValues))
            }
            given.append((option.name, value))
        }
    }
}
