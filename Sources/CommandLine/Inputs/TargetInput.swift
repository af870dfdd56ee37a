internal import Arguments
internal import Bytes
internal import ReportModel
internal import Transport

/// The target that a user named, and the permission to send there.
enum TargetInput {
    /// Reads the URL.
    static func url(_ parsed: ParsedCommand) throws -> TargetURL {
        guard let text = parsed.argument("url") else { throw parsed.missing(argument: "url") }
        return try url(parsed, named: "<url>", text)
    }

    /// Reads the URL of an option, whose host must be allowed like the target's.
    static func url(_ parsed: ParsedCommand, option: String, _ text: String) throws -> TargetURL {
        let url = try url(parsed, named: "--\(option)", text)
        try permit(url, parsed)
        return url
    }

    private static func url(_ parsed: ParsedCommand, named name: String, _ text: String) throws -> TargetURL {
        do throws(TargetURL.ParseError) {
            return try TargetURL(text)
        } catch {
            throw parsed.error("The value '\(printable(text))' is invalid for '\(name)': \(error)")
        }
    }

    /// Refuses a target that is neither loopback nor allowed by its host. Asked last, so that whoever allows the host
    /// does not then learn that another word was wrong.
    static func permit(_ url: TargetURL, _ parsed: ParsedCommand) throws {
        if url.isLoopback || parsed.values("allow").contains(where: { isSame($0, url.host) }) { return }
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
        let limit = try parsed.seconds("timeout", in: .milliseconds(10)...(.seconds(600))) ?? .seconds(10)
        if let file = parsed.value("ca") { _ = try Files.read(file, as: "certificate file") }
        return ClientOptions(
            connectTimeout: limit, sendTimeout: limit, answerTimeout: limit,
            tls: TLSOptions(caFile: parsed.value("ca"), insecure: parsed.flag("insecure")))
    }

    static let options = [
        OptionSpec(
            "allow", value: "host", help: "Allow a target that is not this machine, by its host.", isRepeating: true,
            group: "TARGET"),
        OptionSpec(
            "timeout", value: "seconds", help: "The time for connecting, for sending and for an answer, each.",
            defaultText: "10", group: "TARGET"),
        OptionSpec(
            "ca", value: "file", help: "Believe the certificates that these authorities signed (PEM).",
            completion: .file, group: "TARGET"),
        OptionSpec(
            flag: "insecure", help: "Do not verify the target's certificate; the report says so.", group: "TARGET"),
    ]
}
