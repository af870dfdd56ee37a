internal import Arguments
internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes

/// Where a secret comes from. The value itself is refused: it would stand in the process list and the shell's history.
enum SecretInput {
    /// Reads the secret of a scheme.
    static func secret(_ parsed: ParsedCommand, scheme: Scheme) throws -> Secret {
        guard let source = parsed.value("secret") else { throw parsed.missing("secret") }
        let text = try text(
            source, parsed, option: "--secret", form: "", published: VectorContext.secret(of: scheme).text)
        do throws(SecretError) {
            return try Secret(text, rule: scheme.signature.secret)
        } catch {
            throw CommandError.input(
                "\(error.reason); for \(scheme.id) it is \(scheme.signature.secret.expectedForm)")
        }
    }

    /// Reads a secret of another kind than the scheme's.
    ///
    /// - Parameter published: what the word `published` stands for.
    static func value(_ parsed: ParsedCommand, option: String, published: [UInt8]) throws -> [UInt8] {
        try text(parsed.value(option) ?? "", parsed, option: "--\(option)", form: "", published: published)
    }

    /// Reads the credentials of a scheme, and the audience of its tokens; each that it names must be given.
    ///
    /// - Parameter areSent: whether credentials that stand in a header of their own are needed too.
    static func credentials(_ parsed: ParsedCommand, scheme: Scheme, areSent: Bool = true) throws -> [String: [UInt8]] {
        var values = [String: [UInt8]]()
        for entry in parsed.values("credential") {
            let name = String(entry.prefix { $0 != "=" })
            let known = scheme.valueNames
            guard known.contains(name) else {
                throw parsed.error(
                    known.isEmpty
                        ? "The scheme \(scheme.id) has no credentials."
                        : "The scheme \(scheme.id) has no credential '\(printable(name))'; it has \(known.joined(separator: ", "))."
                )
            }
            let published = VectorContext.credentials(of: scheme)[name] ?? []
            values[name] = try text(
                String(entry.dropFirst(name.count + 1)), parsed, option: "--credential", form: "\(name)=",
                published: published)
        }
        for credential in scheme.credentials where areSent && values[credential.id] == nil {
            throw parsed.error(
                "The scheme \(scheme.id) sends \(credential.header): give it with --credential \(credential.id)=env:NAME."
            )
        }
        if let audience = scheme.token?.audience, values[audience] == nil {
            throw parsed.error(
                "The scheme \(scheme.id) needs the \(audience) that its tokens are for: "
                    + "give it with --credential \(audience)=env:NAME.")
        }
        return values
    }

    /// Reads the token of the reference endpoint's administrative interfaces; the published one when none is given.
    static func adminToken(_ parsed: ParsedCommand) throws -> [UInt8] {
        let published = Array(VectorContext.adminToken.utf8)
        guard let source = parsed.value("admin-token") else { return published }
        return try text(source, parsed, option: "--admin-token", form: "", published: published)
    }

    /// Never quotes the source unless it has a form that can't be a secret.
    private static func text(
        _ source: String, _ parsed: ParsedCommand, option: String, form: String, published: [UInt8]
    ) throws -> [UInt8] {
        let text: [UInt8]
        if source == "published" { return published }
        if source == "-" {
            text = try Files.readStandardInput()
        } else if source.hasPrefix("env:") {
            let name = String(source.dropFirst(4))
            guard let value = CurrentProcess.environment(name) else {
                throw CommandError.input("the environment variable '\(printable(name))' of \(option) is not set")
            }
            text = Array(value.utf8)
        } else if source.hasPrefix("file:") {
            text = try Files.read(String(source.dropFirst(5)), as: "secret file")
        } else {
            throw parsed.error(
                "\(option) takes where the value is, never the value itself: \(form)env:NAME, \(form)file:PATH or "
                    + "\(form)- for standard input.",
                help: "export NAME=…, then \(option) \(form)env:NAME")
        }
        let line = withoutLineEnd(text)
        guard !line.isEmpty else { throw CommandError.input("the value of \(option) \(form)… is empty") }
        return line
    }

    /// Editors and echo put a line end behind a secret, which is never part of it.
    private static func withoutLineEnd(_ text: [UInt8]) -> [UInt8] {
        var text = text
        if text.last == 0x0A { text.removeLast() }
        if text.last == 0x0D { text.removeLast() }
        return text
    }
}
