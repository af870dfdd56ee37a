internal import Arguments
internal import Bytes
internal import Diagnosis
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Transport

/// `countersign diagnose`: one captured request, and by which recipe it was signed.
enum DiagnoseCommand: Command {
    private static let file = Argument(
        optional: "request", .text,
        help:
            "The captured request: a file, or - for standard input. An HTTP message, a curl command line, a HAR file or "
            + "one of its entries, an event of smee.io, or a request of webhook.site.", completion: .file)

    private static let header = Option(
        repeating: "header", short: "H", value: "name: value", .headerField,
        help: "A header line, in addition to those of the captured request.")

    private static let body = Option(
        "body", value: "file", .text, defaultText: "that of the request",
        help: "The body, byte for byte, at most 16 MiB.", completion: .file)

    private static let now = Option(
        "now", value: "seconds", .unixTime, defaultText: "now", help: "The Unix time at which it was verified.")

    private static let method = Option(
        "method", value: "method", .text, defaultText: "POST", help: "The request method, without a captured request.")

    private static let target = Option(
        "target", value: "path", .text, defaultText: "/", help: "The path and query, without a captured request.")

    static let spec = CommandSpec(
        "diagnose", abstract: "Finds out how a request that does not verify was really signed.",
        discussion:
            "Tries what programs make of bodies, timestamps, messages, secrets and signatures, one difference at "
            + "a time and then two, and sends nothing. What it prints contains no secret, signature or body. Ends with "
            + "exit code 0 when a recipe was found, 3 when none was.",
        arguments: [file],
        options: [SharedOptions.scheme, SharedOptions.secret, header, body, now, method, target],
        examples: [
            .init("countersign diagnose request.http --scheme github --secret env:S", "a request in a file"),
            .init(
                "countersign diagnose --scheme stripe --secret env:S --body event.json -H 'Stripe-Signature: t=…,v1=…'",
                "its parts"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let scheme = try SchemeInput.scheme(parsed)
        let source = try parsed[SharedOptions.secret]
        let capture = try capture(parsed)
        let text = try SecretInput.text(source, scheme: scheme)
        // A secret of the wrong kind may not decode, and is told what it is all the same.
        let mistakes = SecretInspection.mistakes(in: text, for: scheme)
        let key: [UInt8]
        do throws(SecretError) {
            key = try scheme.signature.secret.key(from: text)
        } catch {
            guard mistakes.isEmpty, !scheme.signature.algorithm.hasPublicKey else {
                let diagnosis = CaptureDiagnosis(
                    scheme: scheme.id, recipes: [], tried: 0, facts: [], mistakes: mistakes)
                Console.err("Error: \(error.reason); for \(scheme.id) it is \(scheme.signature.secret.expectedForm)")
                Console.out(CaptureText.text(diagnosis, width: Console.width))
                return .inconclusive
            }
            // The sender may have used it as it is.
            Console.err("Warning: \(error.reason); its text is tried as the key")
            key = text
        }
        let diagnosis = capture.diagnosed(
            scheme: scheme, secret: text, key: key, now: try parsed[now] ?? WallClock.seconds())
        Console.out(CaptureText.text(diagnosis, width: Console.width))
        return diagnosis.recipes.isEmpty ? .inconclusive : .success
    }

    private static func capture(_ parsed: ParsedCommand) throws -> Capture {
        var capture = Capture(
            request: HTTPRequest(
                method: try parsed[method] ?? "POST", target: try parsed[target] ?? "/", framing: .asGiven))
        if let path = try parsed[file] {
            let bytes = try path == "-" ? Files.readStandardInput() : Files.read(path, as: "captured request")
            do throws(Capture.Problem) {
                capture = try Capture.read(bytes)
            } catch {
                throw CommandError.input("the captured request can't be read: \(printable(error.reason))")
            }
        }
        capture.request.headers.fields += try parsed[header]
        if let bytes = try BodyInput.body(parsed, body) {
            capture.request.body = bytes
            capture.facts = []
        }
        guard !capture.request.headers.fields.isEmpty else {
            throw parsed.error(
                "There is nothing to diagnose. Give a captured request, or its parts with -H and --body.")
        }
        return capture
    }
}
