/// An option or an argument, as an error names it.
package protocol Parameter: Sendable {
    /// How it is written, such as `--seed <n>` or `<url>`.
    var synopsis: String { get }
    /// What it is, in a sentence.
    var help: String { get }
}

/// An `Option` of any type.
package protocol OptionKey: Parameter {
    /// Its declaration, for the parser, the help and the completion.
    var spec: OptionSpec { get }
}

extension OptionKey {
    package var synopsis: String { spec.synopsis }
    package var help: String { spec.help }
}

/// An `Argument` of any type.
package protocol ArgumentKey: Parameter {
    /// Its declaration, for the parser, the help and the completion.
    var spec: ArgumentSpec { get }
}

extension ArgumentKey {
    package var synopsis: String { spec.synopsis }
    package var help: String { spec.help }
}
