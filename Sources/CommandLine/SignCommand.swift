internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign sign`: one valid request, by hand.
enum SignCommand {
    static let spec = CommandSpec(
        "sign", abstract: "Signs one request: its header lines, or a curl command.",
        discussion: "Credentials are never printed: the curl command takes them from environment variables.",
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload,
            SharedOptions.body,
            OptionSpec("timestamp", value: "seconds", help: "Sign this Unix time.", defaultText: "now"),
            OptionSpec("id", value: "text", help: "Use this event id.", defaultText: "a fresh one"),
            OptionSpec(
                "url", value: "url", help: "The target of the curl command.",
                defaultText: "the document's path on 127.0.0.1:8080"),
            OptionSpec(flag: "curl", help: "Print a curl command that sends the request."),
        ],
        examples: [
            .init("countersign sign --scheme slack --secret env:S --body event.json", "header lines"),
            .init(
                "countersign sign --scheme github --secret env:S --curl --url http://127.0.0.1:8080/hook | sh",
                "send it"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        let scheme = try SchemeInput.scheme(parsed)
        let payload = try SchemeInput.payload(parsed, scheme: scheme)
        let secret = try SecretInput.secret(parsed, scheme: scheme)
        let values = try SecretInput.credentials(parsed, scheme: scheme, areSent: false)
            .filter { name, _ in name == scheme.token?.audience }
        let url = try url(parsed, payload)
        let now = try parsed.integer("timestamp", in: 0...Int.max).map(Int64.init) ?? WallClock.seconds()
        let context = RequestContext(
            scheme: scheme, payload: payload, secret: secret, credentials: values, now: now,
            eventID: parsed.value("id") ?? "evt_cs_\(WallClock.nanoseconds())",
            text: "Countersign test request, please ignore", authority: url.authority, target: url.target,
            bodyTemplate: try parsed.value("body").map { try Files.read($0, as: "body file") })
        let request = Draft(context).signedRequest().request
        Console.out(parsed.flag("curl") ? curl(request, url, scheme) : headers(request, scheme))
        return 0
    }

    private static func url(_ parsed: ParsedCommand, _ payload: Payload) throws -> TargetURL {
        let text = parsed.value("url") ?? "http://127.0.0.1:8080\(payload.path)"
        do throws(TargetURL.ParseError) {
            return try TargetURL(text)
        } catch {
            throw parsed.error("The value '\(printable(text))' is invalid for '--url <url>': \(error)")
        }
    }

    /// The lines that the scheme adds; the caller has the rest.
    private static func headers(_ request: HTTPRequest, _ scheme: Scheme) -> String {
        var names = [scheme.signature.header]
        if case .header(let name) = scheme.timestamp { names.insert(name, at: 0) }
        if case .header(let name) = scheme.eventID { names.insert(name, at: 0) }
        return names.flatMap { name in
            request.headers.values(named: name).map { "\(name): \(String(decoding: $0, as: UTF8.self))" }
        }.joined(separator: "\n")
    }

    private static func curl(_ request: HTTPRequest, _ url: TargetURL, _ scheme: Scheme) -> String {
        var words = ["curl -sS -i -X POST \(ShellQuote.quoted(Array(url.description.utf8)))"]
        for field in request.headers.fields where !ASCII.equalsIgnoringCase(field.name, "Host".utf8) {
            words.append("-H \(ShellQuote.quoted(field.name + Array(": ".utf8) + field.value))")
        }
        for credential in scheme.credentials {
            let variable = credential.id.uppercased().split(separator: "-").joined(separator: "_")
            words.append("-H \"\(credential.header): ${\(variable):?set \(variable)}\"")
        }
        words.append("--data-binary \(ShellQuote.quoted(request.body))")
        return words.joined(separator: " \\\n  ")
    }
}
