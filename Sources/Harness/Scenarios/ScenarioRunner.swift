internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// Runs the scenarios of a plan on one timeline; those that wait do so concurrently, unless waits are skipped.
final class ScenarioRunner: Sendable {
    typealias Planned = (place: Int, testCase: Case, scenario: Scenario)

    private struct Findings {
        var results: [Int: CaseResult] = [:]
        var evidence: [String: RunRecord.Evidence] = [:]
        var remarks: [Remark] = []
        /// The id of the last request of each scenario that was judged by answers alone.
        var lastIDs: [Int: [UInt8]] = [:]
        /// The record of the rotation, which the cases about it only read.
        var rotation: [String] = []
    }

    private let environment: RunEnvironment
    private let coordinator: ScenarioCoordinator
    private let scenarios: [Planned]
    private let found = Mutex(Findings())

    /// How often a scenario is tried that the target did not live through.
    private static let attemptsInOutages = 8
    /// As for probes: a rejection comes at once, so a target that answers at random gets many chances.
    private static let attemptsWhileRefused = 12

    init(_ environment: RunEnvironment, _ scenarios: [Planned]) {
        self.environment = environment
        self.scenarios = scenarios
        coordinator = ScenarioCoordinator(environment)
    }

    private var configuration: RunConfiguration { environment.configuration }

    /// Runs them all. Call it once.
    func run() {
        let circumstances = configuration.circumstances
        let runnable = scenarios.filter { planned in
            guard let reason = planned.testCase.reasonToSkip(in: circumstances) else { return true }
            finish(planned, CaseResult(planned.testCase, configuration, reason: .skipped(reason)))
            return false
        }
        let rotates = runnable.contains(where: Self.needsRotation)
        let isSequential = environment.clock.waiting == .skips
        let rotation = rotates && !isSequential ? WorkerThread { [self] in rotate(runnable) } : nil
        // Without a thread, the rotation is over before anything else begins.
        if !rotates { coordinator.rotation.isNotComing() } else if rotation == nil { rotate(runnable) }
        let slow = isSequential ? [] : runnable.filter { waits($0) }
        let threads = slow.map { planned in
            WorkerThread { [self] in
                // A signature that is kept for long must not use a secret that is about to be replaced.
                coordinator.rotation.waitUntilReplaced()
                run(planned)
            }
        }
        for planned in runnable where isSequential || !waits(planned) { run(planned) }
        for (thread, planned) in zip(threads, slow) {
            if let thread { thread.join() } else { run(planned) }
        }
        rotation?.join()
        let left = coordinator.cleanUp()
        found.withLock { findings in
            findings.remarks += left.map { .notRemoved(safe($0)) }
            let replacements = coordinator.rotation.replacements
            if replacements > 0 { findings.remarks.append(.secretReplaced(times: replacements)) }
        }
    }

    /// Adds everything but results to the report, and returns the results by their place in the plan.
    func complete(_ report: inout Report) -> [Int: CaseResult] {
        var findings = found.withLock { $0 }
        for planned in scenarios where Self.needsRotation(planned) {
            findings.evidence[planned.testCase.id]?.steps += findings.rotation
        }
        report.record.evidence.merge(findings.evidence) { first, _ in first }
        report.run.remarks += findings.remarks
        report.measurements.memory = coordinator.measuredMemory
        report.measurements.comparisons = coordinator.measuredComparisons
        report.measurements.grace = coordinator.rotation.known?.grace.map(Measurements.Grace.init(between:))
        return findings.results
    }

    /// The id of the last request of each scenario that was judged by answers alone, by its place in the plan.
    var lastIDs: [Int: [UInt8]] { found.withLock { $0.lastIDs } }

