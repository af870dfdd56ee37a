internal import Catalogue
internal import ReportModel
internal import Schemes

extension CaseResult {
    /// Creates the result of a case. The outcome follows from the reason, or from the impact if the reason does not
    /// decide it.
    init(
        _ testCase: Case, _ configuration: RunConfiguration, impact: Impact? = nil, reason: Reason? = nil,
        observed: Observed? = nil, control: Observed? = nil
    ) {
        let scheme = configuration.scheme
        let outcome: Outcome =
            switch reason {
            case .skipped: .skipped
            case .inconclusive: .inconclusive
            case .controlRefused, .unsteady, .refusalHabit, .refusedWithEffect, .acceptedWithoutEffect, .disclosed,
                .gone, .finding, nil:
                configuration.outcome(of: testCase, impact: impact)
            }
        let (expected, changes): (Expected, Change) =
            switch testCase.procedure {
            case .probe(let probe):
                (
                    Expected(
                        decision: probe.expectation.decision, statuses: probe.expectation.statuses(in: scheme)),
                    probe.changes
                )
            case .scenario(let scenario): (Expected(decision: scenario.expects, statuses: []), .nothing)
            case .sender: (Expected(decision: .delivered, statuses: []), .nothing)
            }
        self.init(
            info: testCase.info(in: scheme), clauses: scheme.clauses(on: testCase.topic), changes: changes,
            expected: expected, outcome: outcome, impact: impact, reason: reason, observed: observed,
            control: control)
        if impact == .forgery, testCase.probe?.expectation.hides != nil { info.tellOfAcceptance() }
        // A sender's crash is what its case is about.
        guard impact == .crash, testCase.procedure.sender == nil else { return }
        // No clause of the document is about errors that nobody meant.
        clauses = []
        if case .gone = reason {
            info.tellOfEnd()
            self.outcome = .fail
        } else if observed?.observation == .silent {
            info.tellOfSilence()
        } else {
            info.tellOfCrash()
        }
    }
}
