internal import Bytes
internal import ReportModel
internal import Reporting

/// Reports that earlier runs wrote.
struct ReportInput {
    /// The path as the user wrote it.
    let path: String
    /// What the file says.
    let report: Report
    /// The version of the tool that made it.
    let version: String

    /// Reads a JSON report.
    ///
    /// - Throws: `CommandError` that names the file, the place in it and what is wrong there.
    init(_ path: String) throws {
        let bytes = try Files.read(path, as: "report")
        do throws(JSONProblem) {
            (report, version) = try JSONReport.report(from: bytes)
        } catch {
            throw CommandError.input(
                "'\(printable(path))' is not a whole JSON report of this tool: \(printable(error.description))")
        }
        self.path = path
    }

    /// Reads a report and finds one of its cases.
    ///
    /// - Parameter reference: the path of the report, `#`, and the id of the case.
    static func result(_ reference: String) throws -> (report: Report, result: CaseResult) {
        guard let mark = reference.lastIndex(of: "#") else {
            throw CommandError.input(
                "'\(printable(reference))' names no case: write the report, '#' and the id, such as "
                    + "report.json#timestamp/future-one-year")
        }
        let (path, id) = (String(reference[..<mark]), String(reference[reference.index(after: mark)...]))
        let report = try ReportInput(path).report
        guard let result = report.cases.first(where: { $0.id == id }) else {
            let question = Suggestion.sentence(for: id, among: report.cases.map(\.id)).map { " \($0)" } ?? ""
            throw CommandError.input("the report '\(printable(path))' has no case '\(printable(id))'.\(question)")
        }
        return (report, result)
    }
}
