internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects

extension Report {
    /// Puts in, once, that every refusal has the wrong status; the cases that ask for the right one need not repeat it.
    mutating func add(_ habit: RefusalHabit, _ environment: RunEnvironment) {
        guard let example = habit.example, let testCase = Catalogue.named(Self.statusCase) else { return }
        for place in cases.indices
        where cases[place].impact == .contract && cases[place].expected.decision == .rejected
            && cases[place].observed == example.summary.refused
        {
            cases[place].outcome = .skipped
            cases[place].impact = nil
            cases[place].reason = .skipped(.toldBy(Self.statusCase))
        }
        let place = cases.firstIndex { $0.id == testCase.id }
        let result = CaseResult(
            testCase, environment.configuration, impact: .contract, reason: .refusalHabit(example.summary),
            observed: example.summary, control: place.flatMap { cases[$0].control })
        if let place { cases[place] = result } else { cases.append(result) }
        keep(example, asEvidenceOf: testCase.id, environment)
    }

    /// The case that asks for the right status of a refusal.
    static let statusCase = "contract/wrong-signature-status"
}

extension CaseResult.Observed {
    /// The same answer, read as a refusal.
    fileprivate var refused: CaseResult.Observed {
        CaseResult.Observed(observation: .rejected, status: status, failure: failure)
    }
}
