internal import Arguments
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Transport

/// `countersign listen`: a sender under test.
enum ListenCommand: Command {
    static let port = Option(
        "port", value: "port", .integer(in: 0...65_535), default: 0,
        help: "The port to listen on; 0 lets the system choose one.")

    static let host = Option(
        "host", value: "address", .text, defaultText: "127.0.0.1", help: "The address to listen on, in digits.")

    private static let publicURL = Option(
        "public", value: "url", .url, help: "Where the sender reaches this machine, when a proxy or tunnel is between.")

    static let accelerated = Option(
        "accelerated", value: "n", .integer(in: 1...1000), default: 1,
        help: "The sender's schedule and limits are set to run this many times as fast.", group: "Pace")

    private static let patience = Option(
        "patience", value: "seconds", .seconds(in: .seconds(1) ... .seconds(86_400)), default: .seconds(30),
        help: "How long to wait for the first attempt at each delivery.", group: "Pace")

    private static let watch = Option<Int?>(
        "longest-watch", value: "seconds", .integer(in: 1...1_000_000), defaultText: "150, or 86400 for audit",
        help: "Leave out cases that watch a delivery for longer.", group: "Pace")

    static let internalAddresses = Option(
        flag: "internal-addresses",
        help:
            "The sender runs on this machine: judge that it does not deliver to addresses inside it. They are given to "
            + "the trigger as URLs of this receiver.")

    private static let capture = Option(
        "capture", value: "folder", .text,
        help: "Keep every request that arrives, byte for byte, in this new folder, and answer each 200. It needs no "
            + "scheme and no secret.", completion: .directory, group: "Without a trigger")

    private static let replay = Option(
        "replay", value: "recording", .text,
        help: "Judge recorded traffic, as far as that needs no staged answer: a folder of --capture, or a HAR file.",
        completion: .file, group: "Without a trigger")

    static let count = Option<Int?>(
        "count", value: "n", .integer(in: 1...10_000), help: "End the capture after this many requests.",
        group: "Without a trigger")

    static let deadline = Option<Duration?>(
        "deadline", value: "seconds", .seconds(in: .seconds(1) ... .seconds(604_800)), defaultText: "when interrupted",
        help: "End the capture after this long.", group: "Without a trigger")

