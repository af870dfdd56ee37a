internal import Bytes

extension ParsedCommand {
    /// Takes values from elsewhere for an option or an argument that the line does not give.
    ///
    /// - Parameters:
    ///   - name: the long name of an option, or the name of an argument.
    ///   - values: one value, or several for an option that repeats; a flag takes an empty one.
    /// - Throws: `UsageError` when a value is none of those allowed.
    public mutating func fill(_ name: String, with values: [String]) throws(UsageError) {
        guard let option = spec.option(long: name) else {
            if positionals.isEmpty { positionals = values }
            return
        }
        if isGiven(name) { return }
        for value in values {
            if !option.allowedValues.isEmpty, !option.allowedValues.contains(where: { isSame($0, value) }) {
                throw invalid(name, value: value, advice: Self.advice(oneOf: option.allowedValues))
            }
            given.append((option.name, value))
        }
    }
}
