package import ReportModel

/// What has changed between two runs, for people.
package enum DifferenceText {
    /// Writes a difference for a terminal.
    package static func text(_ difference: ReportDifference, style: Style) -> String {
        var page = Page(style: style)
        page.field(Span("old", .quiet), Span(headline(difference.old)), margin: 0, column: 5)
        page.field(Span("new", .quiet), Span(headline(difference.new)), margin: 0, column: 5)
        for remark in remarks(difference) { page.field(Span(""), Span(remark, .doubtful), margin: 0, column: 5) }
        for kind in ReportDifference.Kind.allCases {
            let changes = difference.changes(kind)
            guard !changes.isEmpty else { continue }
            page.separate()
            page.line([Span("\(changes.count) \(word(kind))", ink(kind))])
            let shown = kind == .broken || kind == .fixed ? listed : listedBriefly
            for change in changes.prefix(shown) {
                page.field(Span(change.id, .strong), Span(words(change)), margin: 2, column: 42)
            }
            if changes.count > shown { page.line([Span("  … \(changes.count - shown) more", .quiet)]) }
        }
        page.separate()
        page.line([Span("RESULT", .strong), Span("  \(total(difference))", difference.isWorse ? .bad : .good)])
        return page.text
    }

    /// Writes a difference in GitHub's Markdown.
    package static func markdown(_ difference: ReportDifference) -> [UInt8] {
        var out = "## \(difference.isWorse ? "❌" : "✅") Countersign: \(total(difference))\n\n"
        out += "| | run |\n| --- | --- |\n| old | \(MarkdownText.escaped(headline(difference.old))) |\n"
        out += "| new | \(MarkdownText.escaped(headline(difference.new))) |\n\n"
        for remark in remarks(difference) { out += "> \(MarkdownText.escaped(remark))\n\n" }
        for kind in ReportDifference.Kind.allCases {
            let changes = difference.changes(kind)
            guard !changes.isEmpty else { continue }
            out += "### \(changes.count) \(word(kind))\n\n"
            for change in changes.prefix(listed) {
                out += "- \(MarkdownText.code(change.id)) \(MarkdownText.escaped(words(change)))\n"
            }
            if changes.count > listed { out += "- … \(changes.count - listed) more\n" }
            out += "\n"
        }
        return Array(out.utf8)
    }

    private static let listed = 200
    private static let listedBriefly = 20

    private static func headline(_ report: Report) -> String {
        let grade = report.grade.map { ", grade \($0.rawValue)" } ?? ""
        return "\(report.run.target) · \(report.meaning)\(grade) · \(report.summary.failed) failed · "
            + "\(counted(report.summary.cases, "case"))"
    }

    /// What makes a comparison less than exact.
    private static func remarks(_ difference: ReportDifference) -> [String] {
        let (old, new) = (difference.old.run, difference.new.run)
        var remarks = [String]()
        if old.vectors != new.vectors { remarks.append("The runs are of different versions of the cases.") }
        if old.level != new.level || old.profile != new.profile || old.selection != new.selection {
            remarks.append("The runs selected cases in different ways.")
        }
        if old.enforce != new.enforce { remarks.append("The runs enforced different levels.") }
        return remarks
    }

    private static func total(_ difference: ReportDifference) -> String {
        let terms = ReportDifference.Kind.allCases.compactMap { kind -> String? in
            let count = difference.changes(kind).count
            return count > 0 ? "\(count) \(word(kind))" : nil
        }
        return terms.isEmpty ? "no case has changed" : terms.joined(separator: " · ")
    }

    private static func words(_ change: ReportDifference.Change) -> String {
        switch (change.old.map(words), change.new.map(words)) {
        case (let old?, let new?): "\(old) → \(new)"
        case (let old?, nil): old
        case (nil, let new?): new
        case (nil, nil): ""
        }
    }

    private static func words(_ result: CaseResult) -> String {
        let seen = result.outcome == .skipped ? nil : result.observed?.words
        return [result.outcome.rawValue, result.impact?.rawValue, seen].compactMap(\.self).joined(separator: ", ")
    }

    private static func word(_ kind: ReportDifference.Kind) -> String {
        switch kind {
        case .broken: "broken"
        case .fixed: "fixed"
        case .different: "changed"
        case .added: "new"
        case .gone: "gone"
        }
    }

    private static func ink(_ kind: ReportDifference.Kind) -> Ink {
        switch kind {
        case .broken: .bad
        case .fixed: .good
        case .different: .doubtful
        case .added, .gone: .strange
        }
    }
}
