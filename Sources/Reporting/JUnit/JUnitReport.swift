internal import Catalogue
internal import Harness
package import ReportModel
internal import Schemes

/// A report as JUnit XML, in the shape that GitLab and Jenkins read.
///
/// GitLab shows a test by its `classname`, `name` and `time`, and the text inside `failure`, `error` or `skipped`;
/// of two tests with one name it drops the second. Jenkins takes what stands before the last full stop of `classname`
/// for a package, and needs `message` and text in the same, single child.
package enum JUnitReport {
    /// Writes a report.
    ///
    /// A failure is a case that the target does not meet; an error is one that could not be told. A `should` or `may`
    /// that is not met passes, with its explanation in `system-out`. What makes a run red without a failed case stands
    /// in a case of its own, named `run`.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - version: the version of the tool that made it.
    /// - Returns: an XML 1.0 document in UTF-8.
    package static func bytes(of report: Report, version: String) -> [UInt8] {
        let summary = report.summary
        let run = runCase(report)
        let totals = [
            ("tests", String(summary.cases + (run == nil ? 0 : 1))), ("failures", String(summary.failed)),
            ("errors", String(summary.inconclusive + (run == nil ? 0 : 1))),
            ("skipped", String(summary.skipped + summary.waived)), ("time", seconds(report.timing.nanoseconds)),
        ]
        let properties = [
            ("tool", "countersign \(version)"), ("vectors", report.run.vectors), ("seed", String(report.run.seed)),
            ("run", report.run.id), ("target", report.run.target), ("exit", String(report.exit)),
        ]
        let suite = XMLElement(
            "testsuite",
            [("name", className(report, nil)), ("id", "0")] + totals + [
                ("timestamp", String(ISOTime.text(report.timing.started).dropLast())),
                ("hostname", host(of: report.run.target)),
            ],
            children: [
                XMLElement(
                    "properties", children: properties.map { XMLElement("property", [("name", $0), ("value", $1)]) })
            ] + (run.map { [$0] } ?? []) + testCases(report))
        return XMLElement("testsuites", [("name", "countersign")] + totals, children: [suite]).document
    }

    /// CI shows red for tests alone, so a run that is not green without a failed test gets one.
    private static func runCase(_ report: Report) -> XMLElement? {
        let isRed = report.summary.failed + report.summary.inconclusive > 0
        guard report.cause != nil || (report.exit != 0 && !isRed) else { return nil }
        let message = report.cause ?? "exit \(report.exit): \(report.exitMeaning)"
        var text = message
        if let record = report.timing.evidence["preflight"]?.control {
            text += "\n\nsent:\n\(record.request)\n\nanswer:\n\(record.answer)"
        }
        return XMLElement(
            "testcase", [("classname", className(report, nil)), ("name", "run"), ("time", seconds(0))],
            children: [XMLElement("error", [("type", report.exitMeaning), ("message", message)], text: text)])
    }

    private static func testCases(_ report: Report) -> [XMLElement] {
        var names = Set<String>()
        return report.cases.map { result in
            var name = slashed(result.id)
            var number = 2
            while !names.insert(name).inserted {
                name = "\(slashed(result.id)) (\(number))"
                number += 1
            }
            let evidence = report.timing.evidence[result.id]
            let time = (evidence?.control?.nanoseconds ?? 0) + (evidence?.probe?.nanoseconds ?? 0)
            return XMLElement(
                "testcase",
                [("classname", className(report, result.family)), ("name", name), ("time", seconds(time))],
                children: verdict(result, report).map { [$0] } ?? [])
        }
    }

    private static func verdict(_ result: CaseResult, _ report: Report) -> XMLElement? {
        let text = TerminalReport.explanation(result, in: report)
        let reason = result.reason ?? "no reason was given"
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
            let message = "waived: \(reason)"
            return XMLElement("skipped", [("message", message)], text: "\(message)\n\n\(text)")
        case .warn, .note: return XMLElement("system-out", text: text)
        }
    }

    private static func className(_ report: Report, _ family: String?) -> String {
        (["countersign", slashed(report.run.scheme)] + (family.map { [slashed($0)] } ?? [])).joined(separator: ".")
    }

    /// Readers take a full stop for the end of a package's name.
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
