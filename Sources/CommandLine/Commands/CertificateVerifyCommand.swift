internal import Arguments
internal import Bytes
internal import Catalogue
internal import Certificates
internal import Platform
internal import ReportModel
internal import Schemes

/// `countersign certificate verify FILE`: whether a certificate proves what it says, today.
enum CertificateVerifyCommand: Command {
    private static let file = Argument("file", .text, help: "The certificate.", completion: .file)

    private static let key = Option(
        required: "key", value: "source", .secretSource, help: "Where the issuer's public key is: file:PATH.",
        completion: SecretSource.completion)

    private static let target = Option(
        "target", value: "url", .text, help: "Refuse a certificate of another endpoint.")
    private static let subject = Option(
        "subject", value: "name@kind:digest", .subject, help: "Refuse a certificate of another subject.")
    private static let scheme = Option(
        "scheme", value: "name", .text, help: "Refuse a certificate of another scheme.",
        completion: .values(SchemeLibrary.names))
    private static let requirements = Option(
        "requirements", value: "digest", .sha256, defaultText: "this version's",
        help: "The digest of the requirements that you trust.")
    private static let now = Option<Int64?>(
        "now", value: "unix-time", .unixTime, defaultText: "the clock", help: "The time at which it must be valid.")
    private static let html = Option(
        "html", value: "file", .text, help: "Write the certificate as a page for people.", completion: .file)

    static let spec = CommandSpec(
        "verify", abstract: "Verifies a certificate; 4 if it is refused, with the reason.", arguments: [file],
        options: [key, target, subject, scheme, requirements, now, html],
        examples: [.init("countersign certificate verify certificate.intoto.jsonl --key file:issuer.pub", "verify")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let publicKey = try CertificateInput.publicKey(parsed[key])
        let bytes = try Files.read(parsed[file], as: "certificate")
        let day = CalendarDay(unixTime: try parsed[now] ?? WallClock.seconds())
        let certificate: Certificate
        do throws(Refusal) {
            certificate = try Certificate(bytes, signedBy: publicKey)
            try certificate.check(on: day, requirements: try expectedSet(of: certificate, parsed))
            try check("target", certificate.target, try? parsed[target])
            try check("subject", certificate.subject.text, (try? parsed[subject])?.text)
            try check("scheme", certificate.scheme, try? parsed[scheme])
        } catch {
            Console.out(printable("REFUSED  \(error.words)"))
            return .certificateRefused
        }
        Console.out(certificate.text)
        Console.out("\nVALID  signed with key \(KeyFile.id(of: publicKey))")
        return ReportOutputs.write(certificate.page(keyID: KeyFile.id(of: publicKey)), to: try parsed[html])
    }

    /// The digest of the requirements that the reader trusts: the one given, or the one of this tool.
    private static func expectedSet(
        of certificate: Certificate, _ parsed: ParsedCommand
    ) throws(Refusal) -> String {
        if let given = try? parsed[requirements] { return given }
        guard let scheme = SchemeLibrary.scheme(named: certificate.scheme) else {
            throw .unexpected(
                what: "scheme", said: certificate.scheme, expected: SchemeLibrary.names.joined(separator: "' or '"))
        }
        let set = RequirementSet.required(of: scheme)
        let asked = certificate.passed + certificate.skipped.map(\.id)
        guard certificate.requirements.digest != set.digest || Set(asked) == Set(set.ids) else {
            throw .mismatch("it does not list the cases of its set")
        }
        return set.digest
    }

    private static func check(_ what: String, _ said: String, _ expected: String?) throws(Refusal) {
        guard let expected, !said.utf8.elementsEqual(expected.utf8) else { return }
        throw .unexpected(what: what, said: said, expected: expected)
    }
}
