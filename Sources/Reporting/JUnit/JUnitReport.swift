package import ReportModel
internal import Schemes

/// A report as JUnit XML, in the shape that GitLab and Jenkins read.
///
/// GitLab shows a test by its `classname`, `name` and `time`, and the text inside `failure`, `error` or `skipped`;
/// it drops the second of two tests with the same name. Jenkins treats everything before the last full stop in
/// `classname` as a package, and needs `message` and text in the same, single child.
package enum JUnitReport {
    /// Writes a report.
    /// A failure is a case that the target does not meet; an error is one that could not be judged. A `should` or `may`
    /// that is not met passes, with its explanation in `system-out`. If a run is red without a failed case, the reason
    /// is in a test named `run`.
    ///
    /// - Parameters:
    ///   - report: the report.
    /// - context: the version of the tool and the names of options.
    /// - Returns: an XML 1.0 document in UTF-8.
    package static func bytes(of report: Report, _ context: ReportContext) -> [UInt8] {
        let summary = report.summary
        let run = runCase(report)
        let totals = [
            ("tests", String(summary.cases + (run == nil ? 0 : 1))), ("failures", String(summary.failed)),
            ("errors", String(summary.inconclusive + (run == nil ? 0 : 1))),
            ("skipped", String(summary.skipped + summary.waived)), ("time", seconds(report.record.nanoseconds)),
        ]
        let properties = [
            ("tool", "countersign \(context.version)"), ("vectors", report.run.vectors),
            ("seed", String(report.run.seed)),
            ("run", report.run.id), ("target", report.run.target), ("exit", String(report.exit.rawValue)),
        ]
        let suite = XMLElement(
            "testsuite",
            [("name", className(report, nil)), ("id", "0")] + totals + [
                ("timestamp", String(ISOTime.text(report.record.started).dropLast())),
                ("hostname", host(of: report.run.target)),
            ],
            children: [
                XMLElement(
                    "properties", children: properties.map { XMLElement("property", [("name", $0), ("value", $1)]) })
            ] + (run.map { [$0] } ?? []) + testCases(report, context))
        return XMLElement("testsuites", [("name", "countersign")] + totals, children: [suite]).document
    }

    /// Returns a test for a run that is red without a failed test, because CI systems look only at tests.
    private static func runCase(_ report: Report) -> XMLElement? {
        let isRed = report.summary.failed + report.summary.inconclusive > 0
        guard report.cause != nil || (report.exit != .success && !isRed) else { return nil }
        let message = report.cause?.words ?? "exit \(report.exit.rawValue): \(report.meaning)"
        var text = message
        if let record = report.record.evidence["preflight"]?.control {
            text += "\n\nsent:\n\(record.request)\n\nanswer:\n\(record.answer)"
        }
        return XMLElement(
            "testcase", [("classname", className(report, nil)), ("name", "run"), ("time", seconds(0))],
            children: [XMLElement("error", [("type", report.exit.meaning), ("message", message)], text: text)])
    }

    private static func testCases(_ report: Report, _ context: ReportContext) -> [XMLElement] {
        var names = Set<String>()
        return report.cases.map { result in
            var name = slashed(result.id)
            var number = 2
            while !names.insert(name).inserted {
                name = "\(slashed(result.id)) (\(number))"
                number += 1
            }
            let evidence = report.record.evidence[result.id]
            let time = (evidence?.control?.nanoseconds ?? 0) + (evidence?.probe?.nanoseconds ?? 0)
            return XMLElement(
                "testcase",
                [("classname", className(report, result.family)), ("name", name), ("time", seconds(time))],
                children: verdict(result, report, context).map { [$0] } ?? [])
        }
    }

    private static func verdict(_ result: CaseResult, _ report: Report, _ context: ReportContext) -> XMLElement? {
        let reason = result.reason?.words(context) ?? "no reason was given"
        let text = explanation(of: result, reason: result.reason.map { _ in reason }, report)
        switch result.outcome {
        case .pass: return nil
        case .fail:
            let type = result.impact?.rawValue ?? "failure"
            let got = result.observed?.words ?? reason
            let message = "\(type): \(got), expected \(result.expectedWords). \(result.title)"
            return XMLElement("failure", [("type", type), ("message", message)], text: text)
        case .inconclusive:
            return XMLElement("error", [("type", "inconclusive"), ("message", reason)], text: text)
        case .skipped: return XMLElement("skipped", [("message", reason)], text: reason)
        case .waived:
            let message = result.excuse?.words ?? "waived: \(reason)"
            return XMLElement("skipped", [("message", message)], text: "\(message)\n\n\(text)")
        case .warn, .note: return XMLElement("system-out", text: text)
        }
    }

    /// Returns everything about one result as plain text.
    private static func explanation(of result: CaseResult, reason: String?, _ report: Report) -> String {
        let evidence = report.record.evidence[result.id]
        var lines = [
            "\(result.id) (\(result.level.rawValue), \(result.severity.rawValue))", result.title, "",
            "expected: \(result.expectedWords)",
        ]
        if let observed = result.observed { lines.append("observed: \(observed.words)") }
        if let control = result.control { lines.append("control: \(control.words)") }
        if let reason { lines.append("because: \(reason)") }
        lines += result.clauses.map { "clause: \($0.text) (\($0.level.rawValue); \($0.place))" }
        lines += ["why: \(result.why)", "fix: \(result.fix)"]
        if let steps = evidence?.steps, !steps.isEmpty { lines += ["", "steps:"] + steps }
        if let exchange = evidence?.probe ?? evidence?.control {
            lines += ["", "sent:", exchange.request, "", "answer:", exchange.answer]
        }
        return lines.joined(separator: "\n")
    }

    private static func className(_ report: Report, _ family: String?) -> String {
        (["countersign", slashed(report.run.scheme)] + (family.map { [slashed($0)] } ?? [])).joined(separator: ".")
    }

    /// Readers treat a full stop as a separator of packages.
    private static func slashed(_ text: String) -> String { text.replacing(".", with: "/") }

    private static func host(of target: String) -> String {
        guard let start = target.firstRange(of: "://")?.upperBound else { return target }
        return String(target[start...].prefix { $0 != "/" && $0 != "?" })
    }

    private static func seconds(_ nanoseconds: UInt64) -> String {
        let digits = String(nanoseconds / 1000 % 1_000_000)
        return "\(nanoseconds / 1_000_000_000).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}

extension ReportFormat {
    /// For CI systems that show tests.
    static let junit = ReportFormat("junit", title: "JUnit XML", fileName: "junit.xml") {
        JUnitReport.bytes(of: $0, $1)
    }
}
