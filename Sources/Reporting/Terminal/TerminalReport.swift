package import ReportModel

/// A report for people at a terminal: what failed, why that matters and how to fix it; everything else in a few lines.
package enum TerminalReport {
    /// Writes a report as text.
    ///
    /// - Parameters:
    ///   - report: the report.
    /// - context: the version of the tool and the names of options.
    /// - style: colours, width and verbosity.
    /// - Returns: lines that each end with a newline and contain no control characters other than colour sequences.
    package static func text(_ report: Report, _ context: ReportContext, style: Style = Style()) -> String {
        var writer = TerminalWriter(report: report, context: context, style: style)
        if style.verbosity == .quiet {
            writer.writeQuietly()
        } else {
            writer.writeHeadline()
            writer.writeCause()
            writer.writeDiagnosis()
            writer.writeFailures()
            writer.writeWarnings()
            writer.writeNotes()
            writer.writeWaived()
            writer.writeGroups()
            writer.writePasses()
            writer.writeGate()
            writer.page.separate()
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

    /// The most faults that are explained; nobody reads more.
    static let explained = 12

    /// A line for each fault, without explanations.
    mutating func writeQuietly() {
        for diagnosis in report.diagnosis {
            page.field(Span("DIAGNOSIS", .bad), Span(diagnosis.finding.words), margin: 0, column: 11)
        }
        let faults = unexplained(.fail)
        for fault in faults.prefix(Self.explained) {
            writeLine(fault.results[0], "FAIL", .bad, of: fault.results.count)
        }
        let rest = faults.dropFirst(Self.explained).reduce(0) { $0 + $1.results.count }
        if rest > 0 { page.line([Span("… \(counted(rest, "more failure"))", .quiet)]) }
        for problem in report.gate?.waivers ?? [] {
            page.field(
                Span("WAIVER", .bad), Span("\(problem.waiver.caseID) \(problem.word): \(problem.words)"), margin: 0,
                column: 8)
        }
        if let cause = report.cause { page.field(Span("CAUSE", .bad), Span(cause.words), margin: 0, column: 6) }
        // An exit code of 3 is no help without its reason.
        for (reason, ids) in report.groupedByReason(.inconclusive) where report.cause == nil {
            page.field(Span("\(ids.count) inconclusive", .doubtful), Span(words(reason)), margin: 0, column: 18)
        }
    }

    /// Returns a reason in words, with the option that would change it.
    func words(_ reason: Reason?) -> String { reason?.words(context) ?? "no reason was given" }
}
