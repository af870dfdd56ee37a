internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign sign`: one valid request, by hand.
enum SignCommand: Command {
    private static let timestamp = Option(
        "timestamp", value: "seconds", .unixTime, defaultText: "now", help: "Sign this Unix time.")

    private static let id = Option(
        "id", value: "text", .headerText, defaultText: "a new one", help: "Use this event id.")

    private static let url = Option(
        "url", value: "url", .url, defaultText: "the documented path on 127.0.0.1:8080",
        help: "Where the request goes.")

    private static let curl = Option(flag: "curl", help: "Print a curl command that sends the request.")

    static let spec = CommandSpec(
        "sign", abstract: "Signs one request and prints its header lines, or a curl command.",
        discussion: "Credentials are never printed: the curl command takes them from environment variables.",
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload,
            SharedOptions.body, SharedOptions.contentType, timestamp, id, url, curl,
        ],
        examples: [
            .init("countersign sign --scheme slack --secret env:S --body event.json", "header lines"),
            .init(
                "countersign sign --scheme github --secret env:S --curl --url http://127.0.0.1:8080/hook | sh",
                "send it"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let scheme = try SchemeInput.scheme(parsed)
        let payload = try SchemeInput.typedPayload(parsed, scheme: scheme)
        let secret = try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme)
        let values = try SecretInput.credentials(parsed, scheme: scheme, areSent: false)
            .filter { name, _ in name == scheme.token?.audience }
        let url = try parsed[url] ?? documentedURL(payload)
        let context = RequestContext(
            scheme: scheme.sending(payload), payload: payload, secret: secret, credentials: values,
            now: try parsed[timestamp] ?? WallClock.seconds(),
            eventID: try parsed[id] ?? scheme.eventIDForm.id(of: "evt_cs_\(WallClock.nanoseconds())"),
            text: "Countersign test request, please ignore", authority: url.authority, target: url.target,
            bodyTemplate: try BodyInput.body(parsed, SharedOptions.body))
        let request = Draft(context).signedRequest().request
        Console.out(try parsed[curl] ? CurlCommand.text(request, url, scheme) : headers(request, scheme))
        return .success
    }

    private static func documentedURL(_ payload: Payload) throws -> TargetURL {
        do throws(TargetURL.ParseError) {
            return try TargetURL("http://127.0.0.1:8080\(payload.path)")
        } catch {
            throw CommandError.input("the scheme's path '\(printable(payload.path))' has no URL; give one with --url")
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
}
