/// What a case came to.
package enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// As expected.
    case pass
    /// Not as expected, and enforced.
    case fail
    /// A `should` not met.
    case warn
    /// A `may`, worth knowing.
    case note
    /// Not as expected, and known.
    case waived
    /// Not judged: its control was rejected, or the target died.
    case inconclusive
    /// Not run, for a reason.
    case skipped
}
