/// The line that says how a command is written.
enum UsageLine {
    /// The optional options are named one by one only where the line does not get longer than this.
    private static let longest = 80

    static func text(_ spec: CommandSpec, path: [String]) -> String {
        let start = path.joined(separator: " ")
        let optional = spec.options.filter { !$0.isRequired }
        let full = line(start, spec, optional.map { piece($0.synopsis, false, $0.isRepeating) })
        return full.count <= longest || optional.isEmpty ? full : line(start, spec, ["[options]"])
    }

    private static func line(_ start: String, _ spec: CommandSpec, _ optional: [String]) -> String {
        var pieces = [start] + spec.arguments.map { piece($0.synopsis, $0.isRequired, $0.isRepeating) }
        pieces += spec.options.filter(\.isRequired).map { piece($0.synopsis, true, $0.isRepeating) }
        pieces += optional
        if !spec.subcommands.isEmpty { pieces.append(spec.subcommandIsRequired ? "<subcommand>" : "[<subcommand>]") }
        if spec.takesCommandAfterDoubleDash { pieces.append("[-- <command> ...]") }
        return pieces.joined(separator: " ")
    }

    private static func piece(_ synopsis: String, _ isRequired: Bool, _ isRepeating: Bool) -> String {
        let text = isRepeating ? "\(synopsis) ..." : synopsis
        return isRequired ? text : "[\(text)]"
    }
}
