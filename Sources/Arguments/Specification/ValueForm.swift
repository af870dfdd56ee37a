/// How the text of one value is read.
package struct ValueForm<Value: Sendable>: Sendable {
    /// The only texts accepted; empty when the reader decides.
    let allowedValues: [String]
    /// Returns the value of a text.
    package let read: @Sendable (String) throws(InvalidValue) -> Value
    /// Writes a value as `read` takes it, to show a default.
    let text: @Sendable (Value) -> String

    /// Creates a form from its reader.
    ///
    /// - Parameter read: returns the value of a text, or throws what would be accepted instead.
    package init(_ read: @escaping @Sendable (String) throws(InvalidValue) -> Value) {
        self.init(text: { "\($0)" }, read)
    }

    /// Creates a form from its reader and its writer.
    ///
    /// - Parameter text: writes a value as `read` takes it, to show a default.
    package init(
        allowedValues: [String] = [], text: @escaping @Sendable (Value) -> String,
        _ read: @escaping @Sendable (String) throws(InvalidValue) -> Value
    ) {
        self.allowedValues = allowedValues
        self.text = text
        self.read = read
    }
}

/// Why a text is not a value.
package struct InvalidValue: Error, Sendable, Hashable {
    /// A sentence that says what would be accepted.
    package let advice: String
    /// Whether the text may be shown: a secret given by mistake must not be repeated.
    package let isShown: Bool

    /// Creates a reason.
    package init(_ advice: String, isShown: Bool = true) {
        self.advice = advice
        self.isShown = isShown
    }
}

extension ValueForm<String> {
    /// Any text.
    package static let text = ValueForm { $0 }
}

extension ValueForm<Int> {
    /// A whole number, read strictly: digits, with `-` before them only where the range goes below zero.
    package static func integer(in range: ClosedRange<Int>) -> ValueForm {
        ValueForm { text throws(InvalidValue) in
            guard let number = StrictNumber.integer(text), range.contains(number) else {
                let (low, high) = (range.lowerBound, range.upperBound)
                let bounds = high == .max ? "of at least \(low)" : "between \(low) and \(high)"
                throw InvalidValue("Please provide a whole number \(bounds).")
            }
            return number
        }
    }
}

extension ValueForm<Duration> {
    /// A length of time in seconds, read strictly: `2` or `0.5`, with up to nine decimals.
    package static func seconds(in range: ClosedRange<Duration>) -> ValueForm {
        ValueForm(text: StrictNumber.text) { text throws(InvalidValue) in
            guard let length = StrictNumber.seconds(text), range.contains(length) else {
                let bounds = "\(StrictNumber.text(range.lowerBound)) and \(StrictNumber.text(range.upperBound))"
                throw InvalidValue("Please provide a number of seconds between \(bounds).")
            }
            return length
        }
    }
}

extension ValueForm where Value: RawRepresentable<String> {
    /// One of these cases of an enumeration, by its raw value.
    package static func choice(_ cases: [Value]) -> ValueForm {
        let words = cases.map(\.rawValue)
        return ValueForm(allowedValues: words, text: \.rawValue) { text throws(InvalidValue) in
            guard let found = cases.first(where: { isSame($0.rawValue, text) }) else {
                throw InvalidValue(advice(oneOf: words))
            }
            return found
        }
    }
}

/// Returns "Please provide one of …": in the line for up to five values, as a list for more.
private func advice(oneOf values: [String]) -> String {
    guard values.count < 6 else {
        return "Please provide one of the following:" + values.map { "\n  - \($0)" }.joined()
    }
    let quoted = values.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return "Please provide \(quoted.joined())." }
    return "Please provide one of \(quoted.dropLast().joined(separator: ", ")) or \(last)."
}
