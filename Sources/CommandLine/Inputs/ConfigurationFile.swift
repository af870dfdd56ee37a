internal import Arguments
internal import Bytes

/// `countersign.json` in the current folder: the URL and the options of a command under their own names. What the
/// command line gives takes precedence.
enum ConfigurationFile {
    static let name = "countersign.json"

    /// Fills in what the line does not give, and checks that nothing required is missing.
    ///
    /// - Parameter url: the argument that the member `url` gives.
    /// - Returns: the whole command, and the names that the file gave, in its order.
    /// - Throws: `CommandError` with the place in the file, or `UsageError`.
    static func complete(
        _ parsed: ParsedCommand, url: some ArgumentKey
    ) throws -> (command: ParsedCommand, filled: [String]) {
        var (command, filled) = (parsed, [String]())
        var names = Set<String>()
        for member in try members() {
            guard names.insert(member.key).inserted else { throw mistake("'\(printable(member.key))' appears twice") }
            let isTaken: Bool
            if member.key == "url" {
                isTaken = try take { try command.fill(url, with: try text(member.value, "url")) }
            } else {
                let option = try option(member.key, of: parsed.spec)
                isTaken = try take { try command.fill(option, with: try values(of: member, option)) }
            }
            if isTaken { filled.append(member.key) }
        }
        try command.checkRequired()
        return (command, filled)
    }

    private static func members() throws -> [JSON.Member] {
        guard Files.exists(name) else { return [] }
        let bytes = try Files.read(name, as: "configuration file")
        let file: JSON
        do throws(JSON.SyntaxError) {
            file = try JSON.parse(bytes, allowsComments: true)
        } catch {
            throw CommandError.input("\(name) is not JSON: \(error)")
        }
        guard let members = file.members else { throw mistake("expected an object with the names of options") }
        return members
    }

    /// Says of a value that is refused that it is the file's.
    private static func take(_ fill: () throws -> Bool) throws -> Bool {
        do {
            return try fill()
        } catch let error as UsageError {
            throw mistake(error.message)
        }
    }

    private static func option(_ key: String, of spec: CommandSpec) throws -> OptionSpec {
        if let option = spec.option(long: key) { return option }
        let question = Suggestion.sentence(for: key, among: ["url"] + spec.options.map(\.name), limit: 1)
        throw mistake("unknown option '\(printable(key))'" + (question.map { ". \($0)" } ?? ""))
    }

    private static func values(of member: JSON.Member, _ option: OptionSpec) throws -> [String] {
        let key = option.name
        guard option.takesValue else {
            switch member.value {
            case .bool(true): return [""]
            case .bool(false): return []
            default: throw mistake("'\(key)' must be true or false")
            }
        }
        guard case .array(let entries) = member.value else { return [try text(member.value, key)] }
        guard option.isRepeating else { throw mistake("'\(key)' takes one value, not a list") }
        return try entries.map { try text($0, key) }
    }

    private static func text(_ value: JSON, _ key: String) throws -> String {
        switch value {
        case .string(let text), .number(let text): return text
        default: throw mistake("'\(key)' must be a string or a number")
        }
    }

    private static func mistake(_ message: String) -> CommandError { .input("\(name): \(message)") }
}
