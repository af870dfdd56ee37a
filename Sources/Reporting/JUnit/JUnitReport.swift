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
        guard let problem = report.problem else { return nil }
        return XMLElement(
            "testcase", [("classname", className(report, nil)), ("name", "run"), ("time", seconds(0))],
            children: [
                XMLElement(
                    "error", [("type", report.meaning), ("message", problem)], text: report.problemInFull ?? "")
            ])
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
            let time = report.nanoseconds(of: result)
            return XMLElement(
                "testcase",
                [("classname", className(report, result.family)), ("name", name), ("time", seconds(time))],
                children: verdict(CaseText(result: result, report: report, context: context)).map { [$0] } ?? [])
        }
    }

    private static func verdict(_ text: CaseText) -> XMLElement? {
        let message = text.message
        switch text.result.outcome {
        case .pass: return nil
        case .fail:
            let type = text.result.impact?.rawValue ?? "failure"
            return XMLElement("failure", [("type", type), ("message", message)], text: text.whole)
        case .inconclusive:
            return XMLElement("error", [("type", "inconclusive"), ("message", message)], text: text.whole)
        case .skipped: return XMLElement("skipped", [("message", message)], text: message)
        case .waived: return XMLElement("skipped", [("message", message)], text: "\(message)\n\n\(text.whole)")
        case .warn, .note: return XMLElement("system-out", text: text.whole)
        }
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
