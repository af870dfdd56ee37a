/// The lines that say how a command is written.
enum UsageLine {
    /// With more options and arguments than this, the optional options are not named one by one.
    private static let mostNamed = 12

    static func lines(_ spec: CommandSpec, path: [String]) -> [String] {
        let start = path.joined(separator: " ")
        guard spec.usage.isEmpty else { return spec.usage.map { "\(start) \($0)" } }
        return [([start] + pieces(spec)).joined(separator: " ")]
    }

    private static func pieces(_ spec: CommandSpec) -> [String] {
        var pieces = spec.arguments.map { piece($0.synopsis, $0.isRequired, $0.isRepeating) }
        let optional = spec.options.filter { !$0.isRequired }
        pieces += spec.options.filter(\.isRequired).map { piece($0.synopsis, true, $0.isRepeating) }
        if spec.options.count + spec.arguments.count > mostNamed, !optional.isEmpty {
            pieces.append("[options]")
        } else {
            pieces += optional.map { piece($0.synopsis, false, $0.isRepeating) }
        }
        if !spec.subcommands.isEmpty { pieces.append(spec.subcommandIsRequired ? "<subcommand>" : "[<subcommand>]") }
        if spec.takesCommandAfterDoubleDash { pieces.append("[-- <command> ...]") }
        return pieces
    }

    private static func piece(_ synopsis: String, _ isRequired: Bool, _ isRepeating: Bool) -> String {
        let text = isRepeating ? "\(synopsis) ..." : synopsis
        return isRequired ? text : "[\(text)]"
    }
}
