internal import Bytes
package import ReportModel

/// A report in GitHub's Markdown, for the summary of a step or a comment: failures first, within a limit.
package enum MarkdownReport {
    /// GitHub takes 1 MiB from a step, and nothing at all when it is one byte more.
    package static let limit = 900 << 10

    /// Writes a report.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - context: the version of the tool and the names of options.
    ///   - limit: the most bytes. What does not fit is left out whole, and counted.
    package static func bytes(of report: Report, _ context: ReportContext, limit: Int = limit) -> [UInt8] {
        var page = LimitedText(limit: limit)
        page.append(head(report, context))
        for outcome in [Outcome.fail, .warn, .note] {
            let faults = report.faults(outcome).map(\.results)
            guard !faults.isEmpty else { continue }
            page.append("### \(heading(outcome))\n\n")
            page.append(
                faults.map { results in
                    let text = CaseText(result: results[0], report: report, context: context)
                    let others = also(results.dropFirst().map(\.id))
                    return outcome == .fail ? finding(text, others) : brief(text, others)
                })
        }
        for (outcome, title) in [(Outcome.inconclusive, "Inconclusive"), (.waived, "Waived"), (.skipped, "Skipped")] {
            let groups = report.groupedByReason(outcome)
            guard !groups.isEmpty else { continue }
            page.append("### \(title)\n\n")
            page.append(groups.map { group($0.reason?.words(context) ?? "no reason was given", $0.ids) })
        }
        page.append(foot(report, context))
        return page.bytes
    }

    private static func head(_ report: Report, _ context: ReportContext) -> String {
        let sign = report.exit == .success ? "✅" : report.exit == .failure ? "❌" : "⚠️"
        let grade = report.grade.map { " (grade \($0.rawValue))" } ?? ""
        let run = report.run
        let facts = [
            MarkdownText.code(run.target), MarkdownText.escaped(run.scheme), "level \(run.level.rawValue)",
            "profile \(run.profile.rawValue)", report.record.duration,
        ]
        let counts = report.summary.counts.filter { $0.name != "cases" && $0.name != "discriminating" }
        let row = counts.map { String($0.count) }.joined(separator: " | ")
        let names = counts.map(\.name).joined(separator: " | ")
        let rule = counts.map { _ in "---:" }.joined(separator: " | ")
        return """
            ## \(sign) Countersign: \(report.meaning)\(grade)

            \(MarkdownText.escaped(report.verdictWords))

            \(facts.joined(separator: " · "))

            | \(names) |
            | \(rule) |
            | \(row) |


            """
    }

    private static func heading(_ outcome: Outcome) -> String {
        switch outcome {
        case .fail: "Failures"
        case .warn: "Recommendations not met"
        default: "Worth knowing"
        }
    }

    private static func finding(_ text: CaseText, _ others: String?) -> String {
        let result = text.result
        let facts =
            [result.severity.rawValue, result.impact?.rawValue].compactMap(\.self) + result.cwe.map { "CWE-\($0)" }
        var out = """
            #### \(MarkdownText.code(result.id)) \(facts.joined(separator: " · "))

            \(MarkdownText.escaped(result.title))

            - **got** \(MarkdownText.code(text.verdict))
            - **why** \(MarkdownText.escaped(result.why))
            - **fix** \(MarkdownText.escaped(result.fix))

            """
        if let others { out += "- **also** \(others)\n" }
        out += "\n"
        let evidence = text.report.record.evidence[result.id]
        if let exchange = evidence?.probe ?? evidence?.control {
            let bytes = MarkdownText.block("\(exchange.request)\n\n\(exchange.answer)", language: "http")
            out += "<details><summary>request and answer</summary>\n\n\(bytes)\n\n</details>\n\n"
        }
        return out
    }

    private static func brief(_ text: CaseText, _ others: String?) -> String {
        "- \(MarkdownText.code(text.result.id)) \(MarkdownText.escaped(text.result.title)) Got "
            + "\(MarkdownText.code(text.verdict)). \(MarkdownText.escaped(text.result.fix))"
            + (others.map { " Also: \($0)" } ?? "") + "\n\n"
    }

    /// Returns the ids of cases that fail for the same reason; `nil` when there are none.
    private static func also(_ ids: [String]) -> String? {
        guard !ids.isEmpty else { return nil }
        let rest = ids.count > named ? " and \(ids.count - named) more" : ""
        return ids.prefix(named).map(MarkdownText.code).joined(separator: ", ") + rest
    }

    private static let named = 8

    private static func group(_ reason: String, _ ids: [String]) -> String {
        "- \(ids.count): \(MarkdownText.escaped(reason))\n  <br>\(also(ids) ?? "")\n\n"
    }

    private static func foot(_ report: Report, _ context: ReportContext) -> String {
        "Countersign \(MarkdownText.escaped(context.version)), \(counted(report.record.exchanges, "request")), "
            + "vectors \(MarkdownText.code(report.run.vectors)), seed \(report.run.seed).\n"
    }
}

/// Text that never exceeds a limit: a piece is in it whole or not at all.
private struct LimitedText {
    /// Room for the sentence that counts what was left out.
    private static let reserve = 256

    private let limit: Int
    private(set) var bytes: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    @discardableResult
    mutating func append(_ piece: String) -> Bool {
        guard bytes.count + piece.utf8.count + Self.reserve <= limit else { return false }
        bytes += piece.utf8
        return true
    }

    /// Appends the first pieces that fit, and says how many did not.
    mutating func append(_ pieces: [String]) {
        let fitting = pieces.prefix { append($0) }.count
        guard fitting < pieces.count else { return }
        let note = "… \(pieces.count - fitting) more did not fit; the other reports have them.\n\n"
        if bytes.count + note.utf8.count <= limit { bytes += note.utf8 }
    }
}

extension ReportFormat {
    /// For the summary of a step, or a comment.
    static let markdown = ReportFormat("markdown", title: "Markdown", fileName: "report.md") {
        MarkdownReport.bytes(of: $0, $1)
    }
}
