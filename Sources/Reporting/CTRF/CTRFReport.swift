internal import Bytes
internal import ReportModel

/// A report in the Common Test Report Format, whose schema allows no members of one's own outside `extra`.
///
/// What could not be judged counts as failed, because readers take `other` for harmless; `rawStatus` has our word.
enum CTRFReport {
    static func bytes(of report: Report, _ context: ReportContext) -> [UInt8] {
        let tests =
            (report.problem.map { [run($0, report)] } ?? [])
            + report.cases.map { test(CaseText(result: $0, report: report, context: context)) }
        let start = report.record.started.multipliedReportingOverflow(by: 1000).partialValue
        let stop = start.addingReportingOverflow(Int64(report.record.nanoseconds / 1_000_000)).partialValue
        var summary = [JSON.Member("tests", JSON(tests.count))]
        for status in ["passed", "failed", "pending", "skipped", "other"] {
            summary.append(JSON.Member(status, JSON(tests.count { $0["status"]?.string == status })))
        }
        summary += [JSON.Member("start", .number(String(start))), JSON.Member("stop", .number(String(stop)))]
        let results: JSON = [
            "tool": ["name": "countersign", "version": .string(context.version)],
            "summary": .object(summary), "tests": .array(tests), "environment": ["extra": environment(report)],
        ]
        let document: JSON = ["reportFormat": "CTRF", "specVersion": "0.0.0", "results": results]
        return document.serialized(.pretty)
    }

    private static func environment(_ report: Report) -> JSON {
        [
            "target": .string(printable(report.run.target)), "scheme": .string(report.run.scheme),
            "vectors": .string(report.run.vectors), "seed": .number(String(report.run.seed)),
            "exit": JSON(Int(report.exit.rawValue)),
        ]
    }

    private static func run(_ problem: String, _ report: Report) -> JSON {
        [
            "name": "run", "status": "failed", "duration": 0, "message": .string(printable(problem)),
            "rawStatus": .string(report.meaning),
        ]
    }

    private static func test(_ text: CaseText) -> JSON {
        let result = text.result
        let milliseconds = Int(text.report.nanoseconds(of: result) / 1_000_000)
        var members = [
            JSON.Member("name", .string(result.id)), JSON.Member("status", .string(status(result.outcome))),
            JSON.Member("duration", JSON(milliseconds)),
            JSON.Member("suite", JSON(["countersign", text.report.run.scheme, result.family])),
            JSON.Member("rawStatus", .string(result.outcome.rawValue)),
            JSON.Member("tags", JSON([result.level.rawValue, result.severity.rawValue])),
        ]
        if result.outcome != .pass {
            members.append(JSON.Member("message", .string(printable(text.message))))
        }
        if result.outcome == .fail || result.outcome == .warn || result.outcome == .note {
            members.append(JSON.Member("trace", .string(printableLines(text.whole))))
        }
        let extra: JSON = [
            "title": .string(result.title), "impact": result.impact.map { .string($0.rawValue) } ?? .null,
            "cwe": .array(result.cwe.map { JSON($0) }), "fix": .string(result.fix),
        ]
        members.append(JSON.Member("extra", extra))
        return .object(members)
    }

    private static func status(_ outcome: Outcome) -> String {
        switch outcome {
        case .pass, .warn, .note: "passed"
        case .fail, .inconclusive: "failed"
        case .waived: "other"
        case .skipped: "skipped"
        }
    }
}

extension ReportFormat {
    /// For tools that read the Common Test Report Format.
    static let ctrf = ReportFormat("ctrf", title: "CTRF", fileName: "ctrf.json") { CTRFReport.bytes(of: $0, $1) }
}
