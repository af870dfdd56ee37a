internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Platform
package import ReportModel
internal import Schemes
package import Subjects
internal import Synchronization
internal import Transport

/// Runs the cases of a plan against a target and reports what it found.
package struct Runner: Sendable {
    private let target: any Target
    private let configuration: RunConfiguration
    private let plan: Plan
    private let signals: RunSignals

    /// Creates a runner.
    package init(target: any Target, configuration: RunConfiguration, plan: Plan, signals: RunSignals = RunSignals()) {
        self.target = target
        self.configuration = configuration
        self.plan = plan
        self.signals = signals
    }

    /// Runs to the end, or until it is interrupted. The report is complete in its cases either way.
    package func run() -> Report {
        let started = (wall: WallClock.seconds(), monotonic: MonotonicClock.nanoseconds())
        let vectors = configuration.digestsVectors ? VectorDigest(of: configuration.scheme) : nil
        let description = describeRun()
        let environment = RunEnvironment(configuration, target: target, signals: signals, runID: description.id)
        let exchanger = environment.exchanger(to: target)
        let findings = Preflight(
            exchanger: exchanger, deliveries: environment.deliveries, clock: environment.clock
        ).run()
        var report = Report(
            complete: true, exit: 0, run: description, measurements: findings.measurements, cause: findings.obstacle,
            cases: [], timing: RunTiming(started: started.wall, nonce: environment.deliveries.nonce))
        if let obstacle = findings.obstacle {
            let reason = "not sent: \(obstacle)"
            report.cases =
                plan.cases.map { CaseResult($0, configuration, outcome: .inconclusive, reason: reason) }
                + plan.scenarios.map { CaseResult($0, configuration, outcome: .inconclusive, reason: reason) }
            if let last = findings.last {
                report.timing.evidence["preflight"] = RunTiming.Evidence(
                    control: last.record(environment.redactor), probe: nil,
                    message: environment.redactor.text(last.request.message))
            }
        } else {
            runCases(environment, exchanger, into: &report)
        }
        report.run.vectors = vectors?.text ?? ""
        report.complete = !signals.isInterrupted
        report.timing.exchanges = environment.pace.requests
        report.timing.nanoseconds = MonotonicClock.nanoseconds() - started.monotonic
        report.conclude()
        return report
    }

    /// Scenarios play on threads of their own, beside the lanes: what waits there stops nobody here.
    private func runCases(_ environment: RunEnvironment, _ exchanger: Exchanger, into report: inout Report) {
        let scenarios = ScenarioRunner(environment, scenarios: plan.scenarios)
        let thread = plan.scenarios.isEmpty ? nil : WorkerThread { scenarios.run() }
        let lanes = runLanes(environment, first: exchanger, report.measurements.transport)
        report.cases = plan.cases.indices.compactMap { place in lanes.compactMap { $0.results[place] }.first }
        for lane in lanes { report.timing.evidence.merge(lane.evidence) { first, _ in first } }
        if configuration.scheme.freshness != nil, !signals.isInterrupted, configuration.profile > .smoke {
            report.measurements.window = environment.traffic.together {
                WindowMeasurement(exchanger: exchanger, deliveries: environment.deliveries).measure()
            }
        }
        if let thread { thread.join() } else { scenarios.run() }
        scenarios.complete(&report)
    }

    /// Cases are dealt out to the lanes in an order drawn from the seed, so that no case leans on another.
    private func runLanes(
        _ environment: RunEnvironment, first exchanger: Exchanger,
        _ transport: [TransportFeature: Measurements.Delivery]
    ) -> [LaneFindings] {
        var generator = SeededGenerator(seed: configuration.seed)
        let order = plan.cases.enumerated().map { (place: $0.offset, kase: $0.element) }.shuffled(using: &generator)
        let count = max(1, min(configuration.lanes, order.count))
        let hands = (0..<count).map { lane in
            stride(from: lane, to: order.count, by: count).map { order[$0] }
        }
        let found = Mutex<[LaneFindings]>([])
        let runHand: @Sendable (Int, Exchanger?) -> Void = { hand, exchanger in
            let lane = LaneRunner(
                environment, exchanger: exchanger ?? environment.exchanger(to: environment.target),
                transport: transport)
            lane.run(hands[hand])
            let findings = LaneFindings(results: lane.results, evidence: lane.evidence)
            found.withLock { $0.append(findings) }
        }
        var threads = [(thread: WorkerThread?, hand: Int)]()
        for hand in hands.indices.dropFirst() { threads.append((WorkerThread { runHand(hand, nil) }, hand)) }
        runHand(0, exchanger)
        for (thread, hand) in threads {
            // Without a thread to be had, the hand is played here.
            if let thread { thread.join() } else { runHand(hand, nil) }
        }
        return found.withLock { $0 }
    }

    private struct LaneFindings: Sendable {
        let results: [Int: CaseResult]
        let evidence: [String: RunTiming.Evidence]
    }

    private func describeRun() -> Report.RunDescription {
        let inputs = [
            configuration.scheme.id, configuration.payload.id, target.name, configuration.scope.rawValue,
            configuration.enforced.rawValue, configuration.profile.rawValue, String(configuration.seed),
            plan.ids.joined(separator: " "),
        ]
        let digest = HashFunction.sha256.digest(Array(inputs.joined(separator: "\n").utf8))
        return Report.RunDescription(
            id: Hex.string(digest.prefix(6)), scheme: configuration.scheme.id, payload: configuration.payload.id,
            target: target.name, level: configuration.scope.rawValue, enforce: configuration.enforced.rawValue,
            profile: configuration.profile, seed: configuration.seed, vectors: "", remarks: configuration.remarks)
    }
}

extension Report {
    /// Counts the results and settles the exit code: 3 goes before 1, and 0 needs a discriminating pass.
    mutating func conclude() {
        summary = Summary(cases)
        if cases.isEmpty, cause == nil { cause = "no case was selected" }
        if !complete {
            exit = 130
        } else if summary.inconclusive > 0 || cause != nil {
            exit = 3
        } else if summary.failed > 0 {
            exit = 1
        } else if summary.discriminating == 0 {
            cause = "no case showed that the target refuses anything"
            exit = 3
        } else {
            exit = 0
        }
    }
}
