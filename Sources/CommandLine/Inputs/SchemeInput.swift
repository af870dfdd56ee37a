internal import Arguments
internal import Bytes
internal import Schemes

/// The scheme and payload that a user named.
enum SchemeInput {
    /// Reads the scheme of `--scheme`.
    static func scheme(_ parsed: ParsedCommand) throws -> Scheme {
        try scheme(named: parsed[SharedOptions.scheme], parsed)
    }

    /// Returns the scheme with a built-in name, or the one in a file when the name looks like a path.
    static func scheme(named name: String, _ parsed: ParsedCommand) throws -> Scheme {
        if let scheme = SchemeLibrary.scheme(named: name) { return scheme }
        guard name.hasSuffix(".json") || name.contains("/") else {
            let advice =
                Suggestion.sentence(for: name, among: SchemeLibrary.names)
                ?? "The built-in ones are \(SchemeLibrary.names.joined(separator: ", "))."
            throw parsed.error("Unknown scheme '\(printable(name))'. \(advice)", help: "a scheme file ends in .json")
        }
        let text = try Files.read(name, as: "scheme file")
        do throws(Scheme.Mistakes) {
            return try Scheme.read(text)
        } catch {
            let lines = error.problems.map { "  \(printable($0.description))" }.joined(separator: "\n")
            throw CommandError.input("the scheme file '\(printable(name))' has mistakes:\n\(lines)")
        }
    }

    /// Reads the payload of `--payload`, under the media type of `--content-type`.
    static func typedPayload(_ parsed: ParsedCommand, scheme: Scheme) throws -> Payload {
        try typed(payload(parsed, scheme: scheme), parsed)
    }

    /// Returns a payload under the media type of `--content-type`, if one was given.
    static func typed(_ payload: Payload, _ parsed: ParsedCommand) throws -> Payload {
        try parsed[SharedOptions.contentType].map(payload.sent) ?? payload
    }

    /// Reads the payload of `--payload`; the scheme's first when none is named.
    static func payload(_ parsed: ParsedCommand, scheme: Scheme) throws -> Payload {
        guard let id = try parsed[SharedOptions.payload] else { return scheme.payloads[0] }
        guard let payload = scheme.payload(named: id) else {
            let known = scheme.payloads.map(\.id)
            throw parsed.error(
                "The scheme \(scheme.id) has no payload '\(printable(id))'; it has "
                    + "\(printable(known.joined(separator: ", "))).")
        }
        return payload
    }
}
