package import ReportModel

/// A way to write a report to a file. The options of the command line, its help and its completion follow from the
/// list.
package struct ReportFormat: Sendable {
    /// The format's name, which is also the name of its option.
    package let name: String
    /// The format's name in a sentence.
    package let title: String
    /// The name of its file in a folder of reports.
    package let fileName: String
    private let write: @Sendable (Report, ReportContext) -> [UInt8]
    private let compare: (@Sendable ([ComparedRun], ReportContext) -> [UInt8])?

    init(
        _ name: String, title: String, fileName: String,
        compare: (@Sendable ([ComparedRun], ReportContext) -> [UInt8])? = nil,
        write: @escaping @Sendable (Report, ReportContext) -> [UInt8]
    ) {
        self.name = name
        self.title = title
        self.fileName = fileName
        self.compare = compare
        self.write = write
    }

    /// Whether it can hold several runs side by side.
    package var takesSeveral: Bool { compare != nil }

    /// Returns the bytes of several runs side by side; `nil` if the format holds one run.
    package func bytes(comparing runs: [ComparedRun], _ context: ReportContext) -> [UInt8]? { compare?(runs, context) }

    /// Returns the bytes of a report in this format.
    package func bytes(of report: Report, _ context: ReportContext) -> [UInt8] { write(report, context) }
}

/// The file formats.
package enum ReportFormats {
    /// The formats, in the order of their options.
    package static let all: [ReportFormat] = [
        .json, .html, .markdown, .junit, .sarif, .ctrf, .tap, .annotations, .badge, .shields,
    ]
}

/// What a writer needs besides the report.
package struct ReportContext: Sendable {
    /// The version of the tool that made the report.
    package let version: String
    /// Returns the command-line option that would keep a case from being skipped for a reason; `nil` where there is
    /// none.
    package let option: @Sendable (SkipReason) -> String?

    /// The option of the command line that would change what a remark says; `nil` where there is none.
    package let remedy: @Sendable (Remark) -> String?

    /// Returns the command line that sends one case of a run again; `nil` where there is none.
    package var again: @Sendable (Report, CaseResult) -> String? = { _, _ in nil }

    /// The place in a repository that findings are shown at, for readers that show nothing without one.
    package var anchor = SourceAnchor(path: "countersign.json", line: 1)

    /// Creates a context.
    package init(
        version: String, option: @escaping @Sendable (SkipReason) -> String? = { _ in nil },
        remedy: @escaping @Sendable (Remark) -> String? = { _ in nil }
    ) {
        self.version = version
        self.option = option
        self.remedy = remedy
    }
}

/// A line of a file in a repository.
package struct SourceAnchor: Sendable, Hashable {
    /// The path from the root of the repository.
    package let path: String
    /// The line, from 1.
    package let line: Int

    /// Creates a place.
    package init(path: String, line: Int) {
        self.path = path
        self.line = line
    }
}
