internal import ReportModel

extension TerminalWriter {
    /// Writes the waivers that do not fit, and what changed since the baseline.
    mutating func writeGate() {
        guard let gate = report.gate else { return }
        for problem in gate.waivers {
            page.separate()
            page.line([Span("WAIVER", .bad), Span("  "), Span(problem.waiver.caseID, .strong)])
            page.field(Span(""), Span("\(problem.word): \(problem.words)"), margin: 6, column: 6)
        }
        guard let baseline = gate.baseline else { return }
        page.separate()
        for (label, ids, ink) in [
            ("new", baseline.new, Ink.bad), ("fixed", baseline.fixed, .good),
            ("unjudged", baseline.unjudged, .doubtful),
        ] {
            let limit = isVerbose ? ids.count : 12
            let rest = ids.count > limit ? " … \(ids.count - limit) more" : ""
            let list = ids.isEmpty ? "none" : ids.prefix(limit).joined(separator: ", ") + rest
            page.field(Span(label, ink), Span("since run \(baseline.run): \(list)"), margin: 0, column: 14)
        }
    }

    /// Writes the waived failures, grouped by what excuses them.
    mutating func writeWaived() {
        let waived = report.cases(.waived)
        var groups = [(words: String, results: [CaseResult])]()
        for result in waived {
            let words = result.excuse?.words ?? result.reason.map { self.words($0) } ?? "no reason was given"
            if let place = groups.firstIndex(where: { $0.words == words }) {
                groups[place].results.append(result)
            } else {
                groups.append((words, [result]))
            }
        }
        if !groups.isEmpty { page.separate() }
        for (words, results) in groups {
            page.line([Span("\(results.count) waived", .doubtful)])
            page.field(Span(""), Span(words), margin: 6, column: 6)
            let limit = isVerbose ? results.count : 4
            let rest = results.count > limit ? " … \(results.count - limit) more" : ""
            let list = results.prefix(limit).map { $0.id + ($0.unmet.map { " (\($0.text))" } ?? "") }
            page.field(Span(""), Span(list.joined(separator: ", ") + rest, .quiet), margin: 6, column: 6)
        }
    }
}
