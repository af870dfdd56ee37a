internal import Arguments
internal import Harness
internal import Schemes

/// A second receiver that is registered with the sender under test.
enum SecondRegistrationInput {
    static let secret = Option<SecretSource?>(
        "second-secret", value: "source", .secretSource,
        help: "The secret of a second receiver that you registered with the sender, as for --secret. Needs "
            + "--second-trigger.", group: "State")

    static let trigger = Option<TriggerChoice?>(
        "second-trigger", value: "source", .trigger,
        help: "What makes the sender send one event to the second receiver, as for --trigger.", group: "State")

    /// Returns the registration; `nil` when none was given.
    static func read(_ parsed: ParsedCommand, _ scheme: Scheme) throws -> SenderRunner.SecondRegistration? {
        let (source, choice) = (try parsed[secret], try parsed[trigger])
        guard source != nil || choice != nil else { return nil }
        guard let source, let choice else {
            throw parsed.error("--second-secret and --second-trigger are given together, or not at all.")
        }
        let value = try SecretInput.secondSecret(source, scheme: scheme, option: secret.spec.flag)
        let (pull, _) = try TriggerInput.trigger(
            choice, parsed, option: trigger.spec.flag, withholding: SecretSource.variablesRead)
        return SenderRunner.SecondRegistration(trigger: pull, secret: value)
    }
}
