/// The correct decision.
package enum Decision: String, Sendable, Hashable, CaseIterable {
    /// The request takes effect.
    case accepted
    /// The request is rejected.
    case rejected
    /// Either, as long as there is a decision: no crash, no silence.
    case either
    /// Of a sender: its delivery arrives as documented.
    case delivered
}
