internal import Harness
package import ReportModel

/// A report for people at a terminal: what failed, why that matters and how to mend it; the rest in few lines.
package enum TerminalReport {
    /// Writes a report as text.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - version: the version of the tool that made it.
    ///   - style: colours, width, and how much is told.
    /// - Returns: lines that each end with a line feed, and hold no control character but those of the colours.
    package static func text(_ report: Report, version: String, style: Style = Style()) -> String {
        var writer = TerminalWriter(report: report, style: style)
        if style.verbosity == .quiet {
            writer.writeQuietly()
        } else {
            writer.writeHeadline(version: version)
            writer.writeCause()
            writer.writeFailures()
            writer.writeWarnings()
            writer.writeNotes()
            writer.writeGroups()
            writer.writePasses()
            writer.page.blank()
        }
        writer.writeResult()
        return writer.page.text
    }

    /// Explains one result in full, as plain text.
    static func explanation(_ result: CaseResult, in report: Report) -> String {
        var writer = TerminalWriter(report: report, style: Style(verbosity: .verbose))
        writer.writeFinding(result)
        return writer.page.text
    }
}

/// Writes the parts of a report onto a page.
struct TerminalWriter {
    let report: Report
    var page: Page

    init(report: Report, style: Style) {
        self.report = report
        page = Page(style: style)
    }

    var isVerbose: Bool { page.style.verbosity == .verbose }

    /// More than this many explanations are not read.
    static let explained = 12

    /// A line for each fault, without explanations.
    mutating func writeQuietly() {
        let faults = report.faults(.fail)
        for group in faults.prefix(Self.explained) { writeLine(group[0], "FAIL", .bad, of: group.count) }
        let rest = faults.dropFirst(Self.explained).reduce(0) { $0 + $1.count }
        if rest > 0 { page.line([Span("… \(counted(rest, "more failure"))", .quiet)]) }
        if let cause = report.cause { page.field(Span("CAUSE", .bad), Span(cause), margin: 0, column: 6) }
        // An exit code 3 without its reason would help nobody.
        for (reason, ids) in report.groupedByReason(.inconclusive) where report.cause == nil {
            page.field(Span("\(ids.count) inconclusive", .doubtful), Span(reason), margin: 0, column: 18)
        }
    }
}
