/// A wrong input in a valid command line; nothing was sent.
struct CommandError: Error {
    /// What is wrong, where, and what to do.
    let message: String

    static func input(_ message: String) -> CommandError { CommandError(message: message) }
}
