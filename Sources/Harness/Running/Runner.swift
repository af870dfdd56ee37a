internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Diagnosis
internal import Platform
package import ReportModel
internal import Schemes
package import Subjects
internal import Synchronization
internal import Timing
internal import Transport

/// Runs the cases of a plan against a target and reports what it found.
package struct Runner: Sendable {
    private let subject: any Subject
    private let configuration: RunConfiguration
    private let plan: Plan
    private let signals: RunSignals

    /// Creates a runner.
    package init(subject: any Subject, configuration: RunConfiguration, plan: Plan, signals: RunSignals = RunSignals())
    {
        self.subject = subject
        self.configuration = configuration
        self.plan = plan
        self.signals = signals
    }

    /// Runs to the end, or until it is interrupted. The report is complete in its cases either way.
    package func run() -> Report {
        let started = (wall: WallClock.seconds(), monotonic: MonotonicClock.nanoseconds())
        let vectors = configuration.digestsVectors ? VectorDigest(of: configuration.scheme) : nil
        let description = Report.RunDescription(configuration, plan, target: subject.name)
        let environment = RunEnvironment(configuration, subject: subject, signals: signals, runID: description.id)
        let exchanger = environment.exchanger(to: subject)
        let findings = Preflight(
            exchanger: exchanger, deliveries: environment.deliveries, scheme: configuration.scheme,
            environment: environment
        ).run()
        var report = Report(
            complete: true, exit: .inconclusive, run: description, measurements: findings.measurements,
            cause: findings.cause,
            cases: [], record: RunRecord(started: started.wall, nonce: environment.deliveries.nonce))
        report.measurements.documented = Measurements.Documented(configuration.scheme)
        if let reason = signals.reasonToStop {
            report.cause = nil
            report.cases = plan.cases.map { CaseResult($0, configuration, reason: .skipped(reason)) }
        } else if let cause = findings.cause {
            report.cases = plan.cases.map {
                CaseResult($0, configuration, reason: .inconclusive(.notBegun(cause)))
            }
            if let last = findings.last {
                report.record.evidence["preflight"] = RunRecord.Evidence(
                    control: last.record(environment), probe: nil,
                    message: environment.redactor.text(last.request.message))
                if case .validRequest = cause {
                    report.diagnosis = RefusalDiagnosis(exchanger: exchanger, environment: environment).run(after: last)
                }
            }
        } else if !plan.cases.isEmpty, let accepted = findings.last {
            runCases(environment, exchanger, after: accepted, into: &report)
        }
        if !plan.cases.isEmpty {
            report.add(environment.refusalHabit, environment)
            report.add(environment.disclosures, environment)
            report.add(environment.outages, plan, environment)
        }
        if configuration.namesCauses, report.diagnosis.isEmpty {
            report.diagnosis = diagnose(report, environment, exchanger)
        }
        if environment.pace.wasLimited { report.run.remarks.append(.rateLimited) }
        if environment.steadiness.isOutOfStep { report.run.remarks.append(.connectionOutOfStep) }
        if !findings.dateRunsAlong { report.run.remarks.append(.dateNotAccelerated) }
        report.run.vectors = vectors?.text ?? ""
        report.complete = signals.doubt == nil
        if signals.doubt == .outOfTime { report.cause = .outOfTime }
        let timed = report.measurements.comparisons.values.reduce(0) { $0 + $1.rig.requests }
        report.record.exchanges = environment.pace.requests + timed
        report.record.nanoseconds = MonotonicClock.nanoseconds() - started.monotonic
        report.conclude()
        return report
    }

    /// Scenarios run on threads of their own, beside the lanes: while one waits, everything else goes on.
    private func runCases(
        _ environment: RunEnvironment, _ exchanger: Exchanger, after accepted: Exchanger.Sent, into report: inout Report
    ) {
        let scenarios = ScenarioRunner(environment, plan.scenarios)
        let isSequential = environment.clock.waiting == .skips || plan.scenarios.isEmpty
        // Before scenarios begin, which count effects and must see none of these requests'.
        let count = configuration.lanes ?? LaneCount(environment: environment).measured(after: accepted)
        let thread = isSequential ? nil : WorkerThread { scenarios.run() }
        let lanes = runLanes(environment, first: exchanger, count, report.measurements.transport)
        report.measurements.transport.merge(environment.deliverability.known) { first, _ in first }
        for lane in lanes { report.record.evidence.merge(lane.evidence) { first, _ in first } }
        if configuration.scheme.freshness != nil, signals.doubt == nil, configuration.profile > .smoke {
            report.measurements.window = environment.traffic.together {
                WindowMeasurement(exchanger: exchanger, deliveries: environment.deliveries).measure()
            }
            // A run that ended meanwhile did not try.
            if signals.doubt == nil { report.measurements.checkWindow(of: configuration.scheme) }
        }
        if let thread { thread.join() } else { scenarios.run() }
        let results = scenarios.complete(&report)
        report.cases = plan.cases.indices.compactMap { place in
            lanes.lazy.compactMap { $0.results[place] }.first ?? results[place]
        }
        for (quantity, need, isMeasured) in [
            (Measurements.Quantity.grace, Requirement.grace, report.measurements.grace != nil),
            (.memory, .replayWindow, report.measurements.memory != nil),
        ] where !isMeasured {
            let wasTried = zip(plan.cases, report.cases).contains { testCase, result in
                testCase.waits(in: configuration.scheme) > 0 && testCase.needs.contains(need)
                    && result.outcome != .skipped
            }
            if wasTried { report.measurements.failed.insert(quantity) }
        }
        let effects = scenarios.effects(after: lanes.flatMap { $0.sentIDs.values.map(\.control) })
        if let effects {
            let sent = lanes.map(\.sentIDs).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
            report.judge(byEffects: effects, of: sent, scenarios.lastIDs, environment)
        }
        if let (unsteadiness, sent) = environment.steadiness.finding(by: effects) {
            report.add(unsteadiness, shownBy: sent, environment)
        }
    }

    /// Cases are dealt out to the lanes in an order drawn from the seed, so that no case depends on another.
    private func runLanes(
        _ environment: RunEnvironment, first exchanger: Exchanger, _ count: Int,
        _ transport: [TransportFeature: Measurements.Delivery]
    ) -> [LaneFindings] {
        var circumstances = configuration.circumstances
        for case (let feature, .refused(let observed)) in transport { circumstances.undelivered[feature] = observed }
        var generator = SeededGenerator(seed: configuration.seed)
        let order = plan.probes.shuffled(using: &generator)
        let count = max(1, min(count, order.count))
        let shares = (0..<count).map { lane in
            stride(from: lane, to: order.count, by: count).map { order[$0] }
        }
        let found = Mutex<[LaneFindings]>([])
        let settled = circumstances
        let runShare: @Sendable (Int, Exchanger?) -> Void = { share, exchanger in
            let lane = LaneRunner(
                environment, exchanger: exchanger ?? environment.exchanger(to: environment.subject),
                circumstances: settled, lane: share)
            lane.run(shares[share])
            let findings = LaneFindings(results: lane.results, evidence: lane.evidence, sentIDs: lane.sentIDs)
            found.withLock { $0.append(findings) }
        }
        var threads = [(thread: WorkerThread?, share: Int)]()
        for share in shares.indices.dropFirst() { threads.append((WorkerThread { runShare(share, nil) }, share)) }
        runShare(0, exchanger)
        for (thread, share) in threads {
            // When the system gives no thread, the share is run here.
            if let thread { thread.join() } else { runShare(share, nil) }
        }
        return found.withLock { $0 }
    }

    /// Names the causes of the findings. Where several fit equally well, the few cases on which they differ are run, if
    /// the plan did not have them; what they find is no result of the run.
    private func diagnose(_ report: Report, _ environment: RunEnvironment, _ exchanger: Exchanger) -> [Diagnosis] {
        let matcher = CauseMatcher()
        let telling = matcher.tellingCases(for: report).compactMap(Catalogue.named)
        let known = Set(report.cases.map(\.id))
        let probes = telling.enumerated().compactMap { place, testCase in
            // Each has a place beyond those of the plan, by which an outage knows it.
            testCase.probe.map { (place: plan.cases.count + place, testCase: testCase, probe: $0) }
        }.filter { !known.contains($0.testCase.id) }
        guard !probes.isEmpty, signals.doubt == nil, !environment.outages.isFinal else {
            return matcher.causes(of: report)
        }
        var circumstances = configuration.circumstances
        for case (let feature, .refused(let observed)) in report.measurements.transport {
            circumstances.undelivered[feature] = observed
        }
        let lane = LaneRunner(
            environment, exchanger: exchanger, circumstances: circumstances, lane: Self.tellingLane)
        lane.run(probes)
        var whole = report
        whole.cases += lane.results.sorted { $0.key < $1.key }.map(\.value)
        return matcher.causes(of: whole).map { diagnosis in
            var diagnosis = diagnosis
            diagnosis.explains.removeAll { !known.contains($0) }
            diagnosis.contradicts.removeAll { !known.contains($0) }
            return diagnosis
        }
    }

    /// The number of the lane of telling cases; those of a run are fewer.
    private static let tellingLane = 64

    private struct LaneFindings: Sendable {
        let results: [Int: CaseResult]
        let evidence: [String: RunRecord.Evidence]
        let sentIDs: [Int: SentIDs]
    }
}
