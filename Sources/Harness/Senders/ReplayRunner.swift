internal import Catalogue
internal import Platform
package import ReportModel
internal import Schemes
package import Subjects

/// Judges recorded traffic, offline: every case that needs no answer of its own choice.
package struct ReplayRunner: Sendable {
    private let traffic: RecordedTraffic
    private let name: String
    private let configuration: RunConfiguration
    private let plan: Plan
    private let signals: RunSignals
    private let judge: SenderJudge

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - name: what the traffic is, in reports.
    ///   - speed: how many seconds of the sender's schedule passed in one of ours.
    package init(
        traffic: RecordedTraffic, name: String, speed: Double = 1, configuration: RunConfiguration, plan: Plan,
        signals: RunSignals = RunSignals()
    ) {
        self.traffic = traffic
        self.name = name
        self.configuration = configuration
        self.plan = plan
        self.signals = signals
        judge = SenderJudge(configuration, configuration.makeRedactor(), pace: SenderPace(schedule: speed))
    }

    private struct Result {
        var result: CaseResult
        var evidence: RunRecord.Evidence?
    }

    /// Runs to the end, or until it is interrupted.
    package func run() -> Report {
        let started = (wall: WallClock.seconds(), monotonic: MonotonicClock.nanoseconds())
        var report = Report(
            complete: true, exit: .inconclusive, run: .init(configuration, plan, target: name),
            measurements: Measurements(), cause: nil, cases: [], record: RunRecord(started: started.wall))
        report.run.remarks.append(
            .recorded(
                requests: traffic.requests.count, leftOut: traffic.leftOut,
                bytesLost: traffic.requests.count(where: \.hasLostBytes)))
        if traffic.requests.isEmpty {
            let cause = Cause.noDelivery("the recording has no request that could be a delivery")
            report.cause = cause
            report.cases = plan.cases.map { CaseResult($0, configuration, reason: .inconclusive(.notBegun(cause))) }
        } else {
            let deliveries = RecordedDeliveries(traffic.requests, scheme: configuration.scheme)
            let control = judge.observed(self.control)
            for testCase in plan.cases {
                let found = result(of: testCase, deliveries, control)
                report.cases.append(found.result)
                report.record.evidence[testCase.id] = found.evidence
                signals.caseIsDone(failed: found.result.outcome == .fail)
            }
        }
        report.complete = !signals.isInterrupted
        report.record.nanoseconds = MonotonicClock.nanoseconds() - started.monotonic
        report.conclude()
        return report
    }

    /// The first request that verifies, or the first.
    private var control: Arrival {
        (traffic.requests.first { judge.check.verdict(on: $0.arrival).isAccepted } ?? traffic.requests[0]).arrival
    }

    /// What a case looks at in one go.
    private struct Sight {
        /// The attempts at each delivery.
        var deliveries: [[RecordedTraffic.Request]]
        /// What precedes a finding.
        var place = ""

        var hasLostBytes: Bool { deliveries.contains { $0.contains(where: \.hasLostBytes) } }
    }

    private func result(
        of testCase: Case, _ deliveries: RecordedDeliveries, _ control: CaseResult.Observed
    ) -> Result {
        func without(_ reason: Reason) -> Result {
            Result(result: CaseResult(testCase, configuration, reason: reason, control: control))
        }
        guard let procedure = testCase.procedure.sender else {
            return without(.skipped(.notApplicable(configuration.scheme.id)))
        }
        if procedure.replay == .needsStagedAnswer { return without(.skipped(.needsStagedAnswer)) }
        if let reason = signals.reasonToStop ?? testCase.reasonToSkip(in: configuration.circumstances) {
            return without(.skipped(reason))
        }
        let sights: [Sight]
        switch procedure.replay {
        case .needsStagedAnswer: return without(.skipped(.needsStagedAnswer))
        case .requests:
            let count = traffic.requests.count
            sights = traffic.requests.enumerated().map {
                Sight(deliveries: [[$0.element]], place: count > 1 ? "request \($0.offset + 1) of \(count): " : "")
            }
        case .events:
            guard deliveries.list.count > 1 else { return without(.skipped(.notRecorded(.twoEvents))) }
            let whole = deliveries.list.indices.filter { !deliveries.list[$0].contains(where: \.hasLostBytes) }
            let (first, second) = deliveries.sameID ?? (whole.count > 1 ? (whole[0], whole[1]) : (0, 1))
            sights = [Sight(deliveries: [deliveries.list[first], deliveries.list[second]])]
        case .attempts(let least):
            sights = deliveries.list.filter { $0.count >= least }.map { Sight(deliveries: [$0]) }
            guard !sights.isEmpty else { return without(.skipped(.notRecorded(.attempts))) }
        case .failedAttempts(let least):
            let rule = configuration.scheme.deliveryOrDefault
            sights = deliveries.list.filter { attempts in
                attempts.count >= least
                    && attempts.dropLast().allSatisfy { RecordedDeliveries.failed($0.arrival.answer, rule) }
            }.map { Sight(deliveries: [$0]) }
            guard !sights.isEmpty else { return without(.skipped(.notRecorded(.failedAttempts))) }
        }
        return result(of: testCase, procedure, sights, control)
    }

    /// Looks at everything: a finding outranks what could not be judged, and that a pass.
    private func result(
        of testCase: Case, _ procedure: SenderProcedure, _ sights: [Sight], _ control: CaseResult.Observed
    ) -> Result {
        func result(_ impact: Impact?, _ reason: Reason?, _ sight: Sight) -> Result {
            let seen = sight.deliveries.map { SenderJudge.Delivery(attempts: $0.map(\.arrival)) }
            let result = CaseResult(
                testCase, configuration, impact: impact, reason: reason, observed: judge.observed(seen[0].attempts[0]),
                control: control)
            return Result(result: result, evidence: judge.evidence(seen, isPass: result.outcome == .pass))
        }
        var doubtful: Result?
        var lossy: Result?
        var passed: Result?
        for sight in sights {
            if let reason = signals.reasonToStop {
                return Result(result: CaseResult(testCase, configuration, reason: .skipped(reason), control: control))
            }
            let seen = sight.deliveries.map { SenderJudge.Delivery(attempts: $0.map(\.arrival)) }
            let (impact, reason) = judge.judgement(procedure, seen)
            switch (impact, reason) {
            case (let impact?, .finding(let words)) where !sight.hasLostBytes:
                return result(impact, .finding(sight.place + words), sight)
            case (_, .some) where sight.hasLostBytes: lossy = lossy ?? result(nil, .inconclusive(.bytesLost), sight)
            case (_, let reason?): doubtful = doubtful ?? result(nil, reason, sight)
            case (_, nil): passed = passed ?? result(nil, nil, sight)
            }
        }
        if let doubtful, doubtful.result.outcome == .inconclusive { return doubtful }
        return passed ?? doubtful ?? lossy
            ?? Result(result: CaseResult(testCase, configuration, reason: .skipped(.notRecorded(.attempts))))
    }
}
