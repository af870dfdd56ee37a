internal import Arguments
internal import Bytes
internal import Catalogue
internal import Certificates
internal import Cryptography
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Transport

/// `countersign certify URL`: a signed statement that an endpoint meets the frozen requirements of its scheme.
enum CertifyCommand: Command {
    private static let url = Argument("url", .url, help: "The endpoint, such as https://bridge.example/hook.")

    private static let key = Option(
        required: "key", value: "source", .secretSource,
        help: "Where the private key is that signs: file:PATH, env:NAME or -; 'certificate keygen' makes one.",
        completion: SecretSource.completion)

    private static let subject = Option(
        required: "subject", value: "name@kind:digest", .subject,
        help: "What runs at the URL: the digest of its image or the commit of its code, such as bridge@sha256:… or "
            + "bridge@gitCommit:….")

    private static let certificate = Option(
        "certificate", value: "file", .text, default: "certificate.intoto.jsonl",
        help: "Where the certificate is written.", completion: .file)

    private static let days = Option(
        "valid-days", value: "n", .integer(in: 1...365), default: 90, help: "For how many days it is valid.")

    static let spec = CommandSpec(
        "certify", abstract: "Certifies that an endpoint meets every requirement of its scheme, and signs that.",
        discussion: "Runs the frozen requirements of a built-in scheme, all of them, without waivers. Two in-toto "
            + "statements in DSSE envelopes are written if each case passes; otherwise nothing is, and the exit code "
            + "is 4.",
        arguments: [url],
        options: [SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload]
            + [key, subject, certificate, days]
            + [RunOptions.jobs, RunOptions.rate, RunOptions.seed] + TargetInput.options
            + [KeySetInput.listen] + ReportOutputs.options,
        examples: [
            .init(
                "countersign certify https://bridge.example/hook --allow bridge.example --scheme scaiwave "
                    + "--secret env:SECRET --key file:issuer.key --subject bridge@gitCommit:…", "certify a deployment")
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let scheme = try builtInScheme(parsed)
        let url = try parsed[url]
        let seed = try CertificateInput.seed(parsed[key])
        let options = try TargetInput.clientOptions(parsed)
        var configuration = try CertificateInput.configuration(parsed, scheme: scheme)
        if options.tls.insecure { configuration.remarks.append(.certificateNotVerified) }
        let keys = try KeySetInput.server(parsed, configuration)
        configuration.facilities.keySet = keys
        let required = RequirementSet.required(of: scheme)
        let ids = Set(required.ids)
        let plan = Plan(cases: Catalogue.cases(for: scheme).filter { ids.contains($0.id) })
        try TargetInput.permit(url, parsed)
        let outputs = try ReportOutputs(parsed)
        let path = try parsed[certificate]
        do throws(FileOutput.Failure) { try FileOutput.check(path) } catch {
            throw CommandError.input(printable(error.description))
        }
        let run = PreparedRun(url: url, options: options, configuration: configuration, plan: plan, keys: keys)
        let report = try InterruptibleRun.report(run, showsProgress: !parsed[ReportOutputs.quiet])
        let written = outputs.write(report)
        guard report.complete else { return .combined([report.exit, written]) }
        let reasons = CertificateInput.reasonsToRefuse(report, required: required.ids)
        guard reasons.isEmpty else {
            Console.out("No certificate:")
            for reason in reasons { Console.out(printable("  \(reason)")) }
            return .combined([.certificateRefused, written])
        }
        let issued = CalendarDay(unixTime: report.record.started)
        let made = Certificate(
            subject: try parsed[subject], report: report,
            requirements: .init(version: RequirementSet.version, digest: required.digest, count: required.ids.count),
            toolVersion: toolVersion, issued: issued, validUntil: issued.adding(days: Int64(try parsed[days])),
            skipped: report.cases.filter { $0.outcome == .skipped }.map {
                .init(id: $0.id, reason: CertificateInput.words($0))
            },
            measurements: JSONReport.measurements(report.measurements),
            reportDigest: Hex.string(HashFunction.sha256.digest(JSONReport.bytes(of: report, version: toolVersion))))
        let bytes = try made.bytes(signedWith: seed)
        let status = ReportOutputs.write(bytes, to: path)
        if status == .success {
            Console.out(printable("CERTIFIED  \(made.subject.text) until \(made.validUntil.text): \(path)"))
        }
        return .combined([written, status])
    }

    /// A scheme of the user's own has no frozen requirements, whatever it is called.
    private static func builtInScheme(_ parsed: ParsedCommand) throws -> Scheme {
        let name = try parsed[SharedOptions.scheme]
        let scheme = try SchemeInput.scheme(named: name, parsed)
        guard SchemeLibrary.scheme(named: name) != nil else {
            throw parsed.error(
                "There are no frozen requirements for a scheme of your own, so it can't be certified.",
                help: "the built-in ones are \(SchemeLibrary.names.joined(separator: ", "))")
        }
        return scheme
    }
}
