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
    private let requests: LaneRequests

    private var configuration: RunConfiguration { environment.configuration }

    /// What this lane found, by the place of each case in the plan.
    private(set) var results: [Int: CaseResult] = [:]
    private(set) var evidence: [String: RunRecord.Evidence] = [:]

    /// The cases whose probes no accepted control has followed yet.
    private var unconfirmed = [Int]()
    private var failuresInARow = 0
    /// The last valid request that was not accepted.
    private var lost: Exchanger.Sent?
    /// The request with a wrong signature that is sent again and again.
    private var repeated: SignedRequest?

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
        requests = LaneRequests(environment.deliveries, lane: lane, seed: environment.configuration.seed)
    }

    /// Runs cases, given with their places in the plan.
    func run(_ cases: [(place: Int, testCase: Case, probe: Probe)]) {
        let sentinels = Sentinels(cases: cases.count, seed: configuration.seed, lane: lane)
        for (index, (place, testCase, probe)) in cases.enumerated() {
            environment.traffic.together { send(sentinels.before(index), like: (testCase, probe)) }
            if let reason = reasonToStop ?? testCase.reasonToSkip(in: circumstances).map(Reason.skipped) {
                results[place] = result(of: testCase, reason: reason)
                continue
            }
            let order = CaseOrder(of: testCase.info.id, seed: configuration.seed)
            var result = environment.traffic.together {
                requests.counting(for: order) { runUndelayed(testCase, probe, order, at: place) }
            }
            if let doubt = environment.signals.doubt, result.outcome == .inconclusive {
                result.reason = .inconclusive(doubt)
            }
            results[place] = result
            environment.signals.caseIsDone(failed: configuration.fails(result))
        }
        environment.traffic.together {
            send(sentinels.before(cases.count), like: cases.last.map { ($0.testCase, $0.probe) })
        }
        if !unconfirmed.isEmpty { confirm(sendControl(requests.plain).isAccepted) }
    }

    private var reasonToStop: Reason? {
        if failuresInARow >= Self.patience {
            guard let lost else { return .inconclusive(.targetLost) }
            if lost.isLimited { return .inconclusive(.limited(lost.summary)) }
            return .inconclusive(lost.observation == .rejected ? .lockedOut : .targetLost)
        }
        return environment.signals.reasonToStop.map(Reason.skipped)
    }

    /// Sends what belongs to no case. A valid request has the form of the next case's control.
    private func send(_ sentinels: [Sentinels.Kind], like next: (testCase: Case, probe: Probe)?) {
        for sentinel in sentinels where reasonToStop == nil {
            switch sentinel {
            case .valid:
                let sent = sendControl { next.map { requests.control(of: $0.testCase, $0.probe) } ?? requests.plain() }
                if sent.isAccepted { confirm(true) }
            case .wrongAgain:
                let request = repeated ?? requests.wrongSignature()
                repeated = request
                environment.steadiness.answeredWrongSignature(exchanger.send(request, mayBeRefused: true))
            case .wrongOnce:
                environment.steadiness.answeredWrongSignature(
                    exchanger.send(requests.wrongSignature(), mayBeRefused: true))
            }
        }
    }

    /// Runs a case; once more where the target's limit came between its control and its probe.
    private func runUndelayed(
        _ testCase: Case, _ probe: Probe, _ order: CaseOrder, at place: Int
    ) -> CaseResult {
        var attempt = 1
        while true {
            let before = exchanger.delayed
            let result = run(testCase, probe, order, at: place)
            if exchanger.delayed == before || attempt == Self.attemptsWhileDelayed || reasonToStop != nil {
                return result
            }
            if case .inconclusive(.limited) = result.reason { return result }
            attempt += 1
        }
    }

    private func run(_ testCase: Case, _ probe: Probe, _ order: CaseOrder, at place: Int) -> CaseResult {
        if order.hasExtraControl, sendControl({ requests.control(of: testCase, probe) }).isAccepted { confirm(true) }
        guard order.isProbeFirst, !hasNothingToChange(probe) else {
            let control = sendControl { requests.control(of: testCase, probe) }
            guard control.isAccepted else { return withoutControl(testCase, control) }
            accepted()
            if hasNothingToChange(probe) {
                return result(of: testCase, reason: .skipped(.nothingToChange), control: control)
            }
            let sent = sendProbe(of: testCase, probe)
            unconfirmed.append(place)
            return judged(testCase, probe, sent, control)
        }
        let sent = sendProbe(of: testCase, probe)
        unconfirmed.append(place)
        let control = sendControl { requests.control(of: testCase, probe) }
        guard control.isAccepted else { return withoutControl(testCase, control, after: sent) }
        accepted()
        return judged(testCase, probe, sent, control)
    }

    private func sendProbe(of testCase: Case, _ probe: Probe) -> Exchanger.Sent {
        exchanger.send(
            requests.probe(of: testCase, probe), mayBeRefused: probe.expectation.decision != .accepted)
    }

    private func accepted() {
        confirm(true)
        failuresInARow = 0
    }

    private func judged(
        _ testCase: Case, _ probe: Probe, _ sent: Exchanger.Sent, _ control: Exchanger.Sent
    ) -> CaseResult {
        guard let observation = sent.observation else {
            record(testCase, control: control, probe: sent)
            return result(
                of: testCase, reason: .inconclusive(.notReached(sent.summary)), observed: sent, control: control)
        }
        if sent.isLimited {
            record(testCase, control: control, probe: sent)
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
            record(testCase, control: control, probe: sent)
            return result(of: testCase, reason: .inconclusive(.answerCut), observed: sent, control: control)
        }
        if judgement.impact == .refusal, isAcceptedAfterAll(testCase, probe) {
            environment.steadiness.refusedAtFirst(sent)
            record(testCase, control: control, probe: sent)
            return result(of: testCase, reason: .inconclusive(.unsteady), observed: sent, control: control)
        }
        let result = result(of: testCase, impact: judgement.impact, observed: sent, control: control)
        if result.outcome != .pass { record(testCase, control: control, probe: sent) }
        return result
    }

    /// Whether a valid request that was refused is accepted when it is made again: then what it changes was not the reason.
    private func isAcceptedAfterAll(_ testCase: Case, _ probe: Probe) -> Bool {
        for _ in 1..<Self.attemptsWhileRefused {
            let sent = exchanger.send(requests.probe(of: testCase, probe))
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
        let plain = control.isLimited ? control : sendControl(requests.plain)
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
    private func sendControl(_ make: () -> SignedRequest) -> Exchanger.Sent {
        let first = exchanger.send(make())
        var sent = first
        var attempt = 1
        while !sent.isAccepted, sent.observation != .silent, !sent.isLimited,
            attempt < (sent.observation == .rejected ? Self.attemptsWhileRefused : Self.attempts)
        {
            // A target that crashed may be coming back.
            if sent.observation != .rejected { environment.clock.pause(.milliseconds(20 * attempt)) }
            sent = exchanger.send(make())
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
        let context = environment.deliveries.next()
        return probe.probeRequest(context) == probe.controlRequest(context)
    }

    /// A refusal says nothing about the endpoint when the path refuses such bytes in valid requests too.
    private func undelivered(_ request: HTTPRequest, _ probe: Probe) -> SkipReason? {
        guard probe.expectation.decision != .accepted, !circumstances.undelivered.isEmpty else { return nil }
        return TransportFeature.used(by: request).lazy
            .compactMap { [circumstances] in Requirement.delivered($0).reasonToSkip(in: circumstances) }.first
    }

    private func record(_ testCase: Case, control: Exchanger.Sent?, probe: Exchanger.Sent?) {
        guard configuration.keepsEvidence else { return }
        evidence[testCase.id] = RunRecord.Evidence(
            control: control.map { $0.record(environment) },
            probe: probe.map { $0.record(environment) },
            message: environment.redactor.text((probe ?? control)?.request.message ?? []))
    }
}
