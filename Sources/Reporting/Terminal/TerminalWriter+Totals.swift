internal import ReportModel

extension TerminalWriter {
    /// Writes what is inconclusive or skipped, grouped by reason: a dead target makes one group, not hundreds
    /// of findings.
    mutating func writeGroups() {
        let inconclusive = report.groupedByReason(.inconclusive)
        if !inconclusive.isEmpty { page.separate() }
        for (reason, ids) in inconclusive { writeGroup(ids, "inconclusive", .doubtful, reason) }
        let skipped = report.groupedByReason(.skipped)
        if !skipped.isEmpty { page.separate() }
        if isVerbose {
            for (reason, ids) in skipped { writeGroup(ids, "skipped", .quiet, reason) }
        } else if !skipped.isEmpty {
            writeSkipped(skipped)
        }
    }

    /// Writes what was not asked: one line for each reason, without the cases.
    private mutating func writeSkipped(_ reasons: [(Reason?, [String])]) {
        page.line([Span("\(reasons.reduce(0) { $0 + $1.1.count }) skipped", .quiet)])
        for (reason, ids) in reasons {
            page.field(Span("\(ids.count)", .quiet), Span(words(reason)), margin: 6, column: 10)
        }
    }

    private mutating func writeGroup(_ ids: [String], _ word: String, _ ink: Ink, _ reason: Reason?) {
        // The cause was written in full above.
        let isCause = report.cause.map { reason == .inconclusive(.notBegun($0)) } ?? false
        page.line([Span("\(ids.count) \(word)", ink)])
        if !isCause { page.field(Span(""), Span(words(reason)), margin: 6, column: 6) }
        let limit = isVerbose ? ids.count : 4
        let rest = ids.count > limit ? " … \(ids.count - limit) more" : ""
        page.field(Span(""), Span(ids.prefix(limit).joined(separator: ", ") + rest, .quiet), margin: 6, column: 6)
    }

    /// Writes the passes: how many in each family, or one by one.
    mutating func writePasses() {
        let passes = report.cases(.pass)
        guard !passes.isEmpty else { return }
        page.separate()
        if isVerbose {
            for result in passes {
                page.field(Span("✓", .good), Span("\(result.id): \(result.title)"), margin: 0, column: 2)
            }
            return
        }
        var families = [(name: String, count: Int)]()
        for result in passes {
            if families.last?.name == result.family {
                families[families.count - 1].count += 1
            } else {
                families.append((result.family, 1))
            }
        }
        page.items(Span("✓ passed", .good), families.map { "\($0.name) \($0.count)" }, column: 14)
    }

    /// Writes the totals and the verdict.
    mutating func writeResult() {
        let summary = report.summary
        var terms = ["\(summary.failed) failed"]
        if summary.warned > 0 { terms.append(counted(summary.warned, "warning")) }
        if summary.noted > 0 { terms.append(counted(summary.noted, "note")) }
        terms.append("\(summary.passed) passed (\(summary.discriminating) discriminating)")
        if summary.waived > 0 { terms.append("\(summary.waived) waived") }
        if summary.inconclusive > 0 { terms.append("\(summary.inconclusive) inconclusive") }
        if summary.skipped > 0 { terms.append("\(summary.skipped) skipped") }
        terms.append(report.record.duration)
        let totals = terms.joined(separator: " · ")
        let verdict = Span("→ exit \(report.exit.rawValue) (\(report.meaning))", report.exit == .success ? .good : .bad)
        if "RESULT  \(totals)  \(verdict.text)".count <= page.style.width {
            page.line([Span("RESULT", .strong), Span("  \(totals)  "), verdict])
        } else {
            page.items(Span("RESULT", .strong), terms, column: 8)
            page.line([Span("        "), verdict])
        }
    }
}
