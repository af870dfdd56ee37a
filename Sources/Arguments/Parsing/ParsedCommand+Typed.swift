extension ParsedCommand {
    /// Reads an option as a whole number, strictly: digits, with `-` before them only where the range goes below zero.
    ///
    /// - Returns: the number, or `nil` when the option is not given.
    /// - Throws: a usage error when the text is no such number or the range does not contain it.
    package func integer(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(option) else { return nil }
        guard let number = StrictNumber.integer(text), range.contains(number) else {
            let (low, high) = (range.lowerBound, range.upperBound)
            let bounds = high == .max ? "of at least \(low)" : "between \(low) and \(high)"
            throw invalid(option, value: text, advice: "Please provide a whole number \(bounds).")
        }
        return number
    }

    /// Reads an option as a length of time in seconds, strictly: `2` or `0.5`, with up to nine decimals.
    ///
    /// - Returns: the length, or `nil` when the option is not given.
    /// - Throws: a usage error when the text is no such number or the range does not contain it.
    package func seconds(_ option: String, in range: ClosedRange<Duration>) throws(UsageError) -> Duration? {
        guard let text = value(option) else { return nil }
        guard let length = StrictNumber.seconds(text), range.contains(length) else {
            let bounds = "\(StrictNumber.text(range.lowerBound)) and \(StrictNumber.text(range.upperBound))"
            throw invalid(option, value: text, advice: "Please provide a number of seconds between \(bounds).")
        }
        return length
    }

    /// Reads an option as a case of an enumeration, by its raw value.
    ///
    /// - Returns: the case, or `nil` when the option is not given.
    /// - Throws: a usage error that lists the cases when the text is none of them.
    package func choice<Choice>(_ option: String, as type: Choice.Type = Choice.self) throws(UsageError) -> Choice?
    where Choice: CaseIterable & RawRepresentable<String> {
        guard let text = value(option) else { return nil }
        guard let found = type.allCases.first(where: { isSame($0.rawValue, text) }) else {
            throw invalid(option, value: text, advice: Self.advice(oneOf: type.allCases.map(\.rawValue)))
        }
        return found
    }
}
