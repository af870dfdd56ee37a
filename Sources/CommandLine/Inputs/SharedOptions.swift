internal import Arguments
internal import Bytes
internal import Schemes

/// Options that several commands share.
enum SharedOptions {
    static let scheme = Option(
        required: "scheme", value: "name-or-file", .text, help: schemeHelp, completion: .values(SchemeLibrary.names))

    /// The scheme of a command that works without one.
    static let anyScheme = Option(
        "scheme", value: "name-or-file", .text, help: schemeHelp, completion: .values(SchemeLibrary.names))

    static let secret = Option(
        required: "secret", value: "source", .secretSource, help: "Where the secret is: \(SecretSource.forms).",
        completion: SecretSource.completion)

    /// The secret of a command that works without one.
    static let anySecret = Option(
        "secret", value: "source", .secretSource, help: "Where the secret is: \(SecretSource.forms).",
        completion: SecretSource.completion)

    static let credential = Option(
        repeating: "credential", value: "name=source", .credential,
        help: "A value that the scheme needs besides the secret, and where it is, such as api-key=env:NAME.")

    static let payload = Option(
        "payload", value: "id", .text, defaultText: "the first",
        help: "Which of the scheme's payloads to send; 'schemes show' lists them.")

    static let body = Option(
        "body", value: "file", .text,
        help: "Send the bytes of this file, at most 16 MiB, with the placeholders of a payload such as {event-id} "
            + "filled in.", completion: .file)

    static let contentType = Option(
        "content-type", value: "type", .headerText, defaultText: "the payload's",
        help: "The media type of the body. One of \(FormText.mediaType) is read and written as a form.")

    static let noColor = Option(
        flag: "no-color", help: "Print plain text, as the variable NO_COLOR does.", group: "Output")

    private static let schemeHelp = "The signature scheme: a built-in name, or the path of a scheme file."
}
