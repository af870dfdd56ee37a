public import Schemes
public import Transport

/// What a target did with one request.
public enum Observation: String, Sendable, Hashable, CaseIterable {
    /// It took effect.
    case accepted
    /// It was refused.
    case rejected
    /// A 5xx, a reset, a truncated answer.
    case crashed
    /// The deadline passed.
    case silent
    /// A status that is neither: a redirect, a rate limit.
    case odd

    /// Reads an exchange by a scheme's idea of accepted and rejected.
    ///
    /// - Returns: `nil` when nothing of the request reached the target, so that there is nothing to observe.
    public init?(_ exchange: Exchange, responses: Responses) {
        switch exchange.result {
        case .success(let answer): self.init(answer, responses: responses)
        case .failure(let failure):
            if failure.isConnectionFailure { return nil }
            switch failure {
            case .silent, .sendTimedOut: self = .silent
            default: self = .crashed
            }
        }
    }

    private init(_ answer: HTTPResponse, responses: Responses) {
        switch answer.status {
        case 200...299: self = responses.readsAsRefusal(answer.body) ? .rejected : .accepted
        // A limiter refuses whoever comes, signed or not: its answer says nothing about the signature.
        case 429: self = .odd
        case 400...499: self = .rejected
        case 500...599: self = .crashed
        default: self = .odd
        }
    }
}
