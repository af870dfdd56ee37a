/// What kind of harm a failure is.
package enum Impact: String, Sendable, Hashable, CaseIterable {
    /// Accepted what it must reject.
    case forgery
    /// Rejected what it must accept.
    case refusal
    /// Did not survive, or did not answer.
    case crash
    /// The right decision with the wrong status or body.
    case contract
    /// Revealed something that it must not.
    case leak
    /// Lost a delivery that it must send again.
    case loss
}
