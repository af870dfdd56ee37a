internal import ReportModel

/// A count with its noun, such as `1 warning` and `3 warnings`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension ExitStatus {
    /// What the status means, in a few words.
    var meaning: String {
        switch self {
        case .success: "conformant"
        case .failure: "non-conformant"
        case .wrongInput: "usage or configuration error"
        case .inconclusive: "inconclusive"
        case .certificateRefused: "certificate refused"
        case .internalError: "a bug in Countersign"
        case .reportNotWritten: "a report could not be written"
        case .interrupted, .terminated: "interrupted"
        }
    }
}

extension Report {
    /// What the exit status means, in a few words; what was waived is never left unsaid.
    var meaning: String {
        let problems = gate?.waivers.count ?? 0
        if exit == .success, summary.waived > 0 { return "conformant but for \(summary.waived) waived" }
        if exit == .failure, summary.failed == 0, problems > 0 { return "\(counted(problems, "waiver")) to correct" }
        return exit.meaning
    }

    /// Whether no case was judged.
    var judgedNothing: Bool { cases.allSatisfy { $0.outcome == .inconclusive || $0.outcome == .skipped } }

    /// Returns the results with an outcome, in catalogue order.
    func cases(_ outcome: Outcome) -> [CaseResult] { cases.filter { $0.outcome == outcome } }

    /// Returns the results with an outcome grouped by reason, in the order in which the reasons first appear.
    func groupedByReason(_ outcome: Outcome) -> [(reason: Reason?, ids: [String])] {
        var groups = [(reason: Reason?, ids: [String])]()
        var places = [Reason?: Int]()
        for result in cases(outcome) {
            if let place = places[result.reason] {
                groups[place].ids.append(result.id)
            } else {
                places[result.reason] = groups.count
                groups.append((result.reason, [result.id]))
            }
        }
        return groups
    }
}

extension CaseResult {
    /// The expected answer, such as `rejected (status 401)`.
    var expectedWords: String {
        let decision = expected.decision == .either ? "accepted or rejected, but an answer" : expected.decision.rawValue
        guard !expected.statuses.isEmpty else { return decision }
        return "\(decision) (status \(expected.statuses.map(String.init).joined(separator: " or ")))"
    }
}

extension RunRecord {
    /// How long the run took, such as `0.21 s`.
    var duration: String {
        let hundredths = nanoseconds / 10_000_000 + (nanoseconds % 10_000_000 < 5_000_000 ? 0 : 1)
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
    }
}
