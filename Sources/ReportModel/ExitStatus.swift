/// How the tool ended: the exit code of its process.
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable, Comparable {
    /// Every enforced case was as expected.
    case success = 0
    /// Not conformant.
    case failure = 1
    /// The command line or a file is wrong; nothing was sent.
    case wrongInput = 2
    /// Nothing can be judged: unreachable, nothing selected, nothing answered.
    case inconclusive = 3
    /// No certificate, or not a valid one.
    case certificateRefused = 4
    /// A bug in Countersign.
    case internalError = 70
    /// The verdict was reached, but a report could not be written.
    case reportNotWritten = 74
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143

    /// Orders by precedence: of several, the greatest is the exit code.
    package static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.precedence < right.precedence }

    /// The one that takes precedence; success when there are none.
    package static func combined(_ statuses: some Sequence<ExitStatus>) -> ExitStatus { statuses.max() ?? .success }

    private var precedence: Int {
        switch self {
        case .success: 0
        case .inconclusive: 1
        case .failure: 2
        case .certificateRefused: 3
        case .interrupted: 4
        case .terminated: 5
        case .reportNotWritten: 6
        case .wrongInput: 7
        case .internalError: 8
        }
    }
}
