internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Runs cases one after the other through one session: to each a control and a probe, in an order drawn from the seed,
/// and sentinels between them (honesty rule 13).
///
/// A control is also the sign that the target survived the probes since the last one (honesty rule 3).
final class LaneRunner {
    private let environment: RunEnvironment
    private let exchanger: Exchanger
    private let circumstances: Circumstances
    private let lane: Int

    private var configuration: RunConfiguration { environment.configuration }
    private var deliveries: DeliveryMaker { environment.deliveries }

    /// What this lane found, by the place of each case in the plan.
    private(set) var results: [Int: CaseResult] = [:]
    private(set) var evidence: [String: RunRecord.Evidence] = [:]

    /// The cases whose probes no accepted control has followed yet.
    private var unconfirmed = [Int]()
    private var failuresInARow = 0
    /// What requests are being sent for: a case, by its place in the plan, or this lane.
    private var purpose: String
    private var deliveriesFor: [String: Int] = [:]
    /// The last valid request that was not accepted.
    private var lost: Exchanger.Sent?
    /// The wrong signature that is sent again and again.
    private var wrongSignature: SignedRequest?

    /// A control that fails may be an accident of the moment; one that fails this often is not.
    private static let attempts = 5
    /// A refusal comes at once, so a target that answers at random is given more chances to show it.
    private static let attemptsWhileRefused = 12
    /// After this many cases without an accepted control there is nothing more to learn.
    private static let patience = 3
    /// How often a case that the target's limit held up is run again.
    private static let attemptsWhileDelayed = 3

    init(_ environment: RunEnvironment, exchanger: Exchanger, circumstances: Circumstances, lane: Int) {
        self.environment = environment
        self.exchanger = exchanger
        self.circumstances = circumstances
        self.lane = lane
        purpose = "lane\(lane)"
    }

    /// Runs cases, given with their places in the plan.
    func run(_ cases: [(place: Int, testCase: Case, probe: Probe)]) {
        let sentinels = Sentinels(cases: cases.count, seed: configuration.seed, lane: lane)
        for (index, (place, testCase, probe)) in cases.enumerated() {
            environment.traffic.together { send(sentinels.before(index), like: probe) }
            if let reason = reasonToStop ?? testCase.reasonToSkip(in: circumstances).map(Reason.skipped) {
                results[place] = result(of: testCase, reason: reason)
                continue
            }
            purpose = "case\(place)"
            results[place] = environment.traffic.together { runUndelayed(testCase, probe, at: place) }
            if let doubt = environment.signals.doubt, results[place]?.outcome == .inconclusive {
                results[place]?.reason = .inconclusive(doubt)
            }
            purpose = "lane\(lane)"
            environment.signals.caseIsDone(failed: results[place].map(environment.configuration.fails) ?? false)
        }
        environment.traffic.together { send(sentinels.before(cases.count), like: cases.last?.probe) }
        if !unconfirmed.isEmpty { confirm(sendControl(Self.plain).isAccepted) }
    }

    private func nextDelivery() -> RequestContext {
        let number = (deliveriesFor[purpose] ?? 0) + 1
        deliveriesFor[purpose] = number
        return deliveries.next(named: "\(purpose)_\(number)")
    }

    private static func plain(_ context: RequestContext) -> SignedRequest { Draft(context).signedRequest() }

    private var reasonToStop: Reason? {
        if failuresInARow >= Self.patience {
            guard let lost else { return .inconclusive(.targetLost) }
            if lost.isLimited { return .inconclusive(.limited(lost.summary)) }
            return .inconclusive(lost.observation == .rejected ? .lockedOut : .targetLost)
        }
        return environment.signals.reasonToStop.map(Reason.skipped)
    }

    /// Sends what belongs to no case. A valid request has the form of the next case's control.
    private func send(_ sentinels: [Sentinels.Kind], like probe: Probe?) {
        for sentinel in sentinels where reasonToStop == nil {
            switch sentinel {
            case .valid:
                let sent = sendControl(probe?.controlRequest ?? Self.plain)
                if sent.isAccepted { confirm(true) }
            case .wrongAgain:
                let request = wrongSignature ?? newWrongSignature()
                wrongSignature = request
                environment.steadiness.answeredWrongSignature(exchanger.send(request, mayBeRefused: true))
            case .wrongOnce:
                environment.steadiness.answeredWrongSignature(
                    exchanger.send(newWrongSignature(), mayBeRefused: true))
            }
        }
    }

    private func newWrongSignature() -> SignedRequest {
        Sentinels.wrongSignature(nextDelivery(), seed: configuration.seed)
    }

    /// Runs a case; once more where the target's limit came between its control and its probe.
    private func runUndelayed(_ testCase: Case, _ probe: Probe, at place: Int) -> CaseResult {
        var attempt = 1
        while true {
            let before = exchanger.delayed
            let result = run(testCase, probe, at: place)
            if exchanger.delayed == before || attempt == Self.attemptsWhileDelayed || reasonToStop != nil {
                return result
            }
            if case .inconclusive(.limited) = result.reason { return result }
            attempt += 1
        }
    }

