package import ReportModel
package import Schemes
package import Transport

extension Observation {
    /// Reads an exchange by a scheme's idea of accepted and rejected.
    ///
    /// - Returns: `nil` when nothing of the request reached the target, so that there is nothing to observe.
    package init?(_ exchange: Exchange, responses: Responses) {
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
