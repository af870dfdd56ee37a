internal import Arguments
internal import Bytes
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting

/// Where a report goes: always to standard output, and to the files that were asked for.
struct ReportOutputs {
    private let json: String?
    private let junit: String?
    private let style: Style

    /// Reads the options; the folder is made before anything is sent.
    init(_ parsed: ParsedCommand) throws {
        let folder = parsed.value("out")
        if let folder { try Files.makeFolder(folder) }
        json = parsed.value("json") ?? folder.map { "\($0)/report.json" }
        junit = parsed.value("junit") ?? folder.map { "\($0)/junit.xml" }
        style = Style(
            color: Console.usesColor(refused: parsed.flag("no-color")), width: min(120, Console.width),
            verbosity: parsed.flag("quiet") ? .quiet : parsed.flag("verbose") ? .verbose : .normal)
    }

    /// Prints the report and writes the files, each whole or not at all.
    func write(_ report: Report) throws {
        Console.out(TerminalReport.text(report, version: toolVersion, style: style))
        if let json { try Self.write(JSONReport.bytes(of: report, version: toolVersion), to: json) }
        if let junit { try Self.write(JUnitReport.bytes(of: report, version: toolVersion), to: junit) }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try FileOutput.write(bytes, to: path)
        } catch {
            throw CommandError.input("the report could not be written: \(printable("\(error)"))")
        }
    }
}
