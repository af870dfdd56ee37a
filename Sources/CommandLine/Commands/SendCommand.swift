internal import Arguments
internal import Bytes
internal import Catalogue
internal import Platform
internal import Reference
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign send`: the reference sender.
enum SendCommand: Command {
    private static let url = Argument("url", .url, help: "Where to deliver the event.")

    private static let flaw = Option(
        repeating: "flaw", value: "name", .text, help: "Send with this flaw; 'send --flaws' lists them.")

    private static let flaws = Option(flag: "flaws", help: "List the flaws and stop.")

    private static let text = Option(
        "text", value: "text", .text, defaultText: "a remark that this is a test", help: "The text of the event.")

    private static let speed = Option(
        "speed", value: "times", .integer(in: 1...1000), default: 1,
        help: "How many times as fast as documented its schedule and its limits run.")

    static let spec = CommandSpec(
        "send", abstract: "Delivers one event as the reference sender does, sound or with flaws.",
        discussion: "It sends the event, and again after failures, as the scheme's document says. It ends when the "
            + "event was taken, or when nothing more is to be sent.",
        arguments: [url],
        options: [
            SharedOptions.scheme, SharedOptions.secret, SharedOptions.credential, SharedOptions.payload, text, flaw,
            flaws, ScheduleInput.schedule, speed, TargetInput.allow, TargetInput.ca,
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        if try parsed[flaws] {
            FlawInput.list(SenderFlaws.all.map { ($0.id, $0.title) })
            return .success
        }
        var scheme = try SchemeInput.scheme(parsed)
        if let waits = try parsed[ScheduleInput.schedule] { scheme = scheme.scheduled(waits) }
        let authorities = try parsed[TargetInput.ca]
        if let authorities { _ = try Files.read(authorities, as: "certificate file") }
        let target = try parsed[url]
        try TargetInput.permit(target, parsed)
        let flaws = try parsed[flaw].map { name in
            guard let flaw = SenderFlaws.named(name) else {
                let question = Suggestion.sentence(for: name, among: SenderFlaws.all.map(\.id)).map { " \($0)" } ?? ""
                throw parsed.error("Unknown flaw '\(printable(name))'.\(question)", help: "'send --flaws' lists them")
            }
            return flaw
        }
        let sender = ReferenceSender(
            scheme: scheme,
            payload: parsed.isGiven(SharedOptions.payload) ? try SchemeInput.payload(parsed, scheme: scheme) : nil,
            secret: try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme),
            credentials: try SecretInput.credentials(parsed, scheme: scheme), flaws: flaws,
            pace: SenderPace(schedule: Double(try parsed[speed])), tls: TLSOptions(caFile: authorities),
            log: { Console.out($0) })
        let text = try parsed[text] ?? "Countersign test event, please ignore"
        return sender.deliver(text: text, to: target) ? .success : .failure
    }
}
