internal import ReportModel
internal import Transport

extension ExchangeFailure {
    /// What happened, in words that are the same in every run and contain nothing that the target sent. Counts and
    /// quotations are in the evidence, where they are redacted.
    package var words: String {
        switch self {
        case .silent: "no complete answer came in time"
        case .sendTimedOut: "the target stopped taking the request"
        case .truncated: "the connection ended inside the answer"
        case .notHTTP: "the answer is not HTTP/1"
        default: description
        }
    }
}
