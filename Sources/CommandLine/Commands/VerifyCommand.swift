internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign verify`: one request, by hand.
enum VerifyCommand: Command {
    private static let header = Option(
        repeating: "header", short: "H", value: "name: value", .headerField, help: "A header line of the request.")

    private static let body = Option(
        "body", value: "file", .text, defaultText: "none",
        help: "The body of the request, byte for byte, at most 16 MiB.", completion: .file)

    private static let now = Option(
        "now", value: "seconds", .unixTime, defaultText: "now", help: "Verify at this Unix time.")

    private static let method = Option(
        "method", value: "method", .text, default: "POST", help: "The request method.")

    private static let target = Option(
        "target", value: "path", .text, default: "/", help: "The path and query of the request.")

    private static let explain = Option(
        flag: "explain", help: "Show each stage: what was read, the signed bytes, and where the two part.")

    private static let showExpected = Option(
        flag: "show-expected",
        help: "Show the expected signature as well, with --explain. Whoever has it can send the request.")

    static let spec = CommandSpec(
        "verify", abstract: "Verifies one request with the strict reference verifier.",
        discussion: "Ends with exit code 0 when the request is accepted, 1 when it is rejected.",
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, header, body, now, method, target,
            explain, showExpected,
        ],
        examples: [
            .init(
                "countersign verify --scheme stripe --secret env:S --body event.json -H 'Stripe-Signature: t=…,v1=…'",
                "")
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let scheme = try SchemeInput.scheme(parsed)
        let secret = try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme)
        let credentials = try SecretInput.credentials(parsed, scheme: scheme)
        var headers = Headers()
        headers.fields = try parsed[header]
        let request = HTTPRequest(
            method: try parsed[method], target: try parsed[target], headers: headers,
            body: try BodyInput.body(parsed, body) ?? [])
        let now = try parsed[now] ?? WallClock.seconds()
        if try parsed[explain] {
            let explanation = VerifyExplanation(
                request: request, scheme: scheme, secret: secret, now: now, showsExpected: try parsed[showExpected])
            Console.out(explanation.text)
        }
        switch Verifier(scheme: scheme, secrets: [secret], credentials: credentials).verify(request, now: now) {
        case .accepted:
            Console.out("accepted: the signature is right, and the request is fresh")
            return .success
        case .rejected(let reason):
            Console.out("rejected: \(printable(words(reason, scheme, now: now)))")
            return .failure
        }
    }

    private static func words(_ reason: Rejection, _ scheme: Scheme, now: Int64) -> String {
        let header = scheme.signature.header
        let window = (scheme.freshness?.past ?? scheme.token?.leeway).map { "\($0) s" } ?? "the window"
        switch reason {
        case .credentialMissing:
            return
                "a credential is missing or given twice (\(scheme.credentials.map(\.header).joined(separator: ", ")))"
        case .credentialWrong: return "a credential is wrong"
        case .signatureMissing: return "there is no header \(header)"
        case .headerRepeated: return "a header that may appear once appears twice"
        case .signatureMalformed: return "the header \(header) does not have the form of the scheme"
        case .timestampMissing: return "there is no timestamp"
        case .timestampMalformed: return "the timestamp is not a number of Unix seconds"
        case .eventIDMissing: return "the id header, which is signed, is missing"
        case .signatureWrong:
            return "no signature in \(header) matches these bytes under this secret; the signed bytes are "
                + scheme.signature.message.text
        case .algorithmWrong: return "the token names another algorithm, or an extension that must be understood"
        case .keyUnknown: return "the token names a key (kid) that is not the one of this secret"
        case .issuerWrong: return "the token does not come from \(scheme.token?.issuer ?? "its issuer") (iss)"
        case .audienceWrong:
            return "the token is not for the \(scheme.token?.audience ?? "audience") given with --credential (aud)"
        case .bindingWrong:
            let claims = scheme.token?.bindings.map { "\($0.claim) and \($0.pointer)" } ?? []
            return "a claim of the token differs from the body (\(claims.joined(separator: ", ")))"
        case .tooOld: return "the timestamp is more than \(window) old at \(now)"
        case .tooFarAhead: return "the timestamp is too far ahead of \(now)"
        }
    }
}
