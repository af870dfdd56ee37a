internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Runs cases one after the other through one lane: control, probe, control, probe, …, control.
///
/// The control of each case is also the sign that the target survived the probe before it (honesty rule 3), so a run
/// needs one request more than twice its cases.
final class LaneRunner {
    private let environment: RunEnvironment
    private let exchanger: Exchanger
    private let transport: [TransportFeature: Measurements.Delivery]

    private var configuration: RunConfiguration { environment.configuration }
    private var deliveries: DeliveryMaker { environment.deliveries }

    /// What this lane found, by the place of each case in the plan.
    private(set) var results: [Int: CaseResult] = [:]
    private(set) var evidence: [String: RunTiming.Evidence] = [:]

    /// The case whose probe no accepted control has followed yet.
    private var unconfirmed: Int?
    /// Cases whose control was refused although the target was there.
    private var refused: [Int] = []
    private var failuresInARow = 0

    /// A control that fails may be an accident of the moment; one that fails this often is not.
    private static let attempts = 5
    /// A refusal comes at once, so a target that answers at random is given more chances to show it.
    private static let attemptsWhileRefused = 12
    /// After this many cases without an accepted control there is nothing more to learn.
    private static let patience = 3

    init(
        _ environment: RunEnvironment, exchanger: Exchanger, transport: [TransportFeature: Measurements.Delivery]
    ) {
        self.environment = environment
        self.exchanger = exchanger
        self.transport = transport
    }

    /// Runs cases, given with their places in the plan.
    func run(_ cases: [(place: Int, kase: Case)]) {
        for (place, kase) in cases {
            if let reason = reasonToStop {
                let outcome: Outcome = failuresInARow >= Self.patience ? .inconclusive : .skipped
                results[place] = CaseResult(kase, configuration, outcome: outcome, reason: reason)
                continue
            }
            results[place] = environment.traffic.together { run(kase, at: place) }
            environment.signals.caseIsDone(failed: results[place]?.outcome == .fail)
        }
        if unconfirmed != nil { confirm(sendControl { Draft($0).signedRequest() }.isAccepted) }
    }

    private var reasonToStop: String? {
        if failuresInARow >= Self.patience { return "not sent: the target no longer accepts valid requests" }
        return environment.signals.reasonToStop
    }

    private func run(_ kase: Case, at place: Int) -> CaseResult {
        let control = sendControl(kase.controlRequest)
        guard control.isAccepted else { return withoutControl(kase, control, at: place) }
        confirm(true)
        failuresInARow = 0

        let request = kase.probeRequest(deliveries.next())
        if let reason = unchanged(kase) {
            return CaseResult(kase, configuration, outcome: .skipped, reason: reason, control: control.observed)
        }
        let probe = exchanger.send(request)
        unconfirmed = place
        guard let observation = probe.observation else {
            record(kase, control: nil, probe: probe)
            return CaseResult(
                kase, configuration, outcome: .inconclusive, reason: probe.summary, observed: probe.observed,
                control: control.observed)
        }
        if observation != .accepted, let reason = undelivered(request.request, kase) {
            return CaseResult(kase, configuration, outcome: .skipped, reason: reason, control: control.observed)
        }
        // Only where it is looked for: a private key takes its time.
        let right =
            kase.expectation.hides == .rightSignature
            ? configuration.scheme.rightSignature(for: request.request, key: environment.secrets.signing.key) : []
        let judgement = Judgement(
            kase, scheme: configuration.scheme, observation: observation, exchange: probe.exchange, right: right)
        if judgement.impact == nil, kase.expectation.hides != nil, probe.answerIsCut {
            record(kase, control: nil, probe: probe)
            return CaseResult(
                kase, configuration, outcome: .inconclusive,
                reason: "the answer is longer than what is kept of it, and what it must not hold may stand in the rest",
                observed: probe.observed, control: control.observed)
        }
        let result = CaseResult(
            kase, configuration, outcome: configuration.outcome(of: kase, impact: judgement.impact),
            impact: judgement.impact, observed: probe.observed, control: control.observed)
        if result.outcome != .pass { record(kase, control: nil, probe: probe) }
        return result
    }

    /// A probe means nothing without its control. Whether the target is gone or only refuses this control is seen from
    /// the plain one.
    private func withoutControl(_ kase: Case, _ control: Exchanger.Sent, at place: Int) -> CaseResult {
        let isAlive = sendControl { Draft($0).signedRequest() }.isAccepted
        confirm(isAlive)
        failuresInARow = isAlive ? 0 : failuresInARow + 1
        record(kase, control: control, probe: nil)
        if control.observation == .rejected, isAlive {
            return CaseResult(
                kase, configuration, outcome: configuration.outcome(of: kase, impact: .refusal), impact: .refusal,
                reason: "its control, a valid request, was refused (\(control.summary))", control: control.observed)
        }
        return CaseResult(
            kase, configuration, outcome: .inconclusive, reason: "its control was not accepted: \(control.summary)",
            control: control.observed)
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
        results[place]?.reason = "void: after this probe the target no longer accepted a valid request"
    }

