internal import Arguments
internal import Bytes
internal import Catalogue
internal import Schemes

/// The secrets, credentials and tokens that a user gives.
enum SecretInput {
    /// Reads the secret of a scheme.
    static func secret(_ source: SecretSource, scheme: Scheme) throws -> Secret {
        let text = try text(source, scheme: scheme)
        do throws(SecretError) {
            return try Secret(text, rule: scheme.signature.secret)
        } catch {
            throw CommandError.input(
                "\(error.reason); for \(scheme.id) it is \(scheme.signature.secret.expectedForm)")
        }
    }

    /// Reads the secret of another bridge or registration.
    ///
    /// - Parameter option: the option that says where it is.
    static func secondSecret(_ source: SecretSource, scheme: Scheme, option: String) throws -> Secret {
        let text = try source.read(published: VectorContext.secondSecret(of: scheme).text, for: option)
        do throws(SecretError) {
            return try Secret(text, rule: scheme.signature.secret)
        } catch {
            throw CommandError.input("\(option): \(error.reason)")
        }
    }

    /// Reads the text of a scheme's secret, whatever it is.
    static func text(_ source: SecretSource, scheme: Scheme) throws -> [UInt8] {
        try source.read(published: VectorContext.secret(of: scheme).text, for: "--secret")
    }

    /// Reads the credentials of a scheme, and the audience of its tokens; each that it names must be given.
    /// - Parameter areSent: whether credentials with their own header are needed too.
    static func credentials(_ parsed: ParsedCommand, scheme: Scheme, areSent: Bool = true) throws -> [String: [UInt8]] {
        var values = [String: [UInt8]]()
        for credential in try parsed[SharedOptions.credential] {
            let name = credential.name
            let known = scheme.valueNames
            guard known.contains(name) else {
                throw parsed.error(
                    known.isEmpty
                        ? "The scheme \(scheme.id) has no credentials."
                        : "The scheme \(scheme.id) has no credential '\(printable(name))'; it has \(known.joined(separator: ", "))."
                )
            }
            let option = "--credential \(name)=…"
            let value = try credential.source.read(
                published: VectorContext.credentials(of: scheme)[name] ?? [], for: option)
            guard !value.contains(where: ASCII.isControl) else {
                throw CommandError.input(
                    "the value of \(option) has a line break or another control character, which a header can't carry")
            }
            values[name] = value
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

    /// Reads the token of an administrative interface; the published one when none is given.
    static func adminToken(_ source: SecretSource?) throws -> [UInt8] {
        let published = Array(VectorContext.adminToken.utf8)
        return try source?.read(published: published, for: "--admin-token") ?? published
    }
}
