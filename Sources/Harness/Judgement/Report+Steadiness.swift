internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects

extension Report {
    /// Puts in that verdicts do not follow from requests: a failure of its own, whatever was selected. Refusals that were
    /// not repeated are blamed on nothing then.
    mutating func add(_ unsteadiness: Unsteadiness, shownBy sent: Exchanger.Sent, _ environment: RunEnvironment) {
        for place in cases.indices
        where environment.steadiness.hasRefusedValid && cases[place].isUnrepeatedRefusal {
            cases[place].outcome = .inconclusive
            cases[place].impact = nil
            cases[place].reason = .inconclusive(.unsteady)
        }
        if unsteadiness == .bothWays { cause = .verdictsIndependent }
        guard let testCase = Catalogue.named(Self.steadyCase) else { return }
        let impact: Impact = if case .validRefused = unsteadiness { .refusal } else { .forgery }
        var result = CaseResult(
            testCase, environment.configuration, impact: impact, reason: .unsteady(unsteadiness),
            observed: sent.summary)
        // It is no matter of the scheme's document that a verdict follows from the request.
        result.info.level = .must
        result.outcome = .fail
        if let place = cases.firstIndex(where: { $0.id == testCase.id }) {
            result.control = cases[place].control
            cases[place] = result
        } else {
            cases.append(result)
        }
        keep(sent, asEvidenceOf: testCase.id, environment)
    }

    private static let steadyCase = "control/steady"
}

extension CaseResult {
    /// Whether it blames a target for one refusal: of several requests that were not sent a second time, or for its status.
    fileprivate var isUnrepeatedRefusal: Bool {
        switch (impact, reason) {
        case (.refusal, .finding): true
        case (.contract, nil): observed?.observation == .rejected
        default: false
        }
    }
}

extension Measurements {
    /// Judges what was measured of time by itself: a window that was not found, and one that contradicts the clock.
    mutating func checkWindow(of scheme: Scheme) {
        guard let window else {
            failed.insert(.window)
            return
        }
        // As wide as documented, but off its place: the clock that judges timestamps is not the one that `Date` shows.
        guard let freshness = scheme.freshness, let documented = freshness.future, let past = window.past,
            let future = window.future, abs(past + future - freshness.past - documented) <= 2
        else { return }
        if abs(past - freshness.past) > 5 { failed.insert(.clock) }
    }
}
