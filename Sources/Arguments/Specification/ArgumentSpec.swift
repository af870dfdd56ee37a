/// A positional argument as the parser, the help and the completion see it; commands declare and read an `Argument`.
package struct ArgumentSpec: Parameter {
    /// The word for it in the help, without brackets.
    package let name: String
    package let help: String
    /// Whether at least one must be given.
    let isRequired: Bool
    /// Whether it takes every word left.
    let isRepeating: Bool
    /// The only values accepted; empty for any.
    let allowedValues: [String]
    /// The text shown as the default.
    let defaultText: String?
    /// What a shell offers when `allowedValues` is empty.
    let completion: Completion
    /// Throws for a text that is not a value.
    let check: @Sendable (String) throws(InvalidValue) -> Void

    init<Value>(
        _ name: String, _ form: ValueForm<Value>, help: String, isRequired: Bool = true, isRepeating: Bool = false,
        defaultText: String? = nil, completion: Completion
    ) {
        self.name = name
        self.help = help
        self.isRequired = isRequired
        self.isRepeating = isRepeating
        allowedValues = form.allowedValues
        self.defaultText = defaultText
        self.completion = completion
        check = { text throws(InvalidValue) in _ = try form.read(text) }
    }

    /// `<name>`.
    package var synopsis: String { "<\(name)>" }
}
