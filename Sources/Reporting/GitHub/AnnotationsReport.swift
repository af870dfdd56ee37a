internal import Bytes
internal import ReportModel

/// A report as workflow commands of GitHub Actions, which become annotations when a step prints them.
///
/// GitHub shows ten of a kind from a step and drops the others without a word, so there are at most nine, of which the
/// last says how many more there are.
enum AnnotationsReport {
    private static let most = 9

    static func bytes(of report: Report, _ context: ReportContext) -> [UInt8] {
        var errors = [(title: String, message: String)]()
        if let problem = report.problem { errors.append(("Countersign", problem)) }
        errors += findings(report, .fail, context)
        errors += report.groupedByReason(.inconclusive).map { reason, ids in
            ("\(counted(ids.count, "inconclusive case"))", reason?.words(context) ?? ids[0])
        }
        let lines =
            commands("error", errors, context) + commands("warning", findings(report, .warn, context), context)
            + commands("notice", findings(report, .note, context), context)
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func findings(
        _ report: Report, _ outcome: Outcome, _ context: ReportContext
    ) -> [(title: String, message: String)] {
        report.faults(outcome).map(\.results).map { results in
            let text = CaseText(result: results[0], report: report, context: context)
            let others = results.count > 1 ? " (and \(counted(results.count - 1, "case")) like it)" : ""
            return (results[0].id + others, "\(text.message) Fix: \(results[0].fix)")
        }
    }

    private static func commands(
        _ kind: String, _ items: [(title: String, message: String)], _ context: ReportContext
    ) -> [String] {
        let fits = items.count <= most
        var lines = items.prefix(fits ? most : most - 1).map { command(kind, $0.title, $0.message, context) }
        if !fits {
            let rest = "\(items.count - most + 1) more; the report has them all"
            lines.append(command(kind, "Countersign", rest, context))
        }
        return lines
    }

    private static func command(
        _ kind: String, _ title: String, _ message: String, _ context: ReportContext
    ) -> String {
        let anchor = context.anchor
        return "::\(kind) file=\(property(anchor.path)),line=\(anchor.line),title=\(property(title))::\(data(message))"
    }

    /// What ends a command, or is read as an escape, is escaped.
    private static func data(_ text: String) -> String {
        printable(text).replacing("%", with: "%25")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}

extension ReportFormat {
    /// For a step of GitHub Actions to print.
    static let annotations = ReportFormat(
        "annotations", title: "annotations of GitHub Actions", fileName: "annotations.txt"
    ) { AnnotationsReport.bytes(of: $0, $1) }
}
