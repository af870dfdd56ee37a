package import ReportModel

/// A report for people at a terminal: what failed, why that matters and how to mend it; the rest in few lines.
package enum TerminalReport {
    /// Writes a report as text.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - context: the version of the tool that made it, and the names of options.
    ///   - style: colours, width, and how much is told.
    /// - Returns: lines that each end with a line feed, and hold no control character but those of the colours.
    package static func text(_ report: Report, _ context: ReportContext, style: Style = Style()) -> String {
        var writer = TerminalWriter(report: report, context: context, style: style)
        if style.verbosity == .quiet {
            writer.writeQuietly()
        } else {
            writer.writeHeadline()
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
}

/// Writes the parts of a report onto a page.
struct TerminalWriter {
    let report: Report
    let context: ReportContext
    var page: Page

    init(report: Report, context: ReportContext, style: Style) {
        self.report = report
        self.context = context
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
        if let cause = report.cause { page.field(Span("CAUSE", .bad), Span(cause.words), margin: 0, column: 6) }
        // An exit code 3 without its reason would help nobody.
        for (reason, ids) in report.groupedByReason(.inconclusive) where report.cause == nil {
            page.field(Span("\(ids.count) inconclusive", .doubtful), Span(words(reason)), margin: 0, column: 18)
        }
    }

    /// A reason in words, with the option that would change it.
    func words(_ reason: Reason?) -> String { reason?.words(context) ?? "no reason was given" }
}
