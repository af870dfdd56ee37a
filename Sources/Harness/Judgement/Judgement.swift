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
            impact = Self.impact(probe.expectation, scheme, observation, observed.answer, right)
        }
    }

    private static func impact(
        _ expected: Expectation, _ scheme: Scheme, _ observation: Observation, _ answer: HTTPResponse?,
        _ right: [UInt8]
    ) -> Impact? {
        switch (expected.decision, observation) {
        case (_, .crashed), (_, .silent): return .crash
        case (.rejected, .accepted): return .forgery
        case (.accepted, .rejected): return .refusal
        case (_, .odd): return .contract
        default: break
        }
        guard let answer else { return .crash }
        if let secret = expected.hides, discloses(answer, secret, right) { return .leak }
        if !expected.answer(in: scheme).allSatisfy({ holds(answer, $0) }) { return .contract }
        let documented = expected.statuses(in: scheme)
        if !documented.isEmpty, !documented.contains(answer.status) { return .contract }
        return nil
    }

    private static func holds(_ answer: HTTPResponse, _ member: JSON.Member) -> Bool {
        guard let body = try? JSON.parse(answer.body) else { return false }
        return body[member.key] == member.value
    }

    private static func discloses(_ answer: HTTPResponse, _ secret: Expectation.Secret, _ right: [UInt8]) -> Bool {
        let texts = [answer.reason, answer.body] + answer.headers.fields.map(\.value)
        switch secret {
        case .rightSignature:
            // Sixteen characters of it can't appear by chance; case and other spellings are folded.
            let needle = right.prefix(16).map(ASCII.lowercased)
            return texts.contains { ASCII.firstRange(of: needle, in: $0.map(ASCII.lowercased)) != nil }
        case .internals:
            return texts.contains { text in
                Self.internals.contains { ASCII.firstRange(of: Array($0.utf8), in: text) != nil }
            }
        }
    }

    /// Pieces of stack traces and of exception texts in the languages that endpoints are written in (J02).
    private static let internals = [
        "Traceback (most recent call last)", "File \"/", "    at ", "\tat ", ".rb:", ".php on line", "Stack trace:",
        "goroutine ", "panic:", "Exception in thread", "RangeError", "TypeError", "ValueError", "NoMethodError",
        "NullPointerException", "timingSafeEqual", "node_modules/", "site-packages/", "Fatal error:",
    ]
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
