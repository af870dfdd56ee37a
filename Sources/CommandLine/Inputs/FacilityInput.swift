internal import Arguments
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// What the user gives so that cases can see effects, replace secrets and administer bridges.
enum FacilityInput {
    static let options = [
        OptionSpec(
            "observe", value: "source",
            help: "Where effects are counted: URL#/pointer into its JSON, or exec:COMMAND that prints a number or ids.",
            group: "STATE"),
        OptionSpec(
            "rotate", value: "source",
            help: "Replaces the secret: POST to URL#/pointer-to-the-new-one, exec:COMMAND that prints it, or 'prompt'.",
            group: "STATE"),
        OptionSpec("second", value: "url", help: "Another bridge of the same endpoint.", group: "STATE"),
        OptionSpec("second-secret", value: "source", help: "Its secret, like --secret.", group: "STATE"),
        OptionSpec("second-observe", value: "source", help: "Where its effects are counted.", group: "STATE"),
        OptionSpec(
            "admin", value: "url", help: "The address of the bridges in the admin interface of the scheme's document.",
            group: "STATE"),
        OptionSpec("admin-token", value: "source", help: "Its bearer token, like --secret.", group: "STATE"),
        OptionSpec(flag: "skip-slow", help: "Leave out the cases that wait for minutes.", group: "STATE"),
        OptionSpec(
            "speed", value: "n", help: "The target's clock runs n times as fast ('serve --speed').", defaultText: "1",
            group: "STATE"),
    ]

    /// Reads everything that was given.
    static func facilities(_ parsed: ParsedCommand, scheme: Scheme, options: ClientOptions) throws -> Facilities {
        var facilities = Facilities()
        facilities.options = options
        facilities.skipsSlow = parsed.flag("skip-slow")
        facilities.observer = try observer(parsed, "observe")
        facilities.admin = try admin(parsed)
        facilities.second = try second(parsed, scheme: scheme, options: options)
        facilities.rotation = try rotation(parsed, scheme: scheme)
        return facilities
    }

    private static func observer(_ parsed: ParsedCommand, _ option: String) throws -> ObserverSource? {
        guard let text = parsed.value(option) else { return nil }
        if let command = command(text) { return .command(command) }
        let (url, pointer) = try pointed(parsed, option, text)
        return .url(url, pointer: pointer)
    }

    private static func rotation(_ parsed: ParsedCommand, scheme: Scheme) throws -> RotationSource? {
        guard let text = parsed.value("rotate") else {
            // Of the documents, ScaiWave's has a call for it.
            return parsed.isGiven("admin") && scheme.id == "scaiwave" ? .admin : nil
        }
        if text == "prompt" {
            guard Console.inIsTerminal else {
                throw parsed.error("--rotate prompt needs a terminal to ask at; give a URL or exec:COMMAND here.")
            }
            return .prompt {
                Terminal.askHidden("Replace the secret of the target now, then type the new one (it is not shown): ")
            }
        }
        if let command = command(text) { return .command(command) }
        let (url, pointer) = try pointed(parsed, "rotate", text)
        return .url(url, pointer: pointer, token: parsed.isGiven("admin-token") ? try token(parsed) : nil)
    }

    private static func admin(_ parsed: ParsedCommand) throws -> AdminInterface? {
        guard let text = parsed.value("admin") else {
            guard parsed.isGiven("admin-token"), !parsed.isGiven("rotate") else { return nil }
            throw parsed.error("--admin-token goes with --admin or with a URL of --rotate.")
        }
        let url = try TargetInput.url(parsed, option: "admin", text)
        guard !url.target.contains("?") else {
            throw parsed.invalid("admin", value: text, advice: "Leave the query out.")
        }
        guard parsed.isGiven("admin-token") else { throw parsed.missing("admin-token") }
        return AdminInterface(url: url, token: try token(parsed))
    }

    private static func token(_ parsed: ParsedCommand) throws -> [UInt8] { try SecretInput.adminToken(parsed) }

    private static func second(
        _ parsed: ParsedCommand, scheme: Scheme, options: ClientOptions
    ) throws -> SecondBridge? {
        guard let text = parsed.value("second") else {
            for option in ["second-secret", "second-observe"] where parsed.isGiven(option) {
                throw parsed.error("--\(option) goes with --second.")
            }
            return nil
        }
        let url = try TargetInput.url(parsed, option: "second", text)
        guard parsed.isGiven("second-secret") else { throw parsed.missing("second-secret") }
        let value = try SecretInput.value(
            parsed, option: "second-secret", published: VectorContext.secondSecret(of: scheme).text)
        let secret: Secret
        do throws(SecretError) {
            secret = try Secret(value, rule: scheme.signature.secret)
        } catch {
            throw CommandError.input("--second-secret: \(error.reason)")
        }
        return SecondBridge(
            target: HTTPTarget(url: url, options: options), secret: secret,
            observer: try observer(parsed, "second-observe"))
    }

    private static func command(_ text: String) -> String? {
        text.hasPrefix("exec:") ? String(text.dropFirst(5)) : nil
    }

    /// Splits `URL#/pointer`.
    private static func pointed(_ parsed: ParsedCommand, _ option: String, _ text: String) throws -> (TargetURL, String)
    {
        guard let mark = text.firstIndex(of: "#") else {
            throw parsed.invalid(
                option, value: text,
                advice: "Write URL#/pointer, such as http://127.0.0.1:8080/effects#/count, or exec:COMMAND.")
        }
        let pointer = String(text[text.index(after: mark)...])
        guard pointer.isEmpty || pointer.hasPrefix("/") else {
            throw parsed.invalid(option, value: text, advice: "What stands behind # is a JSON pointer, such as /count.")
        }
        return (try TargetInput.url(parsed, option: option, String(text[..<mark])), pointer)
    }
}