    /// A recipe may find nothing to change in a body of the user's, and its probe would be judged for what it is not.
    private func unchanged(_ kase: Case) -> String? {
        guard configuration.bodyTemplate != nil, !kase.changes.isEmpty else { return nil }
        let context = deliveries.next()
        return kase.probeRequest(context) == kase.controlRequest(context)
            ? "there is nothing for it to change in the body that was given (--body)" : nil
    }

    /// A refusal says nothing about the endpoint when the path refuses such bytes in valid requests too.
    private func undelivered(_ request: HTTPRequest, _ kase: Case) -> String? {
        guard kase.expectation.decision == .rejected else { return nil }
        for feature in TransportFeature.used(by: request) {
            if case .refused(let how) = transport[feature] {
                return "\(feature.words) does not reach the endpoint: a valid request with it was refused (\(how))"
            }
        }
        return nil
    }

    private func record(_ kase: Case, control: Exchanger.Sent?, probe: Exchanger.Sent?) {
        evidence[kase.id] = RunTiming.Evidence(
            control: control.map { $0.record(environment.redactor) },
            probe: probe.map { $0.record(environment.redactor) },
            message: environment.redactor.text((probe ?? control)?.request.message ?? []))
    }
}

extension Exchanger.Sent {
    /// The request and its answer as text, without secrets.
    func record(_ redactor: Redactor) -> RunTiming.Record {
        let answer: String =
            switch exchange.result {
            case .success(let answer): redactor.text(answer.headBytes, limit: 2048) + redactor.text(answer.body)
            case .failure(let failure): "[\(redactor.text(Array(failure.description.utf8)))]"
            }
        return RunTiming.Record(
            request: redactor.text(request.request.wireBytes), answer: answer, nanoseconds: exchange.total)
    }
}

extension HTTPResponse {
    /// The status line and the header lines, for people.
    fileprivate var headBytes: [UInt8] {
        var bytes = Array("HTTP/1.1 \(status) ".utf8) + reason + [0x0A]
        for field in headers.fields { bytes += field.name + Array(": ".utf8) + field.value + [0x0A] }
        return bytes + [0x0A]
    }
}

extension RunConfiguration {
    /// Gives what a case comes to. A crash is never only worth knowing: it counts as a `should` at least.
    func outcome(of kase: some CaseDescription, impact: Impact?) -> Outcome {
        guard let impact else { return .pass }
        let level = max(kase.level(in: scheme), impact == .crash ? .should : .may)
        if level >= enforced { return .fail }
        return level == .should ? .warn : .note
    }
}

extension CaseResult {
    init(
        _ kase: Case, _ configuration: RunConfiguration, outcome: Outcome, impact: Impact? = nil,
        reason: String? = nil, observed: Observed? = nil, control: Observed? = nil
    ) {
        let expected = Expected(
            observation: kase.expectation.decision.rawValue,
            statuses: kase.expectation.statuses(in: configuration.scheme))
        self.init(
            kase, configuration, expected: expected, changes: kase.changes.words, outcome: outcome, impact: impact,
            reason: reason, observed: observed, control: control)
    }

    init(
        _ scenario: Scenario, _ configuration: RunConfiguration, outcome: Outcome, impact: Impact? = nil,
        reason: String? = nil, observed: Observed? = nil, control: Observed? = nil
    ) {
        self.init(
            scenario, configuration, expected: Expected(observation: scenario.expects.rawValue, statuses: []),
            changes: [], outcome: outcome, impact: impact, reason: reason, observed: observed, control: control)
    }

    private init(
        _ kase: some CaseDescription, _ configuration: RunConfiguration, expected: Expected, changes: [String],
        outcome: Outcome, impact: Impact?, reason: String?, observed: Observed?, control: Observed?
    ) {
        let scheme = configuration.scheme
        self.init(
            id: kase.id, family: kase.family, title: kase.title, level: kase.level(in: scheme),
            severity: kase.severity, cwe: kase.cwe, clauses: scheme.clauses(on: kase.topic), covers: kase.covers,
            outcome: outcome, impact: impact, reason: reason, expected: expected, observed: observed, control: control,
            why: kase.why, fix: kase.fix, changes: changes)
    }
}
