internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign verify`: one request, by hand.
enum VerifyCommand {
    static let spec = CommandSpec(
        "verify", abstract: "Verifies one request with the strict reference verifier.",
        discussion: "Exit code 0 when it is accepted, 1 when it is rejected.",
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential,
            OptionSpec(
                "header", short: "H", value: "name: value", help: "A header line of the request.", isRepeating: true),
            OptionSpec("body", value: "file", help: "The body of the request, byte for byte.", completion: .file),
            OptionSpec("now", value: "seconds", help: "Verify at this Unix time.", defaultText: "now"),
            OptionSpec("method", value: "method", help: "The request method.", defaultText: "POST"),
            OptionSpec("target", value: "path", help: "Path and query of the request.", defaultText: "/"),
        ],
        examples: [
            .init(
                "countersign verify --scheme stripe --secret env:S --body event.json -H 'Stripe-Signature: t=…,v1=…'",
                "")
        ])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        let scheme = try SchemeInput.scheme(parsed)
        let secret = try SecretInput.secret(parsed, scheme: scheme)
        let credentials = try SecretInput.credentials(parsed, scheme: scheme)
        let body = try parsed.value("body").map { try Files.read($0, as: "body file") } ?? []
        var headers = Headers()
        for line in parsed.values("header") {
            let bytes = Array(line.utf8)
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
                throw parsed.invalid("header", value: line, advice: "Write it as 'Name: value'.")
            }
            headers.fields.append(
                HeaderField(name: Array(bytes[..<colon]), value: ASCII.trimmed(bytes[(colon + 1)...])))
        }
        let request = HTTPRequest(
            method: parsed.value("method") ?? "POST", target: parsed.value("target") ?? "/", headers: headers,
            body: body)
        let now = try parsed.integer("now", in: 0...Int.max).map(Int64.init) ?? WallClock.seconds()
        switch Verifier(scheme: scheme, secrets: [secret], credentials: credentials).verify(request, now: now) {
        case .accepted:
            Console.out("accepted: the signature is right, and the request is fresh")
            return 0
        case .rejected(let reason):
            Console.out("rejected: \(words(reason, scheme, headers, now: now))")
            return 1
        }
    }

    private static func words(_ reason: Rejection, _ scheme: Scheme, _ headers: Headers, now: Int64) -> String {
        let header = scheme.signature.header
        let window = (scheme.freshness?.past ?? scheme.token?.leeway).map { "\($0) s" } ?? "the window"
        switch reason {
        case .credentialMissing:
            return
                "a credential is missing or stands twice (\(scheme.credentials.map(\.header).joined(separator: ", ")))"
        case .credentialWrong: return "a credential is wrong"
        case .signatureMissing: return "there is no header \(header)"
        case .headerRepeated: return "a header that may stand once stands twice"
        case .signatureMalformed: return "the header \(header) does not have the form of the scheme"
        case .timestampMissing: return "there is no timestamp"
        case .timestampMalformed: return "the timestamp is not a number of Unix seconds"
        case .eventIDMissing: return "the id header, which is signed, is missing"
        case .signatureWrong:
            return "no signature in \(header) belongs to these bytes under this secret; the signed bytes are "
                + scheme.signature.message.text
        case .algorithmWrong: return "the token names another algorithm, or an extension that must be understood"
        case .keyUnknown: return "the token names a key (kid) that is not the one of this secret"
        case .issuerWrong: return "the token does not come from \(scheme.token?.issuer ?? "its issuer") (iss)"
        case .audienceWrong:
            return "the token is not for the \(scheme.token?.audience ?? "audience") given with --credential (aud)"
        case .bindingWrong:
            let claims = scheme.token?.bindings.map { "\($0.claim) and \($0.pointer)" } ?? []
            return "a claim of the token does not repeat the body's text (\(claims.joined(separator: ", ")))"
        case .tooOld: return "the timestamp is more than \(window) old at \(now)"
        case .tooFarAhead: return "the timestamp is too far ahead of \(now)"
        }
    }
}
