internal import Arguments
internal import Bytes
internal import ReportModel

/// `countersign.json` in the current folder: the URL and the options of a command under their own names. What stands
/// on the command line goes before it.
enum ConfigurationFile {
    static let name = "countersign.json"

    /// Fills in what the line does not give.
    ///
    /// - Returns: the whole command, and the names that the file gave, in its order.
    /// - Throws: `CommandError` with the place in the file, or `UsageError`.
    static func complete(_ parsed: ParsedCommand) throws -> (command: ParsedCommand, filled: [String]) {
        guard Files.exists(name) else { return (parsed, []) }
        let bytes = try Files.read(name, as: "configuration file")
        let file: JSON
        do throws(JSON.SyntaxError) {
            file = try JSON.parse(bytes, allowsComments: true)
        } catch {
            throw CommandError.input("\(name) is not JSON: \(error)")
        }
        guard let members = file.members else {
            throw CommandError.input("\(name): expected an object with the names of options")
        }
        var (command, filled) = (parsed, [String]())
        for member in members {
            let values = try values(of: member, parsed.spec)
            let isNew = member.key == "url" ? parsed.argument("url") == nil : !parsed.isGiven(member.key)
            guard isNew, !values.isEmpty else { continue }
            guard !filled.contains(member.key) else {
                throw CommandError.input("\(name): '\(member.key)' stands twice")
            }
            if member.key == "url" {
                command.fillArgument(with: values[0])
            } else {
                do {
                    try command.fill(member.key, with: values)
                } catch {
                    throw CommandError.input("\(name): \(error.message)")
                }
            }
            filled.append(member.key)
        }
        return (command, filled)
    }

    private static func values(of member: JSON.Member, _ spec: CommandSpec) throws -> [String] {
        let key = printable(member.key)
        if member.key == "url" { return [try text(member.value, key)] }
        guard let option = spec.option(long: member.key) else {
            let nearest = Suggestion.nearest(member.key, among: ["url"] + spec.options.map(\.name), limit: 1)
            throw CommandError.input(
                "\(name): unknown option '\(key)'" + (nearest.first.map { ". Did you mean '\($0)'?" } ?? ""))
        }
        guard option.placeholder != nil else {
            switch member.value {
            case .bool(true): return [""]
            case .bool(false): return []
            default: throw CommandError.input("\(name): '\(key)' is true or false")
            }
        }
        guard case .array(let entries) = member.value else { return [try text(member.value, key)] }
        guard option.isRepeating else { throw CommandError.input("\(name): '\(key)' takes one value, not a list") }
        return try entries.map { try text($0, key) }
    }

    private static func text(_ value: JSON, _ key: String) throws -> String {
        switch value {
        case .string(let text), .number(let text): return text
        default: throw CommandError.input("\(name): '\(key)' is a text or a number")
        }
    }
}
