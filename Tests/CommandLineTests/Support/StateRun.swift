import Bytes
import ReportModel

/// What a run left behind.
struct StateRun {
    let output: Output
    /// The report as it was written.
    let written: [UInt8]
    let cases: [JSON]
    let remarks: [String]

    init(output: Output, written: [UInt8]) throws {
        self.output = output
        self.written = written
        guard let report = try? JSON.parse(written), let cases = report["cases"]?.array else {
            throw CommandFailure(description: "no report, but \(output.text)\(output.errors)")
        }
        self.cases = cases
        remarks = (report[pointer: "/run/remarks"]?.array ?? []).compactMap { $0["text"]?.string }
    }

    func ids(of outcome: String) -> Set<String> { Set(entries(of: outcome, "id").keys) }
    func reasons(of outcome: String) -> [String: String] { entries(of: outcome, "reason") }
    func impacts(of outcome: String) -> [String: String] { entries(of: outcome, "impact") }

    /// A member of each case with some outcome, by the case's id.
    private func entries(of outcome: String, _ member: String) -> [String: String] {
        cases.filter { $0["outcome"]?.string == outcome }.reduce(into: [:]) { found, entry in
            if let id = entry["id"]?.string {
                found[id] = entry[member]?["text"]?.string ?? entry[member]?.string ?? ""
            }
        }
    }
}
