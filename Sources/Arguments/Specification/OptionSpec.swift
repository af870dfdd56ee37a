/// A named option as the parser, the help and the completion see it; commands declare and read an `Option`.
package struct OptionSpec: Parameter {
    /// The long name, without dashes.
    package let name: String
    /// The letter of the short form, such as `j` for `-j`.
    let short: Character?
    /// The word for the value in the help; `nil` for a flag.
    let placeholder: String?
    package let help: String
    /// Whether the command can't run without it.
    let isRequired: Bool
    /// Whether it may be given more than once.
    package let isRepeating: Bool
    /// The only values accepted; empty for any.
    let allowedValues: [String]
    /// The text shown as the default.
    let defaultText: String?
    /// What a shell offers when `allowedValues` is empty.
    let completion: Completion
    /// The title of the section of the help that lists it; `nil` for `OPTIONS`.
    let group: String?
    /// Throws for a text that is not a value.
    let check: @Sendable (String) throws(InvalidValue) -> Void

    init<Value>(
        _ name: String, short: Character?, value placeholder: String, _ form: ValueForm<Value>, help: String,
        isRequired: Bool = false, isRepeating: Bool = false, defaultText: String? = nil, completion: Completion,
        group: String? = nil
    ) {
        self.name = name
        self.short = short
        self.placeholder = placeholder
        self.help = help
        self.isRequired = isRequired
        self.isRepeating = isRepeating
        allowedValues = form.allowedValues
        self.defaultText = defaultText
        self.completion = completion
        self.group = group
        check = { text throws(InvalidValue) in _ = try form.read(text) }
    }

    init(flag name: String, short: Character?, help: String, group: String?) {
        self.name = name
        self.short = short
        placeholder = nil
        self.help = help
        isRequired = false
        isRepeating = false
        allowedValues = []
        defaultText = nil
        completion = .none
        self.group = group
        check = { _ in }
    }

    /// Whether it is not a flag.
    package var takesValue: Bool { placeholder != nil }

    /// `--name`.
    package var flag: String { "--\(name)" }

    /// `--name <value>`, or `--name` for a flag.
    package var synopsis: String { placeholder.map { "--\(name) <\($0)>" } ?? "--\(name)" }
}
