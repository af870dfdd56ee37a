/// A positional argument.
package struct ArgumentSpec: Sendable {
    /// The word that stands for it in the help, without brackets.
    package var name: String
    /// What it is, in a sentence.
    package var help: String
    /// Whether at least one must be given.
    package var isRequired: Bool
    /// Whether it takes every word that is left; only the last argument may.
    package var isRepeating: Bool
    /// The only values accepted; empty for any.
    package var allowedValues: [String]
    /// What a shell offers when `allowedValues` is empty.
    package var completion: Completion

    /// Creates an argument.
    package init(
        _ name: String, help: String, isRequired: Bool = true, isRepeating: Bool = false,
        allowedValues: [String] = [], completion: Completion = .none
    ) {
        self.name = name
        self.help = help
        self.isRequired = isRequired
        self.isRepeating = isRepeating
        self.allowedValues = allowedValues
        self.completion = completion
    }

    /// `<name>`.
    var synopsis: String { "<\(name)>" }
}
