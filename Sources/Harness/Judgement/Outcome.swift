/// What a case came to.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
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
    /// Not told: its control was refused, or the target died.
    case inconclusive
    /// Not run, for a reason.
    case skipped
}

/// What kind of harm a failure is.
public enum Impact: String, Sendable, Hashable, CaseIterable {
    /// Accepted what it must refuse.
    case forgery
    /// Refused what it must accept.
    case refusal
    /// Did not survive, or did not answer.
    case crash
    /// The right decision with the wrong status or body.
    case contract
    /// Told a stranger what it must not.
    case leak
}