    private func run(_ testCase: Case, _ probe: Probe, at place: Int) -> CaseResult {
        let order = CaseOrder(of: testCase.id, seed: configuration.seed)
        if order.hasExtraControl, sendControl(probe.controlRequest).isAccepted { confirm(true) }
        guard order.isProbeFirst, !hasNothingToChange(probe) else {
            let control = sendControl(probe.controlRequest)
            guard control.isAccepted else { return withoutControl(testCase, control) }
            accepted()
            if hasNothingToChange(probe) {
                return result(of: testCase, reason: .skipped(.nothingToChange), control: control)
            }
            let sent = sendProbe(probe)
            unconfirmed.append(place)
            return judged(testCase, probe, sent, control)
        }
        let sent = sendProbe(probe)
        unconfirmed.append(place)
        let control = sendControl(probe.controlRequest)
        guard control.isAccepted else { return withoutControl(testCase, control, after: sent) }
        accepted()
        return judged(testCase, probe, sent, control)
    }

    private func sendProbe(_ probe: Probe) -> Exchanger.Sent {
        exchanger.send(
            probe.probeRequest(nextDelivery()), mayBeRefused: probe.expectation.decision != .accepted)
    }

    private func accepted() {
        confirm(true)
        failuresInARow = 0
    }

    private func judged(
        _ testCase: Case, _ probe: Probe, _ sent: Exchanger.Sent, _ control: Exchanger.Sent
    ) -> CaseResult {
        guard let observation = sent.observation else {
            record(testCase, control: nil, probe: sent)
            return result(
                of: testCase, reason: .inconclusive(.notReached(sent.summary)), observed: sent, control: control)
        }
        if sent.isLimited {
            record(testCase, control: nil, probe: sent)
            return result(of: testCase, reason: .inconclusive(.limited(sent.summary)), observed: sent, control: control)
        }
        let request = sent.request
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
        if judgement.impact == .refusal, isAcceptedAfterAll(probe) {
            environment.steadiness.refusedAtFirst(sent)
            record(testCase, control: nil, probe: sent)
            return result(of: testCase, reason: .inconclusive(.unsteady), observed: sent, control: control)
        }
        let result = result(of: testCase, impact: judgement.impact, observed: sent, control: control)
        if result.outcome != .pass { record(testCase, control: nil, probe: sent) }
        return result
    }

    /// Whether a valid request that was refused is accepted when it is made again: then what it changes was not the reason.
    private func isAcceptedAfterAll(_ probe: Probe) -> Bool {
        for _ in 1..<Self.attemptsWhileRefused {
            let sent = exchanger.send(probe.probeRequest(nextDelivery()))
            if sent.isAccepted { return true }
            if sent.observation != .rejected { return false }
        }
        return false
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
    private func withoutControl(
        _ testCase: Case, _ control: Exchanger.Sent, after probe: Exchanger.Sent? = nil
    ) -> CaseResult {
        let plain = control.isLimited ? control : sendControl(Self.plain)
        let isAlive = plain.isAccepted
        confirm(isAlive)
        failuresInARow = isAlive ? 0 : failuresInARow + 1
        lost = isAlive ? nil : plain
        record(testCase, control: control, probe: probe)
        if control.isLimited {
            return result(of: testCase, reason: .inconclusive(.limited(control.summary)), control: control)
        }
        if !isAlive, probe?.observation == .rejected, failuresInARow == 1 {
            return result(of: testCase, reason: .inconclusive(.void), observed: probe, control: control)
        }
        if control.observation == .rejected, isAlive {
            return result(
                of: testCase, impact: .refusal, reason: .controlRefused(control.summary), control: control)
        }
        return result(
            of: testCase, reason: .inconclusive(.controlNotAccepted(control.summary)), control: control)
    }

    /// Sends a control until it is accepted, a few times. That the first one was refused is not forgotten.
    private func sendControl(_ make: (RequestContext) -> SignedRequest) -> Exchanger.Sent {
        let first = exchanger.send(make(nextDelivery()))
        var sent = first
        var attempt = 1
        while !sent.isAccepted, sent.observation != .silent, !sent.isLimited,
            attempt < (sent.observation == .rejected ? Self.attemptsWhileRefused : Self.attempts)
        {
            // A target that crashed may be coming back.
            if sent.observation != .rejected { environment.clock.pause(.milliseconds(20 * attempt)) }
            sent = exchanger.send(make(nextDelivery()))
            attempt += 1
        }
        if first.observation == .rejected, sent.isAccepted { environment.steadiness.refusedAtFirst(first) }
        return sent
    }

    /// Settles the cases before: what a dead target "rejected" is void.
    private func confirm(_ isAlive: Bool) {
        defer { unconfirmed = [] }
        guard !isAlive else { return }
        for place in unconfirmed where results[place]?.outcome == .pass {
            results[place]?.outcome = .inconclusive
            results[place]?.reason = .inconclusive(environment.signals.doubt ?? .void)
        }
    }

    /// A recipe may find nothing to change in a body of the user's, and its probe would be judged for what it is not.
    private func hasNothingToChange(_ probe: Probe) -> Bool {
        guard configuration.bodyTemplate != nil, !probe.changes.isEmpty else { return false }
        let context = nextDelivery()
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
            control: control.map { $0.record(environment) },
            probe: probe.map { $0.record(environment) },
            message: environment.redactor.text((probe ?? control)?.request.message ?? []))
    }
}
