package import ReportModel

/// One of several runs that are set side by side.
package struct ComparedRun: Sendable {
    /// What readers know it by, such as the name of its file.
    package let name: String
    /// Its report.
    package let report: Report
    /// The version of the tool that made it.
    package let version: String

    /// Creates a run.
    package init(name: String, report: Report, version: String) {
        self.name = name
        self.report = report
        self.version = version
    }
}

/// Several runs, case by case.
struct Comparison {
    let runs: [ComparedRun]
    /// Each case of any run, in the order of the first run that has it.
    let rows: [Row]

    /// One case in each run.
    struct Row {
        let id: String
        /// Its result in each run; `nil` where it has none.
        let results: [CaseResult?]

        /// Whether the runs that have it came to different outcomes.
        var differs: Bool {
            let seen = results.compactMap { $0.map { [$0.outcome.rawValue, $0.impact?.rawValue] } }
            return seen.contains { $0 != seen[0] }
        }

        /// Whether some runs do not have it.
        var isPartial: Bool { results.contains(nil) }
    }

    init(_ runs: [ComparedRun]) {
        self.runs = runs
        let byID = runs.map { run in
            Dictionary(run.report.cases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        var seen = Set<String>()
        let ids = runs.flatMap { $0.report.cases.map(\.id) }.filter { seen.insert($0).inserted }
        rows = ids.map { id in Row(id: id, results: byID.map { $0[id] }) }
    }
}

/// Several runs side by side at a terminal: the totals of each, and the cases in which they differ.
package enum ComparisonText {
    /// Writes the comparison.
    package static func text(_ runs: [ComparedRun], style: Style) -> String {
        var page = Page(style: style)
        let comparison = Comparison(runs)
        for (number, run) in runs.enumerated() {
            let summary = run.report.summary
            let grade = run.report.grade.map { "grade \($0.rawValue), " } ?? ""
            let words =
                "\(run.name): \(run.report.run.target), \(run.report.run.scheme), \(grade)\(run.report.meaning), "
                + "\(summary.failed) failed, \(summary.warned) warned, \(summary.passed) passed, "
                + "\(summary.inconclusive) inconclusive, \(summary.skipped) skipped"
            page.field(Span(letter(number), .strong), Span(words), margin: 0, column: 4)
        }
        page.separate()
        let different = comparison.rows.filter(\.differs)
        let partial = comparison.rows.count(where: \.isPartial)
        let rest = partial > 0 ? "; \(partial) not in every run" : ""
        page.line([Span("\(different.count) of \(counted(comparison.rows.count, "case")) differ\(rest)", .strong)])
        let limit = style.verbosity == .verbose ? different.count : 60
        for row in different.prefix(limit) {
            let words = row.results.enumerated().map { number, result in
                "\(letter(number)) \(result.map { $0.impact?.rawValue ?? $0.outcome.rawValue } ?? "–")"
            }
            page.field(Span(row.id), Span(words.joined(separator: " · ")), margin: 2, column: 42)
        }
        if different.count > limit { page.line([Span("  … \(different.count - limit) more", .quiet)]) }
        return page.text
    }

    private static func letter(_ number: Int) -> String {
        number < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(number))) : "#\(number + 1)"
    }
}
