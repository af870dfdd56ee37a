package import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// Plays the scenarios of a plan on one timeline: what waits, waits beside everything else.
final class ScenarioRunner: Sendable {
    private struct Findings {
        var results: [String: CaseResult] = [:]
        var evidence: [String: RunTiming.Evidence] = [:]
        var remarks: [String] = []
        /// What the rotation did, which the cases about it only read.
        var rotation: [String] = []
    }

    private let environment: RunEnvironment
    private let company: ScenarioCompany
    private let scenarios: [Scenario]
    private let found = Mutex(Findings())

    /// As in the cases of one probe: a refusal comes at once, so a target that answers at random is given many chances.
    private static let attemptsWhileRefused = 12

    init(_ environment: RunEnvironment, scenarios: [Scenario]) {
        self.environment = environment
        self.scenarios = scenarios
        company = ScenarioCompany(environment)
    }

    private var configuration: RunConfiguration { environment.configuration }

    /// Plays them all. To be called once.
    func run() {
        let playable = scenarios.filter { scenario in
            guard let reason = configuration.reasonToSkip(scenario) else { return true }
            finish(scenario, CaseResult(scenario, configuration, outcome: .skipped, reason: reason))
            return false
        }
        let rotates = playable.contains { $0.facilities.contains(.rotation) }
        let rotation = rotates ? WorkerThread { [self] in rotate(playable) } : nil
        if rotates, rotation == nil || configuration.facilities.rotation == nil { company.rotation.isNotComing() }
        if !rotates { company.rotation.isNotComing() }
        let slow = playable.filter { $0.waits(configuration.scheme) > 0 }
        let threads = slow.map { scenario in
            WorkerThread { [self] in
                // A signature that is held for long must not be made under a secret that is about to be replaced.
                company.rotation.waitUntilReplaced()
                play(scenario)
            }
        }
        for scenario in playable where scenario.waits(configuration.scheme) == 0 { play(scenario) }
        for (thread, scenario) in zip(threads, slow) {
            if let thread { thread.join() } else { play(scenario) }
        }
        rotation?.join()
        let left = company.cleanup.run(company.administer)
        found.withLock { findings in
            findings.remarks += left.map { "\(safe($0)), made for a test, could not be removed: remove it by hand" }
            let replacements = company.rotation.replacements
            if replacements > 0 {
                findings.remarks.append(
                    "The target's secret was replaced, \(replacements == 1 ? "once" : "twice"): "
                        + "the one given for this run is no longer good.")
            }
        }
    }

    /// Puts everything into the report.
    func complete(_ report: inout Report) {
        var findings = found.withLock { $0 }
        for scenario in scenarios where scenario.facilities.contains(.rotation) {
            findings.evidence[scenario.id]?.steps += findings.rotation
        }
        report.cases += scenarios.compactMap { findings.results[$0.id] }
        report.timing.evidence.merge(findings.evidence) { first, _ in first }
        report.run.remarks += findings.remarks
        report.measurements.memory = company.measuredMemory
        report.measurements.grace = company.rotation.known?.grace.map(Measurements.Grace.init(between:))
    }

    private func rotate(_ playable: [Scenario]) {
        let waits = playable.contains { $0.facilities.contains(.rotation) && $0.waits(configuration.scheme) > 0 }
        let stage = LiveStage(environment, company, name: "the rotation")
        company.rotation.run(stage, company, waits: waits)
        found.withLock { $0.rotation = stage.steps }
    }

    private func play(_ scenario: Scenario) {
        if let reason = environment.signals.reasonToStop {
            return finish(scenario, CaseResult(scenario, configuration, outcome: .skipped, reason: reason))
        }
        var (result, stage) = attempt(scenario)
        // Whatever waited for minutes is not done twice.
        guard scenario.waits(configuration.scheme) == 0 else { return finish(scenario, result, stage) }
        for _ in 1..<Self.attemptsWhileRefused where result.obstacle?.kind == .refusedControl {
            (result, stage) = attempt(scenario)
        }
        if case .failure(let finding as Finding) = result, stage.hasCounted {
            // Somebody else's requests may have been counted. What the target does wrong, it does again.
            let (second, again) = attempt(scenario)
            if !second.isFinding {
                return finish(scenario, .failure(Obstacle("seen once and not again: \(finding.text)")), again)
            }
        }
        finish(scenario, result, stage)
    }

