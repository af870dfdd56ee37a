package import Bytes
package import ReportModel

/// The verdicts of a fleet as JSON: `fleet.json`, and a line of its journal for each target.
package enum FleetJSON {
    /// The version of the format.
    package static let format = 1

    /// Writes the report of a fleet. It has no times, so the same fleet gives the same bytes.
    package static func bytes(of report: FleetReport, version: String) -> [UInt8] {
        let totals: JSON = [
            "targets": JSON(report.verdicts.count), "conformant": JSON(report.count(.success)),
            "failed": JSON(report.count(.failure)), "inconclusive": JSON(report.count(.inconclusive)),
        ]
        let value: JSON = [
            "format": JSON(format), "complete": .bool(report.complete), "exit": JSON(Int(report.exit.rawValue)),
            "tool": ["name": "countersign", "version": .string(version)], "fleet": .string(report.fleet),
            "seed": .number(String(report.seed)), "summary": totals, "targets": .array(report.verdicts.map(json)),
        ]
        return value.serialized(.pretty)
    }

    /// Returns a verdict as JSON.
    package static func json(_ verdict: FleetVerdict) -> JSON {
        [
            "name": .string(verdict.name), "target": .string(verdict.target), "scheme": .string(verdict.scheme),
            "exit": JSON(Int(verdict.exit.rawValue)), "meaning": .string(verdict.meaning),
            "summary": .object(verdict.summary.counts.map { JSON.Member($0.name, JSON($0.count)) }),
            "failures": JSON(verdict.failures), "report": .string(verdict.report),
        ]
    }

    /// Reads a verdict.
    package static func verdict(_ node: JSONCursor) throws(JSONProblem) -> FleetVerdict {
        guard let exit = ExitStatus(rawValue: try node["exit"].integer()) else {
            throw try node["exit"].problem("no such exit code")
        }
        let counts = try node["summary"]
        var summary = Report.Summary([])
        summary.cases = try counts["cases"].integer()
        summary.passed = try counts["passed"].integer()
        summary.failed = try counts["failed"].integer()
        summary.warned = try counts["warned"].integer()
        summary.noted = try counts["noted"].integer()
        summary.waived = try counts["waived"].integer()
        summary.inconclusive = try counts["inconclusive"].integer()
        summary.skipped = try counts["skipped"].integer()
        summary.discriminating = try counts["discriminating"].integer()
        return FleetVerdict(
            name: try node["name"].string, target: try node["target"].string, scheme: try node["scheme"].string,
            exit: exit, meaning: try node["meaning"].string, summary: summary, failures: try node["failures"].strings,
            report: try node["report"].string)
    }
}

extension FleetVerdict {
    /// Creates the verdict of a run.
    package init(name: String, report: Report, path: String) {
        self.init(
            name: name, target: report.run.target, scheme: report.run.scheme, exit: report.exit,
            meaning: report.cause?.words ?? report.meaning, summary: report.summary,
            failures: report.cases(.fail).prefix(Self.named).map(\.id), report: path)
    }

    /// The verdict as a line for a terminal.
    package func line(nameWidth: Int) -> String {
        let mark = exit == .success ? "✓" : exit == .failure ? "✗" : "?"
        let terms = [
            "\(summary.failed) failed", "\(summary.passed) passed",
            summary.waived > 0 ? "\(summary.waived) waived" : nil,
            summary.inconclusive > 0 ? "\(summary.inconclusive) inconclusive" : nil,
        ]
        let totals = terms.compactMap(\.self).joined(separator: " · ")
        return printable("\(mark) \(name.padded(to: nameWidth + 1)) exit \(exit.rawValue)  \(totals)  \(meaning)")
    }
}
