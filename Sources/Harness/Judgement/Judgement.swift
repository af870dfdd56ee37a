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
    /// What the answer reveals, where that is what is wrong.
    package let disclosure: Disclosure?

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
            (impact, disclosure) = (nil, nil)
            return
        }
        let revealed =
            observation == .rejected
            ? observed.answer.flatMap { Self.disclosure(in: $0, to: request, probe.expectation.hides, right, scheme) }
            : nil
        impact = Self.impact(probe.expectation, scheme, observation, observed.answer, reveals: revealed != nil)
        disclosure = impact == .leak ? revealed : nil
    }

    private static func impact(
        _ expected: Expectation, _ scheme: Scheme, _ observation: Observation, _ answer: HTTPResponse?,
        reveals: Bool
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
        if reveals { return .leak }
        if !expected.answer(in: scheme).allSatisfy({ holds(answer, $0) }) { return .contract }
        let documented = expected.statuses(in: scheme)
        if !documented.isEmpty, !documented.contains(answer.status) { return .contract }
        return nil
    }

    private static func holds(_ answer: HTTPResponse, _ member: JSON.Member) -> Bool {
        guard let body = try? JSON.parse(answer.body) else { return false }
        return body[member.key] == member.value
    }

    /// What an answer reveals of what it must hide; `nil` for nothing.
    private static func disclosure(
        in answer: HTTPResponse, to request: HTTPRequest, _ secret: Expectation.Secret?, _ right: [UInt8],
        _ scheme: Scheme
    ) -> Disclosure? {
        var text = RevealingText(answer, to: request)
        return switch secret {
        case .rightSignature: text.holds(signature: right, of: scheme.signature.encoding) ? .rightSignature : nil
        case .internals: text.debugPage.map { .internals($0.name) }
        case nil: nil
        }
    }
}

extension Observed {
    /// Whether HTTP itself rejects what was changed: another path may be redirected to the correct one, and bytes that
    /// HTTP does not allow answered with a close. Neither is an acceptance or a failure.
    fileprivate func refusesForItsForm(_ request: HTTPRequest, _ changes: Change) -> Bool {
        if case .failure(let failure) = result {
            return request.mayBeRefusedUnread && failure.kind == .broken
        }
        guard let answer else { return false }
        return (300...399).contains(answer.status) && changes.contains(.target)
    }
}
