internal import Bytes
internal import ReportModel
internal import Reporting

/// Reports that the tool wrote earlier.
enum ReportInput {
    /// Reads a report in JSON.
    static func read(_ path: String) throws -> Report {
        let bytes = try Files.read(path, as: "report")
        do throws(JSONProblem) {
            return try JSONReport.report(from: bytes).report
        } catch {
            throw CommandError.input(
                "'\(printable(path))' is not a whole JSON report of this tool: \(printable(error.description))")
        }
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
        let report = try read(path)
        guard let result = report.cases.first(where: { $0.id == id }) else {
            let question = Suggestion.sentence(for: id, among: report.cases.map(\.id)).map { " \($0)" } ?? ""
            throw CommandError.input("the report '\(printable(path))' has no case '\(printable(id))'.\(question)")
        }
        return (report, result)
    }
}
