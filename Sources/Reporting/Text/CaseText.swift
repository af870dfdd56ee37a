internal import ReportModel
internal import Schemes

/// One result in words, for formats that hold plain text.
struct CaseText {
    let result: CaseResult
    let report: Report
    let context: ReportContext

    /// The reason in words; `nil` without one.
    var reason: String? { result.reason?.words(context) }

    /// What was seen and what was expected, such as `accepted (status 200), expected rejected (status 401)`.
    var verdict: String {
        if result.impact != nil, let reason { return reason }
        guard let observed = result.observed else {
            return result.control.map { "its control: \($0.words), expected accepted" } ?? reason ?? "not sent"
        }
        return "\(observed.words), expected \(result.expectedWords)"
    }

    /// One line: the harm with what was seen, or why there is no verdict.
    var message: String {
        switch result.outcome {
        case .pass: result.observed?.words ?? "as expected"
        case .fail, .warn, .note: "\(result.impact?.rawValue ?? "failure"): \(verdict). \(result.title)"
        case .waived: result.excuse?.words ?? "waived: \(reason ?? "no reason was given")"
        case .inconclusive, .skipped: reason ?? "no reason was given"
        }
    }

    /// Everything about the result.
    var whole: String {
        let evidence = report.record.evidence[result.id]
        var lines = [
            "\(result.id) (\(result.level.rawValue), \(result.severity.rawValue))", result.title, "",
            "expected: \(result.expectedWords)",
        ]
        if let observed = result.observed { lines.append("observed: \(observed.words)") }
        if let control = result.control { lines.append("control: \(control.words)") }
        if let reason { lines.append("because: \(reason)") }
        lines += result.clauses.map { "clause: \($0.text) (\($0.level.rawValue); \($0.place))" }
        lines += ["why: \(result.why)", "fix: \(result.fix)"]
        if let steps = evidence?.steps, !steps.isEmpty { lines += ["", "steps:"] + steps }
        if let exchange = evidence?.probe ?? evidence?.control {
            lines += ["", "sent:", exchange.request, "", "answer:", exchange.answer]
        }
        return lines.joined(separator: "\n")
    }
}

extension Report {
    /// Why a run is red without a failed or inconclusive case, in one line; `nil` when it is not.
    ///
    /// Readers of tests look only at tests, so formats for them write it as one named `run`.
    var problem: String? {
        let isRed = summary.failed + summary.inconclusive > 0
        guard cause != nil || (exit != .success && !isRed) else { return nil }
        return cause?.words ?? "exit \(exit.rawValue): \(meaning)"
    }

    /// The problem with the exchange that shows it.
    var problemInFull: String? {
        guard let problem else { return nil }
        let waivers = (gate?.waivers ?? []).map { "\n\($0.waiver.caseID) \($0.word): \($0.words)" }.joined()
        guard let record = record.evidence["preflight"]?.control else { return problem + waivers }
        return problem + waivers + "\n\nsent:\n\(record.request)\n\nanswer:\n\(record.answer)"
    }

    /// Returns the time that the requests of a case took, in nanoseconds.
    func nanoseconds(of result: CaseResult) -> UInt64 {
        let evidence = record.evidence[result.id]
        return (evidence?.control?.nanoseconds ?? 0) &+ (evidence?.probe?.nanoseconds ?? 0)
    }
}
