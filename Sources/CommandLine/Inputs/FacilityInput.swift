internal import Arguments
internal import Catalogue
internal import Harness
internal import Platform
internal import Schemes
internal import Subjects
internal import Transport

/// What the user gives so that cases can see effects, replace secrets and administer bridges.
enum FacilityInput {
    static let observe = Option(
        "observe", value: "source", .observer,
        help:
            "Where to count effects: URL#/pointer into its JSON, at most 16 MiB, or exec:COMMAND that prints a number "
            + "or ids, at most 1 MiB. A command does not see the variables that hold secrets.",
        group: "State")

    static let rotate = Option(
        "rotate", value: "source", .rotation,
        help: "How to replace the secret: URL#/pointer to the new one in the answer to a POST, exec:COMMAND that "
            + "prints it, or 'prompt'.", group: "State")

    static let second = Option(
        "second", value: "url", .url, help: "The URL of another bridge of the same endpoint.", group: "State")

    static let secondSecret = Option(
        "second-secret", value: "source", .secretSource, help: "Where the other bridge's secret is, as for --secret.",
        completion: SecretSource.completion, group: "State")

    static let secondObserve = Option(
        "second-observe", value: "source", .observer,
        help: "Where to count the other bridge's effects, as for --observe.", group: "State")

    static let admin = Option(
        "admin", value: "url", .url, help: "The URL of the bridges in the admin interface that the scheme documents.",
        group: "State")

    static let adminToken = Option(
        "admin-token", value: "source", .secretSource,
        help: "Where the admin interface's bearer token is, as for --secret.", completion: SecretSource.completion,
        group: "State")

    static let restart = Option(
        "restart", value: "source", .command,
        help: "How to start the target again after a request that ended it: exec:COMMAND. With or without it, a target "
            + "that is gone is awaited for half a minute.", group: "State")

    static let skipSlow = Option(flag: "skip-slow", help: "Leave out the cases that wait for minutes.", group: "State")

    static let speed = Option(
        "speed", value: "n", .integer(in: 1...1000), default: 1,
        help: "How many times as fast as real time the target's clock runs, as with 'serve --speed'. The target's "
            + "Date header must run at that speed too.", group: "State")

    static let options: [any OptionKey] = [
        observe, rotate, second, secondSecret, secondObserve, admin, adminToken, restart, skipSlow, speed,
    ]

    /// Reads everything that was given.
    static func facilities(_ parsed: ParsedCommand, scheme: Scheme, options: ClientOptions) throws -> Facilities {
        var facilities = Facilities()
        facilities.options = options
        facilities.skipsSlow = try parsed[skipSlow]
        facilities.observer = try observer(parsed, observe)
        facilities.admin = try adminInterface(parsed)
        facilities.second = try secondBridge(parsed, scheme: scheme, options: options)
        facilities.rotation = try rotation(parsed, scheme: scheme)
        facilities.secretVariables = SecretSource.variablesRead
        return facilities
    }

    private static func observer(_ parsed: ParsedCommand, _ option: Option<SourceChoice?>) throws -> ObserverSource? {
        switch try parsed[option] {
        case nil: return nil
        case .command(let command): return .command(command)
        case .url(let url, let pointer):
            try TargetInput.permit(url, parsed)
            return .channel(HTTPSideChannel(url: url), pointer: pointer)
        }
    }

    private static func rotation(_ parsed: ParsedCommand, scheme: Scheme) throws -> RotationSource? {
        if let given = try senderRotation(parsed) { return given }
        return parsed.isGiven(admin) && scheme.administration?.calls[.rotate] != nil ? .admin : nil
    }

    /// Reads how a sender's secret is replaced, which has no documented interface.
    static func senderRotation(_ parsed: ParsedCommand) throws -> RotationSource? {
        switch try parsed[rotate] {
        case nil: return nil
        case .prompt:
            guard Console.inIsTerminal else {
                throw parsed.error("--rotate prompt needs a terminal to ask at. Give a URL or exec:COMMAND instead.")
            }
            return .prompt { stop in
                Terminal.askHidden(
                    "Replace the secret of the target now, then type the new one (it is not shown): ", unless: stop)
            }
        case .command(let command): return .command(command)
        case .url(let url, let pointer):
            try TargetInput.permit(url, parsed)
            let token = try parsed[adminToken].map { try SecretInput.adminToken($0) }
            return .channel(HTTPSideChannel(url: url), pointer: pointer, token: token)
        }
    }

    private static func adminInterface(_ parsed: ParsedCommand) throws -> AdminInterface? {
        let token = try parsed[adminToken]
        guard let url = try parsed[admin] else {
            guard token != nil, !parsed.isGiven(rotate) else { return nil }
            throw parsed.error("--admin-token needs --admin, or --rotate with a URL.")
        }
        try TargetInput.permit(url, parsed)
        guard !url.target.contains("?") else {
            throw parsed.invalid(admin, value: url.description, advice: "Leave the query out.")
        }
        guard let token else { throw parsed.missing(adminToken) }
        return AdminInterface(channel: HTTPSideChannel(url: url), token: try SecretInput.adminToken(token))
    }

    private static func secondBridge(
        _ parsed: ParsedCommand, scheme: Scheme, options: ClientOptions
    ) throws -> SecondBridge? {
        guard let url = try parsed[second] else {
            if parsed.isGiven(secondSecret) { throw parsed.error("--second-secret needs --second.") }
            if parsed.isGiven(secondObserve) { throw parsed.error("--second-observe needs --second.") }
            return nil
        }
        try TargetInput.permit(url, parsed)
        guard let source = try parsed[secondSecret] else { throw parsed.missing(secondSecret) }
        let secret = try SecretInput.secondSecret(source, scheme: scheme, option: secondSecret.spec.flag)
        return SecondBridge(
            subject: HTTPSubject(url: url, options: options), secret: secret,
            observer: try observer(parsed, secondObserve))
    }
}
