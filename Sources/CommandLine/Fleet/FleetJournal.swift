internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// The folder of a fleet's reports, and the journal of the targets that were judged.
///
/// A report is whole on the disk before its line is in the journal. After a kill between the two the report is taken as
/// it is: no target is judged twice, and nothing that was judged is lost.
struct FleetJournal: Sendable {
    private let folder: String
    private let journal: Journal
    /// The verdicts of an earlier run that this one goes on with, by name.
    let verdicts: [String: FleetVerdict]
    /// The seed of every run.
    let seed: UInt64

    static func reportPath(_ name: String) -> String { "targets/\(name).json" }

    private static func path(in folder: String) -> String { "\(folder)/journal.jsonl" }

    /// Returns the seed in the journal of a folder; `nil` when there is no journal, or an empty one.
    static func seed(in folder: String) throws -> UInt64? {
        guard Files.exists(path(in: folder)) else { return nil }
        let lines = try Files.read(path(in: folder), as: "journal").split(separator: 0x0A)
        guard let first = lines.first else { return nil }
        return try read(folder) { () throws(JSONProblem) in try cursor(first)["seed"].integer() }
    }

    /// Opens the journal of a folder.
    ///
    /// - Parameters:
    ///   - resumes: whether to go on with the run that the journal is of; otherwise there must be none.
    ///   - fleet: the digest of the fleet file.
    init(folder: String, resumes: Bool, fleet: String, seed: UInt64) throws {
        try Files.makeFolder("\(folder)/targets")
        let isUsed = try Files.exists(Self.path(in: folder)) || !Files.names(in: "\(folder)/targets").isEmpty
        guard resumes || !isUsed else {
            throw CommandError.input(
                "the folder '\(printable(folder))' has the reports of a fleet: go on with it by --resume, or name "
                    + "another folder")
        }
        let header: JSON = [
            "fleet": .string(fleet), "tool": .string(toolVersion), "seed": .number(String(seed)),
        ]
        let lines: [[UInt8]]
        do throws(SystemError) {
            (journal, lines) = try Journal.open(Self.path(in: folder))
            if lines.isEmpty { try journal.add(header.serialized()) }
        } catch {
            throw CommandError.input("the journal in '\(printable(folder))' can't be written: \(error)")
        }
        self.folder = folder
        self.seed = seed
        guard lines.first ?? header.serialized() == header.serialized() else {
            throw CommandError.input(
                "the journal in '\(printable(folder))' is of another fleet file, seed or version of this tool: name "
                    + "another folder")
        }
        verdicts = try Self.read(folder) { () throws(JSONProblem) in
            var verdicts = [String: FleetVerdict]()
            for line in lines.dropFirst() {
                let verdict = try FleetJSON.verdict(Self.cursor(line[...]))
                verdicts[verdict.name] = verdict
            }
            return verdicts
        }
    }

    /// Returns the verdict of a report that was written and is not in the journal; `nil` when there is none.
    func unrecorded(_ target: FleetFile.Target) -> FleetVerdict? {
        let path = Self.reportPath(target.name)
        guard let bytes = try? FileInput.read("\(folder)/\(path)", limit: 1 << 28),
            let (report, _) = try? JSONReport.report(from: bytes), report.complete, target.run.isOrigin(of: report)
        else { return nil }
        return FleetVerdict(name: target.name, report: report, path: path)
    }

    /// Writes the report of a target.
    func write(_ report: Report, of target: FleetFile.Target) throws(FileOutput.Failure) -> FleetVerdict {
        let path = Self.reportPath(target.name)
        try FileOutput.write(JSONReport.bytes(of: report, version: toolVersion), to: "\(folder)/\(path)")
        return FleetVerdict(name: target.name, report: report, path: path)
    }

    /// Adds a verdict.
    func add(_ verdict: FleetVerdict) throws(SystemError) { try journal.add(FleetJSON.json(verdict).serialized()) }

    private static func cursor(_ line: ArraySlice<UInt8>) throws(JSONProblem) -> JSONCursor {
        do { return JSONCursor(try JSON.parse(Array(line))) } catch { throw JSONProblem("", "not JSON: \(error)") }
    }

    private static func read<Value>(
        _ folder: String, _ body: () throws(JSONProblem) -> Value
    ) throws -> Value {
        do throws(JSONProblem) {
            return try body()
        } catch {
            throw CommandError.input(
                "the journal in '\(printable(folder))' is damaged: \(printable(error.description))")
        }
    }
}
