internal import Bytes
package import Catalogue
package import ReportModel
package import Schemes
package import Subjects
package import Transport

/// The judgement of one probe against what its case expects. Controls are judged elsewhere.
package struct Judgement: Sendable, Hashable {
    /// What is wrong; `nil` when the case is met.
    package let impact: Impact?

    /// Judges a probe.
    ///
    /// - Parameters:
    ///   - request: what was sent.
    ///   - observation: what the target did.
    ///   - observed: the answer, or why there is none.
    ///   - right: the correct signature for what was sent, in the scheme's encoding.
    package init(
        _ probe: Probe, scheme: Scheme, request: HTTPRequest, observation: Observation, observed: Observed,
        right: [UInt8]
    ) {
        if probe.expectation.decision != .accepted, observed.refusesForItsForm(request, probe.changes) {
            impact = nil
        } else {
            impact = Self.impact(probe.expectation, scheme, request, observation, observed.answer, right)
        }
    }

    private static func impact(
        _ expected: Expectation, _ scheme: Scheme, _ request: HTTPRequest, _ observation: Observation,
        _ answer: HTTPResponse?, _ right: [UInt8]
    ) -> Impact? {
        switch (expected.decision, observation) {
        case (_, .crashed), (_, .silent): return .crash
        case (.rejected, .accepted): return .forgery
        case (.accepted, .rejected): return .refusal
        case (_, .odd): return .contract
        default: break
        }
        // Without an answer it is a refusal only where all are like that.
        guard let answer else { return expected.statuses(in: scheme).isEmpty ? nil : .contract }
        if observation != .accepted, let secret = expected.hides, discloses(answer, to: request, secret, right, scheme)
        {
            return .leak
        }
        if !expected.answer(in: scheme).allSatisfy({ holds(answer, $0) }) { return .contract }
        let documented = expected.statuses(in: scheme)
        if !documented.isEmpty, !documented.contains(answer.status) { return .contract }
        return nil
    }

    private static func holds(_ answer: HTTPResponse, _ member: JSON.Member) -> Bool {
        guard let body = try? JSON.parse(answer.body) else { return false }
        return body[member.key] == member.value
    }

    private static func discloses(
        _ answer: HTTPResponse, to request: HTTPRequest, _ secret: Expectation.Secret, _ right: [UInt8],
        _ scheme: Scheme
    ) -> Bool {
        let text = RevealingText(answer, to: request)
        return switch secret {
        case .rightSignature: text.holds(signature: right, of: scheme.signature.encoding)
        case .internals: text.debugPage != nil
        }
    }
}

extension Observed {
    /// Whether HTTP itself rejects what was changed: another path may be redirected to the correct one, another method
    /// answered with 501 (RFC 9110 §15.6.2), and bytes that HTTP does not allow with a close. None of them is an
    /// acceptance or a failure.
    fileprivate func refusesForItsForm(_ request: HTTPRequest, _ changes: Change) -> Bool {
        if case .failure(let failure) = result {
            return request.mayBeRefusedUnread && failure.kind == .broken
        }
        guard let answer else { return false }
        return (300...399).contains(answer.status) && changes.contains(.target)
            || answer.status == 501 && changes.contains(.method)
    }
}