    private func attempt(_ scenario: Scenario) -> (Result<Void, any Error>, LiveStage) {
        let stage = LiveStage(environment, company, name: scenario.id)
        let result = company.inTurn { Result { try scenario.play(stage) } }
        return (result, stage)
    }

    /// A valid request that is refused while others are accepted is a failure of the target's; while none is, nothing
    /// can be told. The cases of one probe are judged alike.
    private func refusalOrMishap(_ result: Result<Void, any Error>) -> Result<Void, any Error> {
        guard let obstacle = result.obstacle, obstacle.kind == .refusedControl else { return result }
        let exchanger = environment.exchanger(to: environment.target)
        for _ in 0..<Self.attemptsWhileRefused {
            let plain = Draft(environment.deliveries.next()).signedRequest()
            if exchanger.send(plain).isAccepted { return .failure(Finding(.refusal, obstacle.reason)) }
        }
        return .failure(Obstacle(obstacle.reason))
    }

    private func finish(_ scenario: Scenario, _ result: Result<Void, any Error>, _ stage: LiveStage) {
        var outcome = Outcome.pass
        var impact: Impact?
        var reason: String?
        switch refusalOrMishap(result) {
        case .success: break
        case .failure(let finding as Finding):
            impact = finding.impact
            reason = safe(finding.text)
            outcome = configuration.outcome(of: scenario, impact: impact)
        case .failure(let obstacle as Obstacle):
            outcome = obstacle.kind == .notGiven ? .skipped : .inconclusive
            reason = safe(obstacle.reason)
        case .failure(let error):
            outcome = .inconclusive
            reason = "\(error)"
        }
        if outcome != .skipped {
            // What a case of several requests did is worth reading when it passed, too; the bytes of its last one are not.
            let last = outcome == .pass ? nil : stage.last
            let evidence = RunTiming.Evidence(
                control: nil, probe: last?.record(environment.redactor),
                message: environment.redactor.text(last?.request.message ?? []), steps: stage.steps)
            found.withLock { $0.evidence[scenario.id] = evidence }
        }
        finish(
            scenario,
            CaseResult(
                scenario, configuration, outcome: outcome, impact: impact, reason: reason,
                observed: stage.last?.observed, control: stage.control?.observed))
    }

    /// A reason may quote the target, which may say anything: a secret, or a book.
    private func safe(_ reason: String) -> String { environment.redactor.text(Array(reason.utf8), limit: 400) }

    private func finish(_ scenario: Scenario, _ result: CaseResult) {
        found.withLock { $0.results[scenario.id] = result }
        environment.signals.caseIsDone(failed: result.outcome == .fail)
    }
}

extension Result<Void, any Error> {
    fileprivate var obstacle: Obstacle? {
        if case .failure(let obstacle as Obstacle) = self { obstacle } else { nil }
    }

    fileprivate var isFinding: Bool {
        if case .failure(is Finding) = self { true } else { false }
    }
}

extension RunConfiguration {
    /// Why a scenario is not played; `nil` when it is.
    package func reasonToSkip(_ scenario: Scenario) -> String? {
        if let missing = scenario.facilities.first(where: { !facilities.has($0) }) { return "needs \(missing.options)" }
        let seconds = scenario.waits(scheme)
        if seconds > RotationWatch.longest { return "the document's time of \(seconds) s is longer than a run waits" }
        if seconds > 0, facilities.skipsSlow { return "waits \(seconds) s (--skip-slow)" }
        return nil
    }
}
