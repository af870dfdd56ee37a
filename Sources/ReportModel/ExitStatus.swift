/// What the tool ends with.
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Every enforced case is as expected, and the target has shown that it can refuse.
    case conformant = 0
    /// The target does not conform.
    case nonConformant = 1
    /// Something that was given is wrong; nothing was sent.
    case wrongInput = 2
    /// Unreachable, controls refused, nothing selected or nothing answered.
    case inconclusive = 3
    /// The certificate was refused.
    case certificateRefused = 4
    /// A bug in Countersign.
    case bug = 70
    /// The verdict was reached, but a report could not be written.
    case reportNotWritten = 74
    /// Interrupted at the keyboard (SIGINT).
    case interrupted = 130
    /// Asked to end (SIGTERM).
    case terminated = 143
}
