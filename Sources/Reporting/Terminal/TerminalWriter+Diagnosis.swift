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
        // That no verdict follows from a request says less than one of the requests.
        let findings = report.cases.filter { explained.contains($0.id) && $0.impact != nil }
        if let first = findings.first(where: { !$0.isUnsteady }) ?? findings.first {
            page.field(Span("such as", .quiet), Span("\(first.id): \(first.title)"), column: 16)
            page.field(Span("fix", .quiet), Span(first.fix, .strong), column: 16)
        }
        if !diagnosis.contradicts.isEmpty {
            let rest = diagnosis.contradicts.count > 6 ? " … \(diagnosis.contradicts.count - 6) more" : ""
            page.field(
                Span("against", .quiet), Span(diagnosis.contradicts.prefix(6).joined(separator: ", ") + rest),
                column: 16)
        }
    }

    private mutating func writeRawBody() {
        for (place, line) in RawBodyAdvice.lines.enumerated() {
            let label = Span(place == 0 ? "raw body" : "", .quiet)
            page.excerpt(label.text, ["\(line.framework.padded(to: 9))\(line.code)"], margin: 6, column: 16)
        }
    }
}
