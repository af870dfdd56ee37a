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
enum DemoCommand {
    static let spec = CommandSpec(
        "demo", abstract: "Certifies a sound and a flawed endpoint on loopback, and shows what a report looks like.",
        discussion: "Needs no network, account or configuration.",
        options: [
            OptionSpec(
                "out", value: "folder", help: "Write the reports here.", defaultText: "a temporary folder",
                completion: .directory),
            OptionSpec(flag: "no-color", help: "Print plain text. The variable NO_COLOR does the same."),
        ])

    private static let flawNames = ["bridge-node-sample"]

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        guard let scheme = SchemeLibrary.scheme(named: "bridge-events") else { return 70 }
        let folder = try parsed.value("out") ?? Folder.makePrivate(prefix: "countersign-demo")
        try Files.makeFolder(folder)
        let flaws = FlawRegistry.all.filter { flawNames.contains($0.id) }
        Console.out("1. A sound endpoint for \(scheme.title).\n")
        let sound = try certify(scheme, [], to: "\(folder)/sound", parsed, verbosity: .normal)
        Console.out(
            "\n2. The same endpoint with the verification code that the vendor's documentation prints for Node.js.\n")
        let flawed = try certify(scheme, flaws, to: "\(folder)/flawed", parsed, verbosity: .normal)
        Console.out(
            """

            Reports: \(folder)/sound/ and \(folder)/flawed/ (report.json, junit.xml)

            Next:
              countersign explain timestamp/future-one-year --scheme bridge-events
              countersign list --scheme scaiwave
              countersign serve --scheme slack --port 8081 &
              countersign run http://127.0.0.1:8081/slack/events --scheme slack --secret published
              countersign run http://127.0.0.1:YOURS/hook --scheme slack --secret env:YOUR_SECRET
            """)
        // The demonstration is right when the sound endpoint is clean and the flawed one is not.
        return sound.exit == 0 && flawed.exit == 1 ? 0 : 70
    }

    private static func certify(
        _ scheme: Scheme, _ flaws: [Flaw], to folder: String, _ parsed: ParsedCommand,
        verbosity: Style.Verbosity
    ) throws -> Report {
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
        let report = Runner(
            target: HTTPTarget(url: url, options: ClientOptions()), configuration: configuration,
            plan: try configuration.plan()
        ).run()
        let style = Style(
            color: Console.usesColor(refused: parsed.flag("no-color")), width: min(120, Console.width),
            verbosity: verbosity)
        Console.out(TerminalReport.text(report, version: toolVersion, style: style))
        try Files.makeFolder(folder)
        try ReportOutputs.write(JSONReport.bytes(of: report, version: toolVersion), to: "\(folder)/report.json")
        try ReportOutputs.write(JUnitReport.bytes(of: report, version: toolVersion), to: "\(folder)/junit.xml")
        return report
    }
}
