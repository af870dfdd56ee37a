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
    typealias Planned = (place: Int, testCase: Case, probe: Probe)

    let environment: RunEnvironment
    let exchanger: Exchanger
    let circumstances: Circumstances
    private let lane: Int
    let requests: LaneRequests

    var configuration: RunConfiguration { environment.configuration }

    /// What this lane found, by the place of each case in the plan.
    private(set) var results: [Int: CaseResult] = [:]
    var evidence: [String: RunRecord.Evidence] = [:]
    /// The ids of each probe that was judged and of its control.
    private(set) var sentIDs: [Int: SentIDs] = [:]

    /// The cases whose probes no accepted control has followed yet.
    private var unconfirmed = [Planned]()
    private var failuresInARow = 0
    /// Whether the target seems to be gone, or to have been gone for a moment.
    var missesTarget = false
    /// The case whose requests are being sent.
    private var origin = Outages.Suspect.Origin.nobody
    /// The last valid request that was not accepted.
    private var lost: Exchanger.Sent?
    /// The request with a wrong signature that is sent again and again.
    private var repeated: SignedRequest?

    /// A control that fails may be an accident of the moment; one that fails this often is not.
    private static let attempts = 5
    /// A refusal comes at once, so a target that answers at random is given more chances to show it.
    static let attemptsWhileRefused = 12
    /// After this many cases without an accepted control there is nothing more to learn.
    private static let patience = 3
    /// How often a case that the target's limit held up is run again.
    private static let attemptsWhileDelayed = 3
    /// How often a case is run that outages come between: other lanes may have caused them.
    private static let attemptsInOutages = 8

    init(_ environment: RunEnvironment, exchanger: Exchanger, circumstances: Circumstances, lane: Int) {
        self.environment = environment
        self.exchanger = exchanger
        self.circumstances = circumstances
        self.lane = lane
        requests = LaneRequests(environment.deliveries, lane: lane, seed: environment.configuration.seed)
    }

    /// Runs cases, given with their places in the plan.
    func run(_ cases: [Planned]) {
        let sentinels = Sentinels(cases: cases.count, seed: configuration.seed, lane: lane)
        for (index, planned) in cases.enumerated() {
            watchingOutages { send(sentinels.before(index), like: planned) }
            let (place, testCase) = (planned.place, planned.testCase)
            if let reason = reasonToStop ?? testCase.reasonToSkip(in: circumstances).map(Reason.skipped) {
                results[place] = result(of: testCase, reason: reason)
                continue
            }
            let result = runThroughOutages(planned)
            results[place] = result
            environment.signals.caseIsDone(
                failed: configuration.fails(result) || environment.outages.hasEnded(by: place))
        }
        watchingOutages {
            send(sentinels.before(cases.count), like: cases.last)
            guard !unconfirmed.isEmpty else { return }
            let last = sendControl(requests.plain)
            missesTarget = missesTarget || last.isMissing
            if !missesTarget { confirm(last.isAccepted) }
        }
        if !unconfirmed.isEmpty { confirm(sendControl(requests.plain).isAccepted) }
    }

    /// Sends what belongs to no case; where the target was gone meanwhile and came back, what it refused before is asked
    /// again.
    private func watchingOutages(_ body: () -> Void) {
        let known = environment.outages.count
        missesTarget = false
        environment.traffic.together(body)
        guard missesTarget, environment.signals.doubt == nil else { return }
        if environment.outages.investigate(since: known, environment) {
            rerunUnconfirmed(except: nil)
        } else {
            failuresInARow = Self.patience
        }
    }

    /// Runs a case; again where the target was gone meanwhile and came back.
    private func runThroughOutages(_ planned: Planned) -> CaseResult {
        var attempt = 1
        while true {
            let known = environment.outages.count
            missesTarget = false
            let result = runOnce(planned)
            guard missesTarget || environment.outages.count != known, environment.signals.doubt == nil else {
                return result
            }
            let isBack = environment.outages.investigate(since: known, environment)
            if isBack {
                failuresInARow = 0
                rerunUnconfirmed(except: planned.place)
            } else {
                failuresInARow = Self.patience
                confirm(false)
            }
            if !isBack || attempt == Self.attemptsInOutages || environment.outages.hasEnded(by: planned.place) {
                // What was refused while the target came and went shows nothing.
                guard result.outcome == .pass else { return result }
                return self.result(of: planned.testCase, reason: .inconclusive(environment.signals.doubt ?? .void))
            }
            attempt += 1
        }
    }

    /// What was refused by a target about to go is asked again once it is back.
    private func rerunUnconfirmed(except place: Int?) {
        let again = unconfirmed.filter { $0.place != place && !environment.outages.hasEnded(by: $0.place) }
        unconfirmed = []
        for planned in again where reasonToStop == nil { results[planned.place] = runOnce(planned) }
    }

    /// Runs a case; what the end of the run left open says so.
    private func runOnce(_ planned: Planned) -> CaseResult {
        let order = CaseOrder(of: planned.testCase.id, seed: configuration.seed)
        origin = .testCase(planned.place)
        defer { origin = .nobody }
        var result = environment.traffic.together { requests.counting(for: order) { runUndelayed(planned, order) } }
        if let doubt = environment.signals.doubt, result.outcome == .inconclusive {
            result.reason = .inconclusive(doubt)
        }
        return result
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
    private func send(_ sentinels: [Sentinels.Kind], like next: Planned?) {
        for sentinel in sentinels where reasonToStop == nil {
            switch sentinel {
            case .valid:
                let sent = sendControl { next.map { requests.control(of: $0.testCase, $0.probe) } ?? requests.plain() }
                if sent.isAccepted { confirm(true) } else { missesTarget = missesTarget || sent.isMissing }
            case .wrongAgain:
                let request = repeated ?? requests.wrongSignature().request
                repeated = request
                sendWrongSignature(LaneRequest(request: request) { request })
            case .wrongOnce: sendWrongSignature(requests.wrongSignature())
            }
        }
    }

    private func sendWrongSignature(_ made: LaneRequest) {
        let sent = send(made, mayBeRefused: true)
        missesTarget = missesTarget || sent.isUnanswered
        environment.steadiness.answeredWrongSignature(sent)
    }

    /// Runs a case; once more where the target's limit came between its control and its probe.
    private func runUndelayed(_ planned: Planned, _ order: CaseOrder) -> CaseResult {
        var attempt = 1
        while true {
            let before = exchanger.delayed
            let result = run(planned, order)
            if exchanger.delayed == before || attempt == Self.attemptsWhileDelayed || reasonToStop != nil {
                return result
            }
            if case .inconclusive(.limited) = result.reason { return result }
            attempt += 1
        }
    }

    private func run(_ planned: Planned, _ order: CaseOrder) -> CaseResult {
        let (testCase, probe) = (planned.testCase, planned.probe)
        if order.hasExtraControl, sendControl({ requests.control(of: testCase, probe) }).isAccepted { confirm(true) }
        guard order.isProbeFirst, !hasNothingToChange(probe) else {
            let control = sendControl { requests.control(of: testCase, probe) }
            guard control.isAccepted else { return withoutControl(testCase, control) }
            accepted()
            if hasNothingToChange(probe) {
                return result(of: testCase, reason: .skipped(.nothingToChange), control: control)
            }
            let sent = sendProbe(of: testCase, probe)
            unconfirmed.append(planned)
            return judged(planned, sent, control)
        }
        let sent = sendProbe(of: testCase, probe)
        unconfirmed.append(planned)
        let control = sendControl { requests.control(of: testCase, probe) }
        guard control.isAccepted else { return withoutControl(testCase, control, after: sent) }
        accepted()
        return judged(planned, sent, control)
    }

    private func judged(_ planned: Planned, _ sent: Exchanger.Sent, _ control: Exchanger.Sent) -> CaseResult {
        if configuration.facilities.observer != nil {
            sentIDs[planned.place] = SentIDs(
                probe: sent.request, control: control.request, configuration.scheme, number: environment.pace.requests)
        }
        return judged(planned.testCase, planned.probe, sent, control)
    }

    private func sendProbe(of testCase: Case, _ probe: Probe) -> Exchanger.Sent {
        send(requests.probe(of: testCase, probe), mayBeRefused: probe.expectation.decision != .accepted)
    }

    private func accepted() {
        confirm(true)
        failuresInARow = 0
    }

    /// A probe means nothing without its control. Whether the target is gone or only refuses this control is seen from
    /// the plain one.
    private func withoutControl(
        _ testCase: Case, _ control: Exchanger.Sent, after probe: Exchanger.Sent? = nil
    ) -> CaseResult {
        let plain = control.isLimited ? control : sendControl(requests.plain)
        let isAlive = plain.isAccepted
        missesTarget = missesTarget || plain.isMissing
        if !plain.isMissing { confirm(isAlive) }
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

    /// Sends a request that the target may not survive.
    private func send(_ made: LaneRequest, mayBeRefused: Bool = false) -> Exchanger.Sent {
        environment.outages.sends(Outages.Suspect(origin, request: made.another), in: lane)
        let sent = exchanger.send(made.request, mayBeRefused: mayBeRefused)
        environment.outages.got(sent, in: lane)
        return sent
    }

    /// Sends a control until it is accepted, a few times. That the first one was refused, or not answered, is not
    /// forgotten.
    func sendControl(_ make: () -> LaneRequest) -> Exchanger.Sent {
        let first = send(make())
        var sent = first
        var attempt = 1
        while !sent.isAccepted, sent.observation != .silent, !sent.isLimited,
            attempt < (sent.observation == .rejected ? Self.attemptsWhileRefused : Self.attempts)
        {
            // A target that crashed may be coming back.
            if sent.observation != .rejected { environment.clock.pause(.milliseconds(20 * attempt)) }
            sent = exchanger.send(make().request)
            attempt += 1
        }
        if first.observation == .rejected, sent.isAccepted { environment.steadiness.refusedAtFirst(first) }
        if first.isMissing, first.observed.answer == nil, sent.isAccepted { missesTarget = true }
        return sent
    }

    /// Settles the cases before: what a dead target "rejected" is void.
    private func confirm(_ isAlive: Bool) {
        defer { unconfirmed = [] }
        if isAlive { return environment.outages.survived(in: lane) }
        for planned in unconfirmed where results[planned.place]?.outcome == .pass {
            results[planned.place]?.outcome = .inconclusive
            results[planned.place]?.reason = .inconclusive(environment.signals.doubt ?? .void)
        }
    }

    /// A recipe may find nothing to change in a body of the user's, and its probe would be judged for what it is not.
    private func hasNothingToChange(_ probe: Probe) -> Bool {
        guard configuration.bodyTemplate != nil, !probe.changes.isEmpty else { return false }
        let context = environment.deliveries.next()
        return probe.probeRequest(context) == probe.controlRequest(context)
    }
}
