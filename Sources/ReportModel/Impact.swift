/// What kind of harm a failure is.
package enum Impact: String, Sendable, Hashable, CaseIterable {
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
