/// An input that is wrong, though the words of the command line are not: nothing was sent.
struct CommandError: Error {
    /// What is wrong, where, and what to do.
    let message: String

    static func input(_ message: String) -> CommandError { CommandError(message: message) }
}
