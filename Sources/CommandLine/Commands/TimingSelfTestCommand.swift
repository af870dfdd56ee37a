internal import Arguments
internal import Catalogue
internal import Harness
internal import Platform
internal import Reference
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Timing
internal import Transport

/// `countersign timing self-test`: what this machine can measure.
enum TimingSelfTestCommand: Command {
    private static let budget = Option(
        "budget", value: "requests", .integer(in: 1...100_000_000), default: 115_500,
        help: "The most requests of each measurement.")

    private static let delta = Option(
        "delta", value: "ns", .integer(in: 1...1_000_000_000), default: 50,
        help: "The smallest effect that matters, in nanoseconds.")

    static let spec = CommandSpec(
        "self-test", abstract: "Measures the bundled endpoint with known leaks, and shows what this machine can see.",
        discussion: "The endpoint runs in the same process and answers over loopback. It rejects in constant time at "
            + "first, and then spends 50 and 200 ns more for each quarter of the signature that is right.",
        options: [budget, delta, RunOptions.seed])

    /// The nanoseconds for each quarter that is right.
    private static let leaks: [UInt64] = [0, 50, 200]

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        guard let scheme = SchemeLibrary.scheme(named: "github") else { return .internalError }
        let signals = RunSignals()
        try? Signals.onRequestToEnd { signals.interrupt() }
        let line = Console.errIsTerminal ? ProgressLine() : nil
        defer { line?.finish() }
        var isRight = true
        for nanoseconds in leaks where !signals.isInterrupted {
            var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
            configuration.only = [CaseGlob("timing/first-wrong-symbol")]
            configuration.seed = UInt64(try parsed[RunOptions.seed] ?? .random(in: 1...999_999_999))
            configuration.timing.budget = try parsed[budget]
            configuration.timing.threshold = Double(try parsed[delta])
            configuration.timing.progress = { line?.show(TimingText.progress($1, of: "\(nanoseconds) ns")) }
            let leak = PrefixLeak(nanosecondsPerQuarter: nanoseconds)
            let result = try measure(configuration, leak, signals)
            Console.out("\(nanoseconds) ns for each quarter of the signature that is right")
            Console.out(result.map { TimingText.text("measured", $0) } ?? "not measured")
            let check = LeakCheck(result, leak)
            Console.out("  \(check.words)\n")
            isRight = isRight && check.isRight
        }
        if signals.isInterrupted { return .interrupted }
        return isRight ? .success : .failure
    }

    private static func measure(
        _ configuration: RunConfiguration, _ leak: PrefixLeak, _ signals: RunSignals
    ) throws -> TimingResult? {
        let secret = configuration.secret
        let endpoint = ReferenceEndpoint(
            schemes: [configuration.scheme], secrets: { _ in [secret] }, flaws: [leak.flaw])
        let server = HTTPServer { endpoint.answer($0) }
        try server.start()
        defer { server.stop() }
        let path = configuration.scheme.payloads[0].path
        let subject = HTTPSubject(
            url: try TargetURL("http://127.0.0.1:\(server.port)\(path)"), options: ClientOptions())
        let report = Runner(
            subject: subject, configuration: configuration, plan: try configuration.plan(), signals: signals
        ).run()
        return report.measurements.comparisons["timing/first-wrong-symbol"]
    }
}

/// Whether a known leak was found as it was made.
private struct LeakCheck {
    let isRight: Bool
    let words: String

    init(_ result: TimingResult?, _ leak: PrefixLeak) {
        guard let result, let look = result.confirmation ?? result.looks.last else {
            (isRight, words) = (false, "WRONG: nothing was measured")
            return
        }
        let missed = look.contrasts.filter { finding in
            guard let position = finding.position else { return false }
            let truth = leak.made(quarters: position * 4 / 64)
            return !(finding.estimate.low...finding.estimate.high ~= truth)
        }
        let isFound = if case .leak = result.verdict { true } else { false }
        let isExcluded = if case .noLeak = result.verdict { true } else { false }
        let made = (1...3).map { timeWords(leak.made(quarters: $0)) }.joined(separator: ", ")
        switch (leak.nanosecondsPerQuarter, isFound, isExcluded) {
        case (0, false, true): (isRight, words) = (true, "RIGHT: no leak was made, and none was found")
        case (0, false, false): (isRight, words) = (true, "OPEN: no leak was made; this machine is too busy to say so")
        case (0, true, _): (isRight, words) = (false, "WRONG: no leak was made")
        case (_, true, _) where missed.isEmpty:
            (isRight, words) = (true, "RIGHT: the endpoint really spent \(made) more, and every interval has that")
        case (_, true, _): (isRight, words) = (false, "WRONG: the endpoint really spent \(made) more")
        case (_, _, true): (isRight, words) = (false, "WRONG: the endpoint spent \(made) more")
        default: (isRight, words) = (true, "OPEN: the endpoint spent \(made) more; this machine is too busy to see it")
        }
    }
}
