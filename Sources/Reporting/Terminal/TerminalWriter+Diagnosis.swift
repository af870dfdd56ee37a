internal import Bytes
internal import ReportModel

extension TerminalWriter {
    /// The ids of the failures that a diagnosis explains. They are folded into it.
    var explainedIDs: Set<String> { Set(report.diagnosis.flatMap(\.explains)) }

    /// Writes what explains the results, before the results.
    mutating func writeDiagnosis() {
        for diagnosis in report.diagnosis {
            page.separate()
            page.line([Span("DIAGNOSIS", .bad)], right: reach(of: diagnosis))
            page.field(Span(""), Span(diagnosis.finding.words, .strong), margin: 6, column: 6)
            switch diagnosis.finding {
            case .flaws(let flaws):
                for flaw in flaws.dropFirst() {
                    page.field(Span("or", .quiet), Span(flaw.explanation))
                }
                writeExplained(diagnosis)
            case .recipe(let finding):
                if finding.alternatives.first?.contains(where: { $0.aspect == .body }) == true { writeRawBody() }
                page.field(Span("found by", .quiet), Span(finding.search.words))
            case .noRecipe, .answer, .secret: break
            }
        }
    }

    private func reach(of diagnosis: Diagnosis) -> Span? {
        guard !diagnosis.explains.isEmpty else { return nil }
        let unmet = report.cases.count { $0.impact != nil }
        return Span("explains \(diagnosis.explains.count) of \(counted(unmet, "finding"))", .quiet)
    }

    private mutating func writeExplained(_ diagnosis: Diagnosis) {
        let explained = Set(diagnosis.explains)
        var families = [(name: String, count: Int)]()
        for result in report.cases where explained.contains(result.id) {
            if families.last?.name == result.family {
                families[families.count - 1].count += 1
            } else {
                families.append((result.family, 1))
            }
        }
        let items = isVerbose ? diagnosis.explains : families.map { "\($0.name) \($0.count)" }
        page.items(Span("explains", .quiet), items, margin: 6, column: 16)
        if let example = example(of: explained) {
            page.field(Span("such as", .quiet), Span("\(example.id): \(example.title)"), column: 16)
            page.field(Span("verdict", .quiet), Span(gotAndWant(example)), column: 16)
            writeClauses(of: example, most: 2, column: 16)
            page.field(Span("fix", .quiet), Span(example.fix, .strong), column: 16)
            page.field(Span("more", .quiet), Span("countersign explain \(example.id)", .quiet), column: 16)
        }
        if !diagnosis.contradicts.isEmpty {
            let rest = diagnosis.contradicts.count > 6 ? " … \(diagnosis.contradicts.count - 6) more" : ""
            page.field(
                Span("against", .quiet), Span(diagnosis.contradicts.prefix(6).joined(separator: ", ") + rest),
                column: 16)
        }
    }

    /// The finding that shows best what a cause does: a failure rather than a warning, and of one request rather than of
    /// all, which is what a verdict that follows from no request is about.
    private func example(of explained: Set<String>) -> CaseResult? {
        let findings = report.cases.filter { explained.contains($0.id) && $0.impact != nil }
        return findings.first { $0.outcome == .fail && !$0.isUnsteady } ?? findings.first { !$0.isUnsteady }
            ?? findings.first
    }

    private mutating func writeRawBody() {
        for (place, line) in RawBodyAdvice.lines.enumerated() {
            let label = Span(place == 0 ? "raw body" : "", .quiet)
            page.excerpt(label.text, ["\(line.framework.padded(to: 9))\(line.code)"], margin: 6, column: 16)
        }
    }
}