    static let spec = CommandSpec(
        "listen", abstract: "Certifies a sender: receives its deliveries, answers as each case says, and judges them.",
        discussion: "For each case the sender is triggered and gets a URL of its own. What it signs, sends again and "
            + "stops sending is compared with the scheme's document. Without a trigger, traffic is kept and judged "
            + "afterwards.",
        options: [
            SharedOptions.anyScheme, SharedOptions.anySecret, SharedOptions.credential, TriggerInput.trigger, port,
            host,
            publicURL, IdentityInput.certificate, IdentityInput.key, AuthorityInput.folder, internalAddresses,
            FacilityInput.rotate,
            FacilityInput.adminToken, SecondRegistrationInput.secret, SecondRegistrationInput.trigger, capture, replay,
            count, deadline,
        ] + [RunOptions.level, RunOptions.enforce, RunOptions.only, RunOptions.skip, RunOptions.profile]
            + GateInput.options + [
                ScheduleInput.schedule, accelerated, patience, watch, RunOptions.jobs, RunOptions.failFast,
                RunOptions.dryRun,
            ]
            + TargetInput.options + ReportOutputs.options,
        examples: [
            .init(
                "countersign listen --scheme stripe --secret env:S --trigger 'exec:./send-event {url}'",
                "certify a sender"),
            .init(
                "countersign listen --scheme scaiwave --secret env:S --trigger URL --accelerated 60 --profile audit",
                "with a shortened schedule"),
            .init("countersign listen --capture traffic", "keep what arrives, until interrupted"),
            .init("countersign listen --replay traffic --scheme stripe --secret env:S", "and judge it"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let (folder, recording) = (try parsed[capture], try parsed[replay])
        guard [folder, recording].count(where: { $0 != nil }) + (parsed.isGiven(TriggerInput.trigger) ? 1 : 0) <= 1
        else { throw parsed.error("--trigger, --capture and --replay can't be given together.") }
        if folder == nil, parsed.isGiven(count) || parsed.isGiven(deadline) {
            throw parsed.error("--count and --deadline need --capture.")
        }
        if let folder { return try keep(parsed, in: folder) }
        return if let recording { try judge(parsed, recording) } else { try certify(parsed) }
    }

    /// Everything about the run that does not depend on how deliveries come.
    static func configuration(_ parsed: ParsedCommand) throws -> RunConfiguration {
        var scheme = try SchemeInput.scheme(parsed)
        let waits = try parsed[ScheduleInput.schedule]
        if let waits { scheme = scheme.scheduled(waits) }
        var configuration = RunConfiguration(
            scheme: scheme, payload: scheme.sentPayload,
            secret: try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme))
        configuration.credentials = try SecretInput.credentials(parsed, scheme: scheme)
        configuration.scope = try parsed[RunOptions.level]
        configuration.enforced = try parsed[RunOptions.enforce]
        configuration.profile = try parsed[RunOptions.profile]
        configuration.only = try parsed[RunOptions.only]
        configuration.skip = try parsed[RunOptions.skip]
        configuration.failsFast = try parsed[RunOptions.failFast]
        configuration.seed = 0
        if let waits { configuration.remarks.append(.scheduled(seconds: waits)) }
        return configuration
    }

    /// Triggers deliveries and stages answers.
    private static func certify(_ parsed: ParsedCommand) throws -> ExitStatus {
        var configuration = try configuration(parsed)
        let cases = Catalogue.senderCases(for: configuration.scheme)
        let plan = try RunOptions.plan(parsed, configuration, among: cases)
        let gate = try GateInput(parsed, configuration, among: cases)
        configuration.isExcused = gate.excuses
        if parsed.isGiven(AuthorityInput.folder), parsed.isGiven(publicURL) {
            throw parsed.error("--tls has ports of its own, which --public can't name: give one of the two.")
        }
        let address = try parsed[host] ?? "127.0.0.1"
        configuration.facilities.options = try TargetInput.clientOptions(parsed)
        configuration.facilities.rotation = try FacilityInput.senderRotation(parsed)
        let second = try SecondRegistrationInput.read(parsed, configuration.scheme)
        configuration.facilities.secretVariables = SecretSource.variablesRead
        let (trigger, isConcurrent) = try TriggerInput.read(parsed, withholding: SecretSource.variablesRead)
        var sender = try sender(parsed, trigger, isConcurrent: isConcurrent, configuration.profile)
        sender.second = second
        if parsed.isGiven(AuthorityInput.folder) { sender.given.insert(.authority) }
        if try parsed[internalAddresses] { sender.given.insert(.internalAddresses) }
        let outputs = try ReportOutputs(parsed)
        if try parsed[RunOptions.dryRun] {
            Console.out(ListenPlan.text(plan, configuration, sender))
            return plan.cases.isEmpty ? .inconclusive : .success
        }
        let trust = try AuthorityInput.trust(parsed, host: address)
        let receiver = Receiver(
            host: address, port: UInt16(try parsed[port]), identity: try IdentityInput.identity(parsed),
            offers: trust?.offers ?? [:], listensInside: try parsed[internalAddresses],
            identify: configuration.scheme.eventID(of:))
        do throws(ServerError) { try receiver.listen() } catch {
            throw CommandError.input("the receiver can't listen: \(error)")
        }
        defer { receiver.stop() }
        if try !parsed[ReportOutputs.quiet] {
            Console.err("listening at \(receiver.origin), for \(counted(plan.cases.count, "case"))")
        }
        let report = InterruptibleRun.report(
            cases: plan.cases.count, failsFast: configuration.failsFast,
            showsProgress: try !parsed[ReportOutputs.quiet]
        ) { signals in
            let runner = SenderRunner(
                receiver: receiver, sender: sender, configuration: configuration, plan: plan, signals: signals)
            var report = runner.run()
            gate.apply(to: &report)
            return report
        }
        return .combined([report.exit, outputs.write(report)])
    }

    private static func sender(
        _ parsed: ParsedCommand, _ trigger: Trigger, isConcurrent: Bool, _ profile: Profile
    ) throws -> SenderRunner.Sender {
        let address = try parsed[publicURL]
        var sender = SenderRunner.Sender(trigger: trigger, name: "a sender of \(try SchemeInput.scheme(parsed).id)")
        sender.publicOrigin = address.map { "\($0.isTLS ? "https" : "http")://\($0.authority)" }
        sender.pace = SenderPace(schedule: Double(try parsed[accelerated]))
        sender.patience = try parsed[patience]
        sender.longestWatch = try parsed[watch].map(Double.init) ?? (profile == .audit ? 86_400 : 150)
        sender.lanes = isConcurrent ? (try parsed[RunOptions.jobs] ?? 8) : 1
        return sender
    }
}
