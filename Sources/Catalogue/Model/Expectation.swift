package import Bytes
package import ReportModel
package import Schemes

/// The expected answer to a probe. It is written in the recipe, never computed by the verifier (honesty rule 7).
package struct Expectation: Sendable, Hashable {
    /// The status the scheme prescribes.
    package enum Status: Sendable, Hashable {
        /// Any status that shows the decision.
        case any
        /// The status for accepted requests.
        case accepted
        /// The status for signatures that do not verify.
        case rejected
        /// The status for correctly signed bodies that are unusable.
        case invalidBody
    }

    /// What an answer must not reveal.
    package enum Secret: String, Sendable, Hashable, CaseIterable {
        /// The signature that would have been correct (J01).
        case rightSignature = "right-signature"
        /// A stack trace, a file path or the name of an exception (J02).
        case internals
    }

    /// The correct decision.
    package let decision: Decision
    /// The correct status.
    package let status: Status
    /// What the answer must not contain.
    package let hides: Secret?
    /// The handshake whose documented answer must come back.
    package var answers: Handshake.Kind?

    /// The request takes effect.
    package static let accepted = Expectation(decision: .accepted, status: .any, hides: nil)
    /// The request is rejected.
    package static let rejected = Expectation(decision: .rejected, status: .any, hides: nil)
    /// Either decision, as long as there is one.
    package static let either = Expectation(decision: .either, status: .any, hides: nil)
    /// The request takes effect and is answered with the documented status.
    package static let acceptedAsDocumented = Expectation(decision: .accepted, status: .accepted, hides: nil)
    /// The request is rejected with the documented status for a bad signature.
    package static let rejectedAsDocumented = Expectation(decision: .rejected, status: .rejected, hides: nil)
    /// The request is rejected with the documented status for an unusable body.
    package static let refusedAsInvalidBody = Expectation(decision: .rejected, status: .invalidBody, hides: nil)

    /// The request is accepted, and the answer is that to a handshake.
    package static func accepted(answering kind: Handshake.Kind) -> Expectation {
        Expectation(decision: .accepted, status: .any, hides: nil, answers: kind)
    }

    /// The request is rejected, and the answer does not reveal something.
    package static func rejected(hiding secret: Secret) -> Expectation {
        Expectation(decision: .rejected, status: .any, hides: secret)
    }
}

extension Expectation {
    /// Returns the members that the answer, an object in JSON, must contain in a scheme.
    package func answer(in scheme: Scheme) -> [JSON.Member] {
        guard let handshake = answers.flatMap(scheme.handshake) else { return [] }
        return handshake.answer(to: handshake.template)
    }

    /// Returns the statuses that are correct in a scheme; none when any status that shows the decision will do.
    package func statuses(in scheme: Scheme) -> [Int] {
        switch status {
        case .any: []
        // Any 2xx accepts unless the document names one, in which case the scheme has a clause on acceptance.
        case .accepted: scheme.clauses(on: .acceptance).isEmpty ? [] : [scheme.responses.accepted.status]
        case .rejected: [scheme.responses.rejected.status]
        case .invalidBody: (scheme.responses.invalidBody?.status).map { [$0] } ?? []
        }
    }
}
