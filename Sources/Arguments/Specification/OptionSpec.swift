/// What a shell offers for a value.
package enum Completion: Sendable, Hashable {
    /// Nothing.
    case none
    /// Paths of files.
    case file
    /// Paths of directories.
    case directory
    /// These words, and files when none of the words fits.
    case values([String])
}

/// A named option: one that takes a value, or a flag.
package struct OptionSpec: Sendable {
    /// The long name, without dashes.
    package var name: String
    /// The letter of the short form, such as `j` for `-j`.
    package var short: Character?
    /// The word that stands for the value in the help; `nil` for a flag.
    package var placeholder: String?
    /// What the option does, in a sentence.
    package var help: String
    /// Whether the command cannot run without it.
    package var isRequired: Bool
    /// Whether it may be given more than once.
    package var isRepeating: Bool
    /// The only values accepted; empty for any.
    package var allowedValues: [String]
    /// The text shown as the default; the parser itself fills in nothing.
    package var defaultText: String?
    /// What a shell offers when `allowedValues` is empty.
    package var completion: Completion
    /// The title of the section of the help that lists it; `nil` for `OPTIONS`.
    package var group: String?

    /// Creates an option that takes a value.
    package init(
        _ name: String, short: Character? = nil, value placeholder: String, help: String, isRequired: Bool = false,
        isRepeating: Bool = false, allowedValues: [String] = [], defaultText: String? = nil,
        completion: Completion = .none, group: String? = nil
    ) {
        self.name = name
        self.short = short
        self.placeholder = placeholder
        self.help = help
        self.isRequired = isRequired
        self.isRepeating = isRepeating
        self.allowedValues = allowedValues
        self.defaultText = defaultText
        self.completion = completion
        self.group = group
    }

    /// Creates a flag.
    package init(flag name: String, short: Character? = nil, help: String, group: String? = nil) {
        self.init(name, short: short, value: "", help: help, group: group)
        placeholder = nil
    }

    /// Gives this option another section title.
    package func grouped(_ title: String) -> OptionSpec {
        var copy = self
        copy.group = title
        return copy
    }

    var takesValue: Bool { placeholder != nil }

    /// `--name <value>`, or `--name` for a flag.
    var synopsis: String { placeholder.map { "--\(name) <\($0)>" } ?? "--\(name)" }
}
