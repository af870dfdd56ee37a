/// The manual page of a tool, in the macros of man(7).
package enum ManualPage {
    /// Writes the page.
    ///
    /// - Parameters:
    ///   - root: the tool.
    ///   - day: the day of its version, such as `2026-11-26`.
    ///   - sections: what follows the commands, each a list of words and their explanations.
    /// - Returns: roff text.
    package static func text(
        root: CommandSpec, day: String, sections: [(title: String, entries: [(label: String, text: String)])]
    ) -> String {
        let name = root.name
        var lines = [".TH \(name.uppercased()) 1 \(day) \"\(name) \(root.version ?? "")\" \"User Commands\""]
        lines += [".SH NAME", "\(name) \\- \(escaped(lowercasedFirst(root.abstract)))"]
        lines += [".SH SYNOPSIS", ".B \(escaped(name))", "<\\fIcommand\\fR> [\\fIoptions\\fR]"]
        lines += [".SH DESCRIPTION", escaped(root.abstract)]
        lines += [".SH COMMANDS"] + root.subcommands.flatMap { command($0, path: []) }
        for section in sections {
            lines.append(".SH \(section.title)")
            for entry in section.entries { lines += [".TP", ".B \(escaped(entry.label))", escaped(entry.text)] }
        }
        if !root.examples.isEmpty { lines += [".SH EXAMPLES"] + examples(root.examples).dropFirst() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func command(_ spec: CommandSpec, path: [String]) -> [String] {
        let path = path + [spec.name]
        guard spec.subcommands.isEmpty else { return spec.subcommands.flatMap { command($0, path: path) } }
        var lines = [".SS \(escaped(path.joined(separator: " ")))"]
        lines.append(escaped(spec.abstract))
        if !spec.discussion.isEmpty { lines += [".PP", escaped(spec.discussion)] }
        for argument in spec.arguments {
            lines += [
                ".TP", ".I \(escaped(argument.name))",
                described(argument.help, argument.allowedValues, argument.defaultText),
            ]
        }
        for option in spec.options {
            let short = option.short.map { "\\-\($0), " } ?? ""
            let value = option.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
            lines += [".TP", "\\fB\(short)\(escaped(option.flag))\\fR\(value)"]
            let note = option.isRequired ? "Required. " : ""
            lines.append(described(note + option.help, option.allowedValues, option.defaultText))
        }
        return lines + examples(spec.examples)
    }

    private static func examples(_ examples: [CommandSpec.Example]) -> [String] {
        examples.flatMap {
            [
                ".PP", escaped("For example, to \(lowercasedFirst($0.effect)):"), ".PP", ".nf", escaped($0.command),
                ".fi",
            ]
        }
    }

    private static func described(_ help: String, _ values: [String], _ fallback: String?) -> String {
        let facts = [
            values.isEmpty ? nil : "values: \(values.joined(separator: ", "))", fallback.map { "default: \($0)" },
        ].compactMap(\.self)
        return escaped(facts.isEmpty ? help : "\(help) (\(facts.joined(separator: "; ")))")
    }

    private static func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    /// Returns text that roff takes for text: a backslash, a hyphen that can be copied, and a dot at the start of a line
    /// are not what they look like.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "\n": if !escaped.hasSuffix(".PP\n") { escaped += "\n.PP\n" }
            case "'": escaped += "\\(aq"
            case "…": escaped += "..."
            case "−": escaped += "\\-"
            default: escaped.append(character)
            }
        }
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }
}
