internal import Arguments
internal import Bytes
internal import ReportModel
internal import Schemes

/// The scheme and payload that a user named.
enum SchemeInput {
    /// Reads `--scheme`: a built-in name, or a file when it looks like a path.
    static func scheme(_ parsed: ParsedCommand) throws -> Scheme {
        guard let name = parsed.value("scheme") else { throw parsed.missing("scheme") }
        return try scheme(named: name, parsed)
    }

    /// Finds a scheme by name or file.
    static func scheme(named name: String, _ parsed: ParsedCommand) throws -> Scheme {
        if let scheme = SchemeLibrary.scheme(named: name) { return scheme }
        guard name.hasSuffix(".json") || name.contains("/") else {
            let nearest = Suggestion.nearest(name, among: SchemeLibrary.names)
            let advice =
                nearest.isEmpty
                ? "The built-in ones are \(SchemeLibrary.names.joined(separator: ", "))."
                : "Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
            throw parsed.error("Unknown scheme '\(printable(name))'. \(advice)", help: "a scheme file ends in .json")
        }
        let text = try Files.read(name, as: "scheme file")
        do throws(Scheme.Mistakes) {
            return try Scheme(reading: text)
        } catch {
            let lines = error.problems.map { "  \(printable($0.description))" }.joined(separator: "\n")
            throw CommandError.input("the scheme file '\(printable(name))' has mistakes:\n\(lines)")
        }
    }

    /// Reads `--payload`.
    static func payload(_ parsed: ParsedCommand, scheme: Scheme) throws -> Payload {
        guard let id = parsed.value("payload") else { return scheme.payloads[0] }
        guard let payload = scheme.payload(named: id) else {
            throw parsed.error(
                "The scheme \(scheme.id) has no payload '\(printable(id))'; it has "
                    + "\(scheme.payloads.map(\.id).joined(separator: ", ")).")
        }
        return payload
    }
}
