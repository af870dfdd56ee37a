internal import Arguments
internal import Bytes
internal import Transport

/// The target that the user named, and the permission to send requests there.
enum TargetInput {
    static let allow = Option(
        repeating: "allow", value: "host", .text, help: "Allow a target on another machine, by its host.",
        group: "Target")

    static let timeout = Option(
        "timeout", value: "seconds", .seconds(in: .milliseconds(10) ... .seconds(600)), default: .seconds(10),
        help: "How long to wait for each of: connecting, sending, and an answer.", group: "Target")

    static let ca = Option(
        "ca", value: "file", .text, help: "Trust the certificate authorities in this file (PEM).", completion: .file,
        group: "Target")

    static let insecure = Option(
        flag: "insecure", help: "Do not verify the target's certificate; the report says so.", group: "Target")

    static let options: [any OptionKey] = [allow, timeout, ca, insecure]

    /// Rejects a target that is neither loopback nor an allowed host. Checked last, so that a user who has just allowed
    /// the host is not then told about another mistake.
    static func permit(_ url: TargetURL, _ parsed: ParsedCommand) throws {
        if try url.isLoopback || parsed[allow].contains(where: { isSame($0, url.host) }) { return }
        throw parsed.error(
            "\(url.host) is not this machine: requests there may have effects. Name it once to allow it: "
                + "--allow \(url.host)",
            help: "only test endpoints of your own, or with their owner's consent")
    }

    private static func isSame(_ allowed: String, _ host: String) -> Bool {
        allowed.lowercased() == host.lowercased() || allowed == "[\(host)]"
    }

    /// Reads the time limits and the TLS options.
    static func clientOptions(_ parsed: ParsedCommand) throws -> ClientOptions {
        let limit = try parsed[timeout]
        let authorities = try parsed[ca]
        if let authorities { _ = try Files.read(authorities, as: "certificate file") }
        return ClientOptions(
            connectTimeout: limit, sendTimeout: limit, answerTimeout: limit,
            tls: TLSOptions(caFile: authorities, insecure: try parsed[insecure]))
    }
}

extension ValueForm<TargetURL> {
    /// An `http` or `https` address.
    static let url = ValueForm { text throws(InvalidValue) in
        do throws(TargetURL.ParseError) {
            return try TargetURL(text)
        } catch {
            // What comes before an @ may be a password.
            throw InvalidValue(error.description, isShown: !text.contains("@"))
        }
    }
}
