internal import Bytes

/// The help of a command.
package enum HelpText {
    private static let labelColumn = 26
    private static let narrowest = 50

    private struct Section {
        var title: String
        var entries: [(label: String, text: String)]
    }

    /// Returns the help of a command, without a line break at the end.
    ///
    /// - Parameters:
    ///   - spec: the command.
    ///   - path: its words, from the tool's name on.
    ///   - width: the greatest length of a line in columns; less than 50 counts as 50.
    package static func render(_ spec: CommandSpec, path: [String], width: Int = 80) -> String {
        let width = max(width, narrowest)
        var blocks = [[String]]()
        if !spec.abstract.isEmpty { blocks.append(TextWrapping.lines("OVERVIEW: \(spec.abstract)", width: width)) }
        if !spec.discussion.isEmpty { blocks.append(TextWrapping.lines(spec.discussion, width: width)) }
        blocks.append(["USAGE: " + UsageLine.text(spec, path: path)])
        for section in sections(spec) where !section.entries.isEmpty {
            blocks.append(["\(section.title):"] + section.entries.flatMap { entry($0.label, $0.text, width) })
        }
        if !spec.subcommands.isEmpty {
            let words = path.prefix(1) + ["help"] + path.dropFirst() + ["<subcommand>"]
            blocks.append(["  See '\(words.joined(separator: " "))' for detailed help."])
        }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private static func sections(_ spec: CommandSpec) -> [Section] {
        let optional = spec.options.filter { !$0.isRequired }
        var titles = [String]()
        for case let group? in optional.map(\.group) where !titles.contains(group) { titles.append(group) }
        let groups = titles.map { title in
            Section(title: title.uppercased(), entries: optional.filter { $0.group == title }.map(entry))
        }
        var others = optional.filter { $0.group == nil }.map(entry)
        if spec.version != nil { others.append(("--version", "Show the version.")) }
        others.append(("-h, --help", "Show help information."))
        return [
            Section(title: "ARGUMENTS", entries: spec.arguments.map(entry)),
            Section(title: "REQUIRED OPTIONS", entries: spec.options.filter(\.isRequired).map(entry)),
            Section(title: "OPTIONS", entries: others),
        ] + groups + [
            Section(title: "SUBCOMMANDS", entries: spec.subcommands.map { ($0.name, $0.abstract) }),
            Section(title: "EXAMPLES", entries: spec.examples.map { ($0.command, $0.effect) }),
        ]
    }

    private static func entry(_ option: OptionSpec) -> (label: String, text: String) {
        let label = (option.short.map { "-\($0), " } ?? "") + option.synopsis
        return (label, described(option.help, option.allowedValues, option.defaultText))
    }

    private static func entry(_ argument: ArgumentSpec) -> (label: String, text: String) {
        (argument.synopsis, described(argument.help, argument.allowedValues, argument.defaultText))
    }

    private static func described(_ help: String, _ values: [String], _ defaultText: String?) -> String {
        var facts = [String]()
        if !values.isEmpty { facts.append("values: \(values.joined(separator: ", "))") }
        if let defaultText { facts.append("default: \(defaultText)") }
        guard !facts.isEmpty else { return help }
        return [help, "(\(facts.joined(separator: "; ")))"].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func entry(_ label: String, _ text: String, _ width: Int) -> [String] {
        let label = "  \(label)"
        guard !text.isEmpty else { return [label] }
        let lines = TextWrapping.lines(text, width: width, indent: labelColumn)
        guard label.count < labelColumn, let first = lines.first else { return [label] + lines }
        return [label + first.dropFirst(label.count)] + lines.dropFirst()
    }
}
