/// What a target did with one request.
package enum Observation: String, Sendable, Hashable, CaseIterable {
    /// It took effect.
    case accepted
    /// It was rejected.
    case rejected
    /// A 5xx, a reset, a truncated answer.
    case crashed
    /// The deadline passed.
    case silent
    /// A status that is neither: a redirect, a rate limit.
    case odd
}
