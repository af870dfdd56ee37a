package import Bytes
package import ReportModel
package import Schemes

/// What must come back for a probe. It stands in the recipe, and is never computed by the verifier (honesty rule 7).
package struct Expectation: Sendable, Hashable {
    /// Which status is right, as the scheme names it.
    package enum Status: Sendable, Hashable {
        /// Any that says the decision.
        case any
        /// The one for accepted requests.
        case accepted
        /// The one for signatures that do not hold.
        case rejected
        /// The one for signed bodies that can't be used.
        case invalidBody
    }

    /// What an answer must not hold.
    package enum Secret: String, Sendable, Hashable, CaseIterable {
        /// The signature that would have been right (J01).
        case rightSignature = "right-signature"
        /// A stack trace, a file path or the name of an exception (J02).
        case internals
    }

    /// Which decision is right.
    package let decision: Decision
    /// Which status is right.
    package let status: Status
    /// What the answer must not hold.
    package let hides: Secret?
    /// The handshake whose documented answer must come back.
    package var answers: Handshake.Kind?

    /// The request takes effect.
    package static let accepted = Expectation(decision: .accepted, status: .any, hides: nil)
    /// The request is refused.
    package static let rejected = Expectation(decision: .rejected, status: .any, hides: nil)
    /// Either, but it is decided.
    package static let either = Expectation(decision: .either, status: .any, hides: nil)
    /// The request takes effect, and the status is the documented one.
    package static let acceptedAsDocumented = Expectation(decision: .accepted, status: .accepted, hides: nil)
    /// The request is refused with the documented status for a bad signature.
    package static let rejectedAsDocumented = Expectation(decision: .rejected, status: .rejected, hides: nil)
    /// The request is refused with the documented status for an unusable body.
    package static let refusedAsInvalidBody = Expectation(decision: .rejected, status: .invalidBody, hides: nil)

    /// The request is accepted, and the answer is that to a handshake.
    package static func accepted(answering kind: Handshake.Kind) -> Expectation {
        Expectation(decision: .accepted, status: .any, hides: nil, answers: kind)
    }

    /// The request is refused, and the answer does not hold something.
    package static func rejected(hiding secret: Secret) -> Expectation {
        Expectation(decision: .rejected, status: .any, hides: secret)
    }
}

extension Expectation {
    /// Returns the members that the answer, an object in JSON, must hold in a scheme.
    package func answer(in scheme: Scheme) -> [JSON.Member] {
        guard let handshake = answers.flatMap(scheme.handshake) else { return [] }
        return handshake.answer(to: handshake.template)
    }

    /// Gives the statuses that are right in a scheme; none for any that says the decision.
    package func statuses(in scheme: Scheme) -> [Int] {
        switch status {
        case .any: []
        // Any 2xx is accepted, unless the document names one: then a clause on acceptance stands in the scheme.
        case .accepted: scheme.clauses(on: .acceptance).isEmpty ? [] : [scheme.responses.accepted.status]
        case .rejected: [scheme.responses.rejected.status]
        case .invalidBody: (scheme.responses.invalidBody?.status).map { [$0] } ?? []
        }
    }
}
