package import ReportModel
package import Schemes
package import Transport

/// The outcome of one attempt.
package struct Observed: Sendable {
    /// The answer, or why there is none.
    package let result: Result<HTTPResponse, Failure>
    /// How long it took, in nanoseconds.
    package let nanoseconds: UInt64
    /// Whether it came over a connection that had carried other requests.
    package let isOnKeptConnection: Bool

    /// Creates an outcome.
    package init(
        _ result: Result<HTTPResponse, Failure>, nanoseconds: UInt64 = 0, isOnKeptConnection: Bool = false
    ) {
        self.result = result
        self.nanoseconds = nanoseconds
        self.isOnKeptConnection = isOnKeptConnection
    }

    /// Why there is no answer.
    package struct Failure: Error, Sendable, Hashable {
        /// What kind of failure it is.
        package enum Kind: Sendable, Hashable {
            /// Nothing of the request reached the subject.
            case notReached
            /// The deadline passed.
            case silent
            /// The subject broke off, or what it sent is not an answer.
            case broken
            /// The run ended before an answer came.
            case brokenOff
        }

        /// What kind of failure it is.
        package let kind: Kind
        /// What happened, in words that are the same in every run and quote nothing that the subject sent.
        package let words: String
        /// What happened in full, for evidence; it may quote the subject.
        package let detail: String

        /// Creates a failure.
        package init(_ kind: Kind, words: String, detail: String? = nil) {
            self.kind = kind
            self.words = words
            self.detail = detail ?? words
        }
    }

    /// The answer, if there is one.
    package var answer: HTTPResponse? { try? result.get() }

    /// Why there is no answer; `nil` when there is one.
    package var failure: Failure? { if case .failure(let failure) = result { failure } else { nil } }

    /// Returns what the subject did, by a scheme's definition of accepted and rejected; `nil` when nothing reached it,
    /// or the run ended first.
    package func observation(by responses: Responses) -> Observation? {
        switch result {
        case .success(let answer): Observation(answer, responses: responses)
        case .failure(let failure):
            switch failure.kind {
            case .notReached, .brokenOff: nil
            case .silent: .silent
            case .broken: .crashed
            }
        }
    }
}

extension Observation {
    fileprivate init(_ answer: HTTPResponse, responses: Responses) {
        // A limiter turns everybody away, signed or not: its answer says nothing about the signature.
        if answer.limitsTheRate {
            self = .odd
            return
        }
        switch answer.status {
        case 200...299: self = responses.readsAsRefusal(answer.body) ? .rejected : .accepted
        case 400...499: self = .rejected
        case 500...599: self = .crashed
        default: self = .odd
        }
    }
}

extension HTTPResponse {
    /// Whether it says that too many requests came, or names a time after which to come again instead of serving.
    package var limitsTheRate: Bool { status == 429 || status == 503 && headers.first(named: "Retry-After") != nil }
}