    /// Returns the ids of all deliveries to the target that took effect; `nil` when they can't be seen one by one.
    ///
    /// - Parameter ids: those of some valid requests, whose effects are awaited.
    func effects(after ids: [[UInt8]]) -> Set<[UInt8]>? {
        guard configuration.payload.hasEffect, configuration.scheme.eventID != nil, environment.signals.doubt == nil
        else { return nil }
        let watch = coordinator.watch(of: Bridge(name: "the target", path: environment.subject.path), isMain: true)
        return watch?.ids(after: ids)
    }

    private static func needsRotation(_ planned: Planned) -> Bool { planned.testCase.needs.contains(.given(.rotation)) }

    private func waits(_ planned: Planned) -> Bool { planned.scenario.waits(configuration.scheme) > 0 }

    private func rotate(_ runnable: [Planned]) {
        let waits = runnable.contains { Self.needsRotation($0) && self.waits($0) }
        let session = LiveSession(environment, coordinator, name: "the rotation")
        coordinator.rotation.run(session, coordinator, waits: waits)
        found.withLock { $0.rotation = session.steps }
    }

    private func run(_ planned: Planned) {
        if let reason = environment.signals.reasonToStop {
            return finish(planned, CaseResult(planned.testCase, configuration, reason: .skipped(reason)))
        }
        var (ending, session) = attempt(planned)
        // A scenario that waited for minutes is not repeated.
        guard !waits(planned) else { return finish(planned, ending, session) }
        var attempts = 1
        while wasInOutage(ending, session), attempts < Self.attemptsInOutages,
            !environment.outages.hasEnded(by: planned.place)
        {
            (ending, session) = attempt(planned)
            attempts += 1
        }
        if environment.outages.hasEnded(by: planned.place) { return finish(planned, ending, session) }
        var refused: Exchanger.Sent?
        for _ in 1..<Self.attemptsWhileRefused where ending.isRefusedControl {
            refused = refused ?? session.last
            (ending, session) = attempt(planned)
        }
        if let refused, !ending.isRefusedControl { environment.steadiness.refusedAtFirst(refused) }
        if case .finding(let finding) = ending, session.hasCounted || finding.impact.needsSecondLook {
            // Other traffic may have been counted, or luck may have been bad. A real fault shows again.
            let (second, again) = attempt(planned)
            guard case .finding = second else { return finish(planned, .doubt(.notRepeated(finding.text)), again) }
        }
        finish(planned, ending, session)
    }

    /// How one attempt at a scenario ended.
    private enum Ending {
        case met
        case finding(Finding)
        case skip(SkipReason)
        case refusedControl(String)
        case doubt(Doubt)

        init(_ body: () throws -> Void) {
            do {
                try body()
                self = .met
            } catch let finding as Finding {
                self = .finding(finding)
            } catch let obstacle as Obstacle {
                switch obstacle.kind {
                case .skip(let reason): self = .skip(reason)
                case .refusedControl(let reason): self = .refusedControl(reason)
                case .doubt(let doubt): self = .doubt(doubt)
                }
            } catch {
                self = .doubt(.obstacle("\(error)"))
            }
        }

        /// Whether the target did not answer properly, for what reason ever.
        var isOutage: Bool {
            switch self {
            case .finding(let finding): finding.impact == .crash
            case .doubt(.notReached), .doubt(.obstacle): true
            case .met, .skip, .refusedControl, .doubt: false
            }
        }

        var isRefusedControl: Bool { if case .refusedControl = self { true } else { false } }
    }

    private func attempt(_ planned: Planned) -> (Ending, LiveSession) {
        let session = LiveSession(
            environment, coordinator, name: planned.testCase.id, place: planned.place)
        let ending = coordinator.inTurn { Ending { try planned.scenario.run(session) } }
        return (ending, session)
    }

    /// Whether the target was gone during an attempt; if it still is, it is awaited.
    private func wasInOutage(_ ending: Ending, _ session: LiveSession) -> Bool {
        let outages = environment.outages
        if outages.count == session.outagesBefore {
            guard ending.isOutage else { return false }
            // These wait while another thread looks into an outage, which counts it.
            if plainRequest.isMissing, plainRequest.isMissing {
                return outages.investigate(since: session.outagesBefore, environment)
            }
        }
        return outages.count != session.outagesBefore && !outages.isFinal
    }

