extension Report {
    /// Applies waivers; `conclude()` then settles the exit status.
    ///
    /// - Parameters:
    ///   - file: the waivers.
    ///   - today: the day on which they are applied.
    ///   - isLeftOut: whether a case was left out of the run on purpose, so that its waiver is not judged.
    package mutating func apply(_ file: WaiverFile, today: CalendarDay, isLeftOut: (String) -> Bool = { _ in false }) {
        let places = Dictionary(cases.indices.map { (cases[$0].id, $0) }) { first, _ in first }
        var gate = gate ?? Gate()
        for waiver in file.waivers {
            let place = places[waiver.caseID]
            let problem = problem(of: waiver, with: place.map { cases[$0] }, today: today, isLeftOut: isLeftOut)
            if let problem {
                gate.waivers.append(WaiverProblem(waiver: waiver, kind: problem))
            } else if let place, cases[place].unmet != nil {
                cases[place].outcome = .waived
                cases[place].excuse = .waiver(waiver)
            }
        }
        self.gate = gate
    }

    private func problem(
        of waiver: Waiver, with result: CaseResult?, today: CalendarDay, isLeftOut: (String) -> Bool
    ) -> WaiverProblem.Kind? {
        guard waiver.expires >= today else { return .expired }
        guard let result else { return isLeftOut(waiver.caseID) || !complete ? nil : .unmatched }
        if let unmet = result.unmet { return waiver.outcome.includes(unmet) ? nil : .changed(unmet) }
        switch result.outcome {
        case .pass: return .stale
        case .skipped: return result.wasNotReached ? nil : .unmatched
        default: return nil
        }
    }

    /// Excuses the failures that an earlier run had too; `conclude()` then settles the exit status.
    package mutating func compare(with baseline: Report) {
        let before = Dictionary(baseline.cases.map { ($0.id, $0) }) { first, _ in first }
        var comparison = BaselineComparison(run: baseline.run.id)
        for place in cases.indices {
            let result = cases[place]
            let earlier = before[result.id].flatMap { [.fail, .waived].contains($0.outcome) ? $0.unmet : nil }
            switch result.outcome {
            case .fail where earlier != nil && earlier == result.unmet:
                cases[place].outcome = .waived
                cases[place].excuse = .baseline(run: baseline.run.id)
            case .fail: comparison.new.append(result.id)
            case .pass where earlier != nil: comparison.fixed.append(result.id)
            case .inconclusive where earlier != nil, .skipped where earlier != nil:
                comparison.unjudged.append(result.id)
            default: break
            }
        }
        gate = gate ?? Gate()
        gate?.baseline = comparison
    }

    /// Makes the run inconclusive if it judged fewer cases than this.
    package mutating func demand(cases minimum: Int) {
        let summary = Summary(cases)
        let judged = summary.cases - summary.skipped - summary.inconclusive
        if judged < minimum, cause == nil { cause = .tooFew(judged: judged, minimum: minimum) }
    }
}
