/// A positional argument.
public struct ArgumentSpec: Sendable {
    /// The word that stands for it in the help, without brackets.
    public var name: String
    /// What it is, in a sentence.
    public var help: String
    /// Whether at least one must be given.
    public var isRequired: Bool
    /// Whether it takes every word that is left; only the last argument may.
    public var isRepeating: Bool
    /// The only values accepted; empty for any.
    public var allowedValues: [String]
    /// What a shell offers when `allowedValues` is empty.
    public var completion: Completion

    /// Creates an argument.
    public init(
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
