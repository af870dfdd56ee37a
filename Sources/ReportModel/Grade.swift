/// A run in one letter. A waived failure counts as a failure here: a waiver excuses the gate, not the endpoint.
package enum Grade: String, Sendable, Hashable, CaseIterable {
    /// Every case was as expected.
    case a = "A"
    /// Only recommendations were not met.
    case b = "B"
    /// An enforced case failed in another way than below.
    case c = "C"
    /// A forgery of medium or lower severity was accepted, or something was revealed.
    case d = "D"
    /// A forgery of high or critical severity was accepted.
    case f = "F"
}

extension Report {
    /// The grade; `nil` where the run does not show one. An F needs no complete run, because what was accepted stays
    /// accepted; any better grade needs all of the standard profile, judged to the last case.
    package var grade: Grade? {
        let failures = cases.filter { $0.outcome == .fail || $0.outcome == .waived }
        let forgeries = failures.filter { $0.impact == .forgery }
        if forgeries.contains(where: { $0.severity == .critical || $0.severity == .high }) { return .f }
        guard complete, cause == nil, summary.inconclusive == 0, summary.discriminating > 0,
            run.selection.isWhole, run.profile >= .standard, run.level != .must
        else { return nil }
        if !forgeries.isEmpty || failures.contains(where: { $0.impact == .leak }) { return .d }
        if !failures.isEmpty { return .c }
        return summary.warned > 0 ? .b : .a
    }
}