    private var plainRequest: Exchanger.Sent {
        environment.exchanger(to: environment.subject).send(Draft(environment.deliveries.next()).signedRequest())
    }

    /// A valid request that is rejected while others are accepted is the target's failure; if none is accepted, nothing
    /// can be judged. Probes are judged in the same way.
    private func settled(_ ending: Ending) -> Ending {
        if let doubt = environment.signals.doubt {
            switch ending {
            case .refusedControl, .doubt: return .doubt(doubt)
            case .finding(let finding) where finding.impact.needsSecondLook: return .doubt(doubt)
            default: return ending
            }
        }
        return switch ending {
        case .refusedControl(let reason):
            acceptsPlainRequest ? .finding(Finding(.refusal, reason)) : .doubt(.obstacle(reason))
        // A target that has locked its sender out, or is gone, does the same to whatever comes next.
        case .finding(let finding) where finding.impact.needsSecondLook && !acceptsPlainRequest: .doubt(.void)
        default: ending
        }
    }

    /// Whether the target accepts a plain valid request now.
    private var acceptsPlainRequest: Bool {
        let exchanger = environment.exchanger(to: environment.subject)
        return (0..<Self.attemptsWhileRefused).contains { _ in
            exchanger.send(Draft(environment.deliveries.next()).signedRequest()).isAccepted
        }
    }

    private func finish(_ planned: Planned, _ ending: Ending, _ session: LiveSession) {
        var impact: Impact?
        var reason: Reason?
        switch settled(ending) {
        case .met: break
        case .finding(let finding):
            impact = finding.impact
            reason = .finding(safe(finding.text))
        case .skip(let skip): reason = .skipped(safe(skip))
        case .refusedControl(let text): reason = .inconclusive(.obstacle(safe(text)))
        case .doubt(let doubt): reason = .inconclusive(safe(doubt))
        }
        let result = CaseResult(
            planned.testCase, configuration, impact: impact, reason: reason, observed: session.last?.summary,
            control: session.control?.summary)
        if !session.hasCounted, let last = session.last {
            found.withLock { $0.lastIDs[planned.place] = last.request.eventID }
        }
        if result.outcome != .skipped, configuration.keepsEvidence {
            // The steps of a scenario are worth reading even when it passed; the bytes of its last request are not.
            let last = result.outcome == .pass ? nil : session.last
            let evidence = RunRecord.Evidence(
                control: nil, probe: last?.record(environment),
                message: environment.redactor.text(last?.request.message ?? []), steps: session.steps)
            found.withLock { $0.evidence[planned.testCase.id] = evidence }
        }
        finish(planned, result)
    }

    /// Makes words safe to report. They may quote the target, which may send secrets or any amount of text.
    private func safe(_ words: String) -> String { environment.redactor.text(Array(words.utf8), limit: 400) }

    private func safe(_ reason: SkipReason) -> SkipReason {
        if case .moot(let words) = reason { .moot(safe(words)) } else { reason }
    }

    private func safe(_ doubt: Doubt) -> Doubt {
        switch doubt {
        case .obstacle(let words): .obstacle(safe(words))
        case .notRepeated(let words): .notRepeated(safe(words))
        default: doubt
        }
    }

    private func finish(_ planned: Planned, _ result: CaseResult) {
        found.withLock { $0.results[planned.place] = result }
        environment.signals.caseIsDone(failed: environment.configuration.fails(result))
    }
}

extension Impact {
    /// Whether bad luck can look like it. What was accepted, or revealed, was so once and for all.
    fileprivate var needsSecondLook: Bool {
        switch self {
        case .refusal, .crash, .contract, .loss: true
        case .forgery, .leak: false
        }
    }
}
