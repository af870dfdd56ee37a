internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Runs cases one after the other through one session: control, probe, control, probe, …, control.
///
/// The control of each case is also the sign that the target survived the probe before it (honesty rule 3), so a run
/// needs one request more than twice its cases.
final class LaneRunner {
    private let environment: RunEnvironment
    private let exchanger: Exchanger
    private let circumstances: Circumstances

    private var configuration: RunConfiguration { environment.configuration }
    private var deliveries: DeliveryMaker { environment.deliveries }

    /// What this lane found, by the place of each case in the plan.
    private(set) var results: [Int: CaseResult] = [:]
    private(set) var evidence: [String: RunRecord.Evidence] = [:]

    /// The case whose probe no accepted control has followed yet.
    private var unconfirmed: Int?
    private var failuresInARow = 0

    /// A control that fails may be an accident of the moment; one that fails this often is not.
    private static let attempts = 5
    /// A refusal comes at once, so a target that answers at random is given more chances to show it.
    private static let attemptsWhileRefused = 12
    /// After this many cases without an accepted control there is nothing more to learn.
    private static let patience = 3

    init(_ environment: RunEnvironment, exchanger: Exchanger, circumstances: Circumstances) {
        self.environment = environment
        self.exchanger = exchanger
        self.circumstances = circumstances
    }

    /// Runs cases, given with their places in the plan.
    func run(_ cases: [(place: Int, testCase: Case, probe: Probe)]) {
        for (place, testCase, probe) in cases {
            if let reason = reasonToStop ?? testCase.reasonToSkip(in: circumstances).map(Reason.skipped) {
                results[place] = result(of: testCase, reason: reason)
                continue
            }
            results[place] = environment.traffic.together { run(testCase, probe, at: place) }
            environment.signals.caseIsDone(failed: results[place]?.outcome == .fail)
        }
        if unconfirmed != nil { confirm(sendControl { Draft($0).signedRequest() }.isAccepted) }
    }

    private var reasonToStop: Reason? {
        if failuresInARow >= Self.patience { return .inconclusive(.targetLost) }
        return environment.signals.reasonToStop.map(Reason.skipped)
    }

    private func run(_ testCase: Case, _ probe: Probe, at place: Int) -> CaseResult {
        let control = sendControl(probe.controlRequest)
        guard control.isAccepted else { return withoutControl(testCase, control) }
        confirm(true)
        failuresInARow = 0

        let request = probe.probeRequest(deliveries.next())
        if hasNothingToChange(probe) {
            return result(of: testCase, reason: .skipped(.nothingToChange), control: control)
        }
        let sent = exchanger.send(request)
        unconfirmed = place
        guard let observation = sent.observation else {
            record(testCase, control: nil, probe: sent)
            return result(
                of: testCase, reason: .inconclusive(.notReached(sent.summary)), observed: sent, control: control)
        }
        if observation != .accepted, let reason = undelivered(request.request, probe) {
            return result(of: testCase, reason: .skipped(reason), control: control)
        }
        // Only where it is looked for: signing with a private key takes its time.
        let right =
            probe.expectation.hides == .rightSignature
            ? configuration.scheme.rightSignature(for: request.request, key: environment.secrets.signing.key) : []
        let judgement = Judgement(
            probe, scheme: configuration.scheme, request: request.request, observation: observation,
            observed: sent.observed, right: right)
        if judgement.impact == nil, probe.expectation.hides != nil, sent.answerIsCut {
            record(testCase, control: nil, probe: sent)
            return result(of: testCase, reason: .inconclusive(.answerCut), observed: sent, control: control)
        }
        let result = result(of: testCase, impact: judgement.impact, observed: sent, control: control)
        if result.outcome != .pass { record(testCase, control: nil, probe: sent) }
        return result
    }

    private func result(
        of testCase: Case, impact: Impact? = nil, reason: Reason? = nil, observed: Exchanger.Sent? = nil,
        control: Exchanger.Sent? = nil
    ) -> CaseResult {
        CaseResult(
            testCase, configuration, impact: impact, reason: reason, observed: observed?.summary,
            control: control?.summary)
    }

    /// A probe means nothing without its control. Whether the target is gone or only refuses this control is seen from
    /// the plain one.
    private func withoutControl(_ testCase: Case, _ control: Exchanger.Sent) -> CaseResult {
        let isAlive = sendControl { Draft($0).signedRequest() }.isAccepted
        confirm(isAlive)
        failuresInARow = isAlive ? 0 : failuresInARow + 1
        record(testCase, control: control, probe: nil)
        if control.observation == .rejected, isAlive {
            return result(
                of: testCase, impact: .refusal, reason: .controlRefused(control.summary), control: control)
        }
        return result(
            of: testCase, reason: .inconclusive(.controlNotAccepted(control.summary)), control: control)
    }

    /// Sends a control until it is accepted, a few times.
    private func sendControl(_ make: (RequestContext) -> SignedRequest) -> Exchanger.Sent {
        var sent = exchanger.send(make(deliveries.next()))
        var attempt = 1
        while !sent.isAccepted, sent.observation != .silent,
            attempt < (sent.observation == .rejected ? Self.attemptsWhileRefused : Self.attempts)
        {
            // A target that crashed may be coming back.
            if sent.observation != .rejected { MonotonicClock.pause(.milliseconds(20 * attempt)) }
            sent = exchanger.send(make(deliveries.next()))
            attempt += 1
        }
        return sent
    }

    /// Settles the case before: what a dead target "rejected" is void.
    private func confirm(_ isAlive: Bool) {
        guard let place = unconfirmed else { return }
        unconfirmed = nil
        guard !isAlive, let result = results[place], result.outcome == .pass else { return }
        results[place]?.outcome = .inconclusive
        results[place]?.reason = .inconclusive(.void)
    }

    /// A recipe may find nothing to change in a body of the user's, and its probe would be judged for what it is not.
    private func hasNothingToChange(_ probe: Probe) -> Bool {
        guard configuration.bodyTemplate != nil, !probe.changes.isEmpty else { return false }
        let context = deliveries.next()
        return probe.probeRequest(context) == probe.controlRequest(context)
    }

    /// A refusal says nothing about the endpoint when the path refuses such bytes in valid requests too.
    private func undelivered(_ request: HTTPRequest, _ probe: Probe) -> SkipReason? {
        guard probe.expectation.decision != .accepted else { return nil }
        return TransportFeature.used(by: request).lazy
            .compactMap { [circumstances] in Requirement.delivered($0).reasonToSkip(in: circumstances) }.first
    }

    private func record(_ testCase: Case, control: Exchanger.Sent?, probe: Exchanger.Sent?) {
        evidence[testCase.id] = RunRecord.Evidence(
            control: control.map { $0.record(environment.redactor) },
            probe: probe.map { $0.record(environment.redactor) },
            message: environment.redactor.text((probe ?? control)?.request.message ?? []))
    }
}
