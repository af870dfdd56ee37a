internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// Where a report goes: always to standard output, and to the files that were asked for.
struct ReportOutputs {
    static let out = Option(
        "out", value: "folder", .text, help: "Write report.json and junit.xml to this folder.", completion: .directory,
        group: "Output")

    static let json = Option(
        "json", value: "file", .text, help: "Write the report as JSON.", completion: .file, group: "Output")

    static let junit = Option(
        "junit", value: "file", .text, help: "Write the report as JUnit XML.", completion: .file, group: "Output")

    static let quiet = Option(
        flag: "quiet", short: "q", help: "Print only the failures and the totals.", group: "Output")

    static let verbose = Option(
        flag: "verbose", short: "v", help: "Print each finding in full, and each pass.", group: "Output")

    static let options: [any OptionKey] = [out, json, junit, quiet, verbose, SharedOptions.noColor]

    private let json: String?
    private let junit: String?
    private let style: Style

    /// Reads the options; the folder is made before anything is sent.
    init(_ parsed: ParsedCommand) throws {
        let folder = try parsed[Self.out]
        if let folder { try Files.makeFolder(folder) }
        json = try parsed[Self.json] ?? folder.map { "\($0)/report.json" }
        junit = try parsed[Self.junit] ?? folder.map { "\($0)/junit.xml" }
        style = try Style(
            color: Console.usesColor(refused: parsed[SharedOptions.noColor]), width: min(120, Console.width),
            verbosity: parsed[Self.quiet] ? .quiet : parsed[Self.verbose] ? .verbose : .normal)
    }

    /// Prints the report and writes the files, each whole or not at all; one that fails does not keep the next from
    /// being written.
    func write(_ report: Report) -> ExitStatus {
        Console.out(TerminalReport.text(report, version: toolVersion, style: style))
        return .combined([
            Self.write(JSONReport.bytes(of: report, version: toolVersion), to: json),
            Self.write(JUnitReport.bytes(of: report, version: toolVersion), to: junit),
        ])
    }

    /// Writes a file that was asked for, and says so when it could not be written.
    static func write(_ bytes: @autoclosure () -> [UInt8], to path: String?) -> ExitStatus {
        guard let path else { return .success }
        do throws(FileOutput.Failure) {
            try FileOutput.write(bytes(), to: path)
            return .success
        } catch {
            Console.err("Error: \(printable(error.description))")
            return .reportNotWritten
        }
    }
}
