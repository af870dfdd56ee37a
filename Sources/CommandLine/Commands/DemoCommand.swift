internal import Arguments
internal import Catalogue
internal import Harness
internal import Platform
internal import Reference
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Transport

/// `countersign demo`: the first minute.
enum DemoCommand: Command {
    private static let out = Option(
        "out", value: "folder", .text, defaultText: "a new temporary folder", help: "Write the reports to this folder.",
        completion: .directory)

    private static let noColor = Option(flag: "no-color", help: SharedOptions.noColor.help)

    static let spec = CommandSpec(
        "demo", abstract: "Certifies a sound and a flawed endpoint on loopback, to show what a report looks like.",
        discussion: "Needs no network, account or configuration.", options: [out, noColor])

    private static let flawNames = ["bridge-node-sample"]

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        guard let scheme = SchemeLibrary.scheme(named: "bridge-events") else { return .internalError }
        let folder = try parsed[out] ?? newFolder()
        let style = Style(
            color: Console.usesColor(refused: try parsed[noColor]), width: min(120, Console.width), verbosity: .normal)
        let flaws = FlawRegistry.all.filter { flawNames.contains($0.id) }
        Console.out("1. A sound endpoint for \(scheme.title).\n")
        let sound = try certify(scheme, [])
        let soundStatus = try show(sound, in: "\(folder)/sound", style)
        Console.out(
            "\n2. The same endpoint with the verification code that the vendor's documentation prints for Node.js.\n")
        let flawed = try certify(scheme, flaws)
        let flawedStatus = try show(flawed, in: "\(folder)/flawed", style)
        Console.out(
            """

            Reports: \(folder)/sound/ and \(folder)/flawed/ (\(ReportFormats.all.map(\.fileName).joined(separator: ", ")))

            Next:
              countersign explain timestamp/future-one-year --scheme bridge-events
              countersign list --scheme scaiwave
              countersign serve --scheme slack --port 8081 &
              countersign run http://127.0.0.1:8081/slack/events --scheme slack --secret published
              countersign run http://127.0.0.1:YOURS/hook --scheme slack --secret env:YOUR_SECRET
            """)
        // The demonstration succeeds when the sound endpoint passes and the flawed one does not.
        let isRight = sound.exit == .success && flawed.exit == .failure
        return .combined([isRight ? .success : .internalError, soundStatus, flawedStatus])
    }

    /// Creates a private folder, because the temporary folder is shared with other users.
    private static func newFolder() throws -> String {
        do throws(SystemError) {
            return try Folder.makePrivate(prefix: "countersign-demo")
        } catch {
            throw CommandError.input("no temporary folder can be made: \(error); name a folder with --out")
        }
    }

    private static func certify(_ scheme: Scheme, _ flaws: [Flaw]) throws -> Report {
        let secret = VectorContext.secret(of: scheme)
        let credentials = VectorContext.credentials(of: scheme)
        let endpoint = ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials }, flaws: flaws)
        let server = HTTPServer { endpoint.answer($0) }
        try server.start()
        defer { server.stop() }
        let url = try TargetURL("http://127.0.0.1:\(server.port)\(scheme.payloads[0].path)")
        var configuration = RunConfiguration(scheme: scheme, secret: secret)
        configuration.credentials = credentials
        return Runner(
            subject: HTTPSubject(url: url, options: ClientOptions()), configuration: configuration,
            plan: try configuration.plan()
        ).run()
    }

    private static func show(_ report: Report, in folder: String, _ style: Style) throws -> ExitStatus {
        Console.out(TerminalReport.text(report, ReportOutputs.context, style: style))
        try Files.makeFolder(folder)
        return .combined(
            ReportFormats.all.map { format in
                ReportOutputs.write(
                    format.bytes(of: report, ReportOutputs.context), to: "\(folder)/\(format.fileName)")
            })
    }
}
