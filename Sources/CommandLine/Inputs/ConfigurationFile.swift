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
        do {
            for (key, value) in try members(known: ["url"] + parsed.spec.options.map(\.name)) {
                let isTaken =
                    if let option = parsed.spec.option(long: key) {
                        try command.fill(option, with: try texts(of: value, option))
                    } else {
                        try command.fill(url, with: try text(value))
                    }
                if isTaken { filled.append(key) }
            }
        } catch let problem as JSONProblem {
            throw CommandError.input("\(name): \(printable(problem.description))")
        } catch let error as UsageError {
            // A rejected value came from the file.
            throw CommandError.input("\(name): \(error.message)")
        }
        try command.checkRequired()
        return (command, filled)
    }

    /// The members of the file; none where there is no file.
    private static func members(known: [String]) throws -> [(key: String, value: JSONCursor)] {
        guard Files.exists(name) else { return [] }
        let bytes = try Files.read(name, as: "configuration file")
        let file: JSONCursor
        do throws(JSON.SyntaxError) {
            file = JSONCursor(try JSON.parse(bytes, allowsComments: true))
        } catch {
            throw CommandError.input("\(name) is not JSON: \(error)")
        }
        let members = try file.members
        if let unknown = file.unknownMembers(besides: known).first { throw unknown }
        return members
    }

    /// The texts of an option; a flag that is on has an empty text, and one that is off has none.
    static func texts(of value: JSONCursor, _ option: OptionSpec) throws(JSONProblem) -> [String] {
        guard option.takesValue else { return try value.bool ? [""] : [] }
        guard value.value.array != nil else { return [try text(value)] }
        guard option.isRepeating else { throw value.problem("expected one value, not a list") }
        return try value.list(text)
    }

    static func text(_ value: JSONCursor) throws(JSONProblem) -> String {
        switch value.value {
        case .string(let text), .number(let text): return text
        default: throw value.problem("expected a string or a number")
        }
    }
}
