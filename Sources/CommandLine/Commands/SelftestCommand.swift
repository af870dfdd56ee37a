internal import Arguments
internal import Reference
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Selftest

/// `countersign selftest`: the kill matrix and the degenerate targets.
enum SelftestCommand: Command {
    private static let scheme = Option(
        repeating: "scheme", value: "name-or-file", .text, help: "Run only this scheme.",
        completion: .values(SchemeLibrary.names))

    private static let flaw = Option(repeating: "flaw", value: "name", .text, help: "Run only this flaw.")

    private static let json = Option(
        "json", value: "file", .text, help: "Write the kill matrix as JSON.", completion: .file)

    private static let html = Option(
        "html", value: "file", .text, help: "Write the kill matrix as a page.", completion: .file)

    private static let causes = Option(
        "causes", value: "file", .text,
        help: "Write what each flaw gets wrong, as the build carries it to name causes.", completion: .file)
    private static let senders = Option(flag: "senders", help: "Run only the reference sender and its flaws.")

    private static let verbose = Option(flag: "verbose", short: "v", help: "Print the cases that catch each flaw.")

    static let spec = CommandSpec(
        "selftest",
        abstract: "Proves the harness: every flaw is caught for its reason, and no case fails the sound endpoint.",
        discussion:
            "Runs every case against the sound endpoint of each scheme. An endpoint with a flaw meets all quick "
            + "cases in one scheme, and in the others those that are declared to catch the flaw; with --json, --html or "
            + "--causes, all of them in every scheme. Endpoints are in this process, and on loopback too where the flaw "
            + "shows on the wire.",
        options: [scheme, flaw, senders, json, html, causes, verbose])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let schemes = try parsed[scheme].map { try SchemeInput.scheme(named: $0, parsed) }
        let flaws = try parsed[flaw].map { try FlawInput.flaw(named: $0, parsed) }
        if try parsed[senders] { return try certifySenders(schemes) }
        let isWhole = schemes.isEmpty && flaws.isEmpty
        // Senders wait much and compute little, and some of these targets never answer.
        let senders = isWhole ? ConcurrentValue { try SenderMatrix.run() } : nil
        let degenerateRuns =
            isWhole
            ? SchemeLibrary.scheme(named: "scaiwave").map { scheme in
                ConcurrentValue { try DegenerateRuns.run(scheme: scheme) }
            } : nil
        let line = Console.errIsTerminal ? ProgressLine() : nil
        let matrix = try KillMatrix.run(
            schemes: schemes.isEmpty ? SchemeLibrary.all : schemes, flaws: flaws.isEmpty ? FlawRegistry.all : flaws,
            // What is written down is whole.
            isThorough: try [causes, json, html].contains { try parsed[$0] != nil }
        ) { line?.update(done: $0, total: $1) }
        let degenerate = try degenerateRuns?.get() ?? []
        line?.finish()
        let gaps = matrix.gaps(hasAllSchemes: schemes.isEmpty, hasAllFlaws: flaws.isEmpty)
        Console.out(SelftestText.text(matrix, degenerate, gaps: gaps, verbose: try parsed[verbose]))
        let verdict: ExitStatus = gaps.isEmpty && degenerate.allSatisfy(\.isRight) ? .success : .failure
        return .combined([
            verdict, try senders?.get().map { tell($0, isWhole: true) } ?? .success,
            ReportOutputs.write(matrix.causes, to: try parsed[causes]),
            ReportOutputs.write(SelftestJSON.bytes(matrix, degenerate, gaps: gaps), to: try parsed[json]),
            ReportOutputs.write(
                SelftestPage.bytes(matrix, degenerate, gaps: gaps, version: toolVersion), to: try parsed[html]),
        ])
    }

    private static func certifySenders(_ schemes: [Scheme]) throws -> ExitStatus {
        let matrix = try SenderMatrix.run(schemes: schemes.isEmpty ? SchemeLibrary.all : schemes)
        return tell(matrix, isWhole: schemes.isEmpty)
    }

    private static func tell(_ matrix: SenderMatrix, isWhole: Bool) -> ExitStatus {
        let gaps = matrix.gaps(isWhole: isWhole)
        Console.out(matrix.text(gaps: gaps))
        return gaps.isEmpty ? .success : .failure
    }
}
