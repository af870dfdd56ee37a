internal import ReportModel

/// One fault of a target, and the results that show it.
struct Fault {
    /// The results, the most severe first.
    var results: [CaseResult]
    /// The aspects of a request that make no difference to the target, where that is what the results have in common.
    var ignored: Change?
}

extension Report {
    /// Returns the faults that results with an outcome show, the most severe first, otherwise in catalogue order.
    ///
    /// Results show one fault when the same change to a request is overlooked, or refused, whatever it is; or when what
    /// went wrong is the same, and so is its fix.
    func faults(_ outcome: Outcome) -> [Fault] {
        let results = cases(outcome)
        let failures = Severity.allCases.flatMap { severity in results.filter { $0.severity == severity } }
        let common = commonChanges(outcome)
        var faults = [Fault]()
        var places = [[String?]: Int]()
        for result in failures {
            let change = result.changeAndImpact.flatMap { common.contains($0) ? $0 : nil }
            let key = [result.impact?.rawValue, change.map { "\($0.change.rawValue)" } ?? result.fix]
            if let place = places[key] {
                faults[place].results.append(result)
            } else {
                places[key] = faults.count
                faults.append(Fault(results: [result], ignored: change?.change))
            }
        }
        return faults
    }

    /// The fewest results that tell a fault of all probes with a change from a fault of one.
    private static let fewest = 4

    /// The changes that nearly all of the probes with them have the same trouble with.
    private func commonChanges(_ outcome: Outcome) -> Set<ChangeAndImpact> {
        var judged = [ChangeAndImpact: Int]()
        var failed = [ChangeAndImpact: Int]()
        for result in cases where !result.changes.isEmpty && result.reason == nil {
            for impact in [Impact.forgery, .refusal] where result.expected.decision == impact.violated {
                let key = ChangeAndImpact(change: result.changes, impact: impact)
                judged[key, default: 0] += 1
                if result.impact == impact { failed[key, default: 0] += 1 }
            }
        }
        return Set(
            failed.filter { key, count in count >= Self.fewest && count * 10 >= (judged[key] ?? 0) * 9 }.keys)
    }
}

/// What a probe changes, and what is wrong with the answer.
private struct ChangeAndImpact: Hashable {
    let change: Change
    let impact: Impact
}

extension CaseResult {
    fileprivate var changeAndImpact: ChangeAndImpact? {
        reason == nil ? impact.map { ChangeAndImpact(change: changes, impact: $0) } : nil
    }
}

extension Impact {
    /// The decision that the target did not take.
    fileprivate var violated: Decision? {
        switch self {
        case .forgery: .rejected
        case .refusal: .accepted
        case .crash, .contract, .leak, .loss: nil
        }
    }
}
