internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

// What becomes of a probe beside its accepted control.
extension LaneRunner {
    func judged(
        _ testCase: Case, _ probe: Probe, _ sent: Exchanger.Sent, _ control: Exchanger.Sent
    ) -> CaseResult {
        if let reason = reasonNotToJudge(sent) {
            record(testCase, control: control, probe: sent)
            return result(of: testCase, reason: reason, observed: sent, control: control)
        }
        if sent.observation != .accepted, let reason = undelivered(sent.request.request, probe) {
            return result(of: testCase, reason: .skipped(reason), control: control)
        }
        if sent.observation != .accepted, let reason = turnedAway(sent, probe) {
            return result(of: testCase, reason: .skipped(reason), control: control)
        }
        let judgement = judgement(of: sent, probe)
        let impact = judgement?.impact
        if impact == nil, probe.expectation.hides != nil, sent.answerIsCut {
            record(testCase, control: control, probe: sent)
            return result(of: testCase, reason: .inconclusive(.answerCut), observed: sent, control: control)
        }
        if let impact, let doubt = secondLook(at: sent, testCase, probe, impact) {
            record(testCase, control: control, probe: sent)
            return result(of: testCase, reason: .inconclusive(doubt), observed: sent, control: control)
        }
        let reason = judgement?.disclosure.map(Reason.disclosed)
        let result = result(of: testCase, impact: impact, reason: reason, observed: sent, control: control)
        if result.outcome != .pass { record(testCase, control: control, probe: sent) }
        return result
    }

    private func reasonNotToJudge(_ sent: Exchanger.Sent) -> Reason? {
        guard sent.observation != nil else {
            missesTarget = missesTarget || sent.isMissing
            return .inconclusive(.notReached(sent.summary))
        }
        return sent.isLimited ? .inconclusive(.limited(sent.summary)) : nil
    }

    private func judgement(of sent: Exchanger.Sent, _ probe: Probe) -> Judgement? {
        guard let observation = sent.observation else { return nil }
        let request = sent.request.request
        // Only where it is looked for: signing with a private key takes its time.
        let right =
            probe.expectation.hides == .rightSignature
            ? configuration.scheme.rightSignature(for: request, key: environment.secrets.signing.key) : []
        return Judgement(
            probe, scheme: configuration.scheme, request: request, observation: observation,
            observed: sent.observed, right: right)
    }

    /// Before a probe is blamed it is made and sent once more, over a fresh connection and beside a control. What was
    /// accepted, or revealed, was so once and for all.
    ///
    /// - Returns: why nothing is blamed; `nil` when it came out the same.
    private func secondLook(
        at sent: Exchanger.Sent, _ testCase: Case, _ probe: Probe, _ impact: Impact
    ) -> Doubt? {
        switch impact {
        case .forgery, .leak: return nil
        case .refusal:
            guard isAcceptedAfterAll(testCase, probe) else { break }
            environment.steadiness.refusedAtFirst(sent)
            return .unsteady
        case .crash, .contract, .loss:
            let again = environment.exchanger(to: environment.subject).send(
                requests.probe(of: testCase, probe).request, mayBeRefused: probe.expectation.decision != .accepted)
            if again.isLimited { return .limited(again.summary) }
            guard again.observation != nil, judgement(of: again, probe)?.impact == impact else {
                // A target that breaks a connection without a reason may have ended of a request before.
                missesTarget = missesTarget || sent.observed.answer == nil || again.isUnreached
                return .seenOnce(sent.summary)
            }
        }
        let control = sendControl { requests.control(of: testCase, probe) }
        if control.isAccepted { return nil }
        missesTarget = missesTarget || control.isMissing
        return .void
    }

    /// Whether a valid request that was refused is accepted when it is made again: then what it changes was not the
    /// reason.
    private func isAcceptedAfterAll(_ testCase: Case, _ probe: Probe) -> Bool {
        for _ in 1..<Self.attemptsWhileRefused {
            let sent = exchanger.send(requests.probe(of: testCase, probe).request)
            if sent.isAccepted { return true }
            if sent.observation != .rejected { return false }
        }
        return false
    }

    /// A refusal says nothing about the endpoint when the path refuses such bytes in valid requests too.
    private func undelivered(_ request: HTTPRequest, _ probe: Probe) -> SkipReason? {
        guard probe.expectation.decision != .accepted, !circumstances.undelivered.isEmpty else { return nil }
        return TransportFeature.used(by: request).lazy
            .compactMap { [circumstances] in Requirement.delivered($0).reasonToSkip(in: circumstances) }.first
    }

    /// A server that does not know a method, or closes on a long body, says nothing about the endpoint when it treats
    /// valid requests of that form in the same way.
    private func turnedAway(_ sent: Exchanger.Sent, _ probe: Probe) -> SkipReason? {
        guard probe.expectation.decision != .accepted, sent.isTurnedAway,
            let feature = TransportFeature.triedLate(of: sent.request.request)
        else { return nil }
        let delivery = environment.deliverability.delivery(of: feature) {
            var draft = Draft(environment.deliveries.next())
            draft.use(feature)
            let valid = exchanger.send(draft.signedRequest(), mayBeRefused: true)
            if valid.isAccepted { return .delivered }
            // What is gone turns everything away.
            guard valid.isTurnedAway, sendControl(requests.plain).isAccepted else { return nil }
            return .refused(valid.summary)
        }
        guard case .refused(let observed) = delivery else { return nil }
        return .notDelivered(feature, observed)
    }

    func result(
        of testCase: Case, impact: Impact? = nil, reason: Reason? = nil, observed: Exchanger.Sent? = nil,
        control: Exchanger.Sent? = nil
    ) -> CaseResult {
        CaseResult(
            testCase, configuration, impact: impact, reason: reason, observed: observed?.summary,
            control: control?.summary)
    }

    func record(_ testCase: Case, control: Exchanger.Sent?, probe: Exchanger.Sent?) {
        guard configuration.keepsEvidence else { return }
        evidence[testCase.id] = RunRecord.Evidence(
            control: control.map { $0.record(environment) },
            probe: probe.map { $0.record(environment) },
            message: environment.redactor.text((probe ?? control)?.request.message ?? []))
    }
}

extension Exchanger.Sent {
    /// Whether the answer is one that servers give for the form of a request, before anything verifies it: 501, which
    /// is for methods that nobody knows (RFC 9110 §15.6.2), or a close.
    fileprivate var isTurnedAway: Bool {
        if let answer = observed.answer { return answer.status == 501 }
        return observed.failure?.kind == .broken
    }
}
