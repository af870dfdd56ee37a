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
        let settings: [(key: String, values: [String])]
        do throws(JSONProblem) {
            settings = try values(of: JSONCursor(file), parsed.spec)
        } catch {
            throw CommandError.input("\(name): \(printable(error.description))")
        }
        var (command, filled) = (parsed, [String]())
        for (key, values) in settings {
            let isNew = key == "url" ? parsed.argument("url") == nil : !parsed.isGiven(key)
            guard isNew, !values.isEmpty else { continue }
            if key == "url" {
                command.fillArgument(with: values[0])
            } else {
                do {
                    try command.fill(key, with: values)
                } catch {
                    throw CommandError.input("\(name): \(error.message)")
                }
            }
            filled.append(key)
        }
        return (command, filled)
    }

    /// Reads the texts of each option; a flag that is on has an empty one, and one that is off has none.
    private static func values(
        of file: JSONCursor, _ spec: CommandSpec
    ) throws(JSONProblem) -> [(key: String, values: [String])] {
        let members = try file.members
        if let stranger = file.strangers(to: ["url"] + spec.options.map(\.name)).first { throw stranger }
        var settings = [(key: String, values: [String])]()
        for (key, value) in members {
            guard key != "url", let option = spec.option(long: key) else {
                settings.append((key, [try text(value)]))
                continue
            }
            if option.placeholder == nil {
                settings.append((key, try value.bool ? [""] : []))
            } else if value.value.array == nil {
                settings.append((key, [try text(value)]))
            } else {
                guard option.isRepeating else { throw value.problem("expected one value, not a list") }
                settings.append((key, try value.list(text)))
            }
        }
        return settings
    }

    private static func text(_ value: JSONCursor) throws(JSONProblem) -> String {
        switch value.value {
        case .string(let text), .number(let text): return text
        default: throw value.problem("expected a string or a number")
        }
    }
}
