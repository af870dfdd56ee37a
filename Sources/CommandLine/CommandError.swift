internal import ReportModel

/// A failure that is not a mistake in the words of the command line.
struct CommandError: Error {
    /// What is wrong, where, and what to do.
    let message: String
    /// How the tool ends.
    let status: ExitStatus

    /// An input that is wrong: nothing was sent.
    static func input(_ message: String) -> CommandError { CommandError(message: message, status: .wrongInput) }
}
