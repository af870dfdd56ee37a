/// Which decision is right.
package enum Decision: String, Sendable, Hashable, CaseIterable {
    /// The request takes effect.
    case accepted
    /// The request is refused.
    case rejected
    /// Either, but it is decided: no crash, no silence.
    case either
}
