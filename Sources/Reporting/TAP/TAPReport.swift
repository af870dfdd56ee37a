internal import Bytes
internal import ReportModel

/// A report in the Test Anything Protocol, version 14.
///
/// Known and unenforced failures are `not ok … # TODO`, which does not fail a run of tests. What could not be judged is
/// `not ok`, and a run that judged nothing has a point that says so: an empty plan would be a success.
enum TAPReport {
    static func bytes(of report: Report, _ context: ReportContext) -> [UInt8] {
        let count = report.cases.count + (report.problem == nil ? 0 : 1)
        var lines = ["TAP version 14", "1..\(count)"]
        var number = 1
        if let problem = report.problem {
            lines += ["not ok 1 - run"] + block([("message", problem)])
            number += 1
        }
        for result in report.cases {
            lines += point(number, CaseText(result: result, report: report, context: context))
            number += 1
        }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func point(_ number: Int, _ text: CaseText) -> [String] {
        let id = escaped(text.result.id)
        switch text.result.outcome {
        case .pass: return ["ok \(number) - \(id)"]
        case .skipped: return ["ok \(number) - \(id) # SKIP \(escaped(text.message))"]
        case .fail, .inconclusive: return ["not ok \(number) - \(id)"] + details(text)
        case .waived: return ["not ok \(number) - \(id) # TODO \(escaped(text.message))"] + details(text)
        case .warn: return ["not ok \(number) - \(id) # TODO recommended, not enforced"] + details(text)
        case .note: return ["not ok \(number) - \(id) # TODO worth knowing, no failure"] + details(text)
        }
    }

    private static func details(_ text: CaseText) -> [String] {
        let result = text.result
        var members: [(String, String)] = [
            ("outcome", result.outcome.rawValue), ("title", result.title),
            ("message", text.message), ("level", result.level.rawValue),
            ("severity", result.severity.rawValue), ("expected", result.expectedWords),
        ]
        if let observed = result.observed { members.append(("observed", observed.words)) }
        if let control = result.control { members.append(("control", control.words)) }
        members += [("why", result.why), ("fix", result.fix)]
        let evidence = text.report.record.evidence[result.id]
        if let exchange = evidence?.probe ?? evidence?.control {
            members += [("sent", exchange.request), ("answer", exchange.answer)]
        }
        return block(members)
    }

    /// A YAML block. A string as JSON is also one as YAML, when nothing in it is invisible.
    private static func block(_ members: [(String, String)]) -> [String] {
        ["  ---"]
            + members.map { name, value in
                let text = JSON.string(printableLines(value))
                return "  \(name): \(String(decoding: text.serialized(), as: UTF8.self))"
            } + ["  ..."]
    }

    /// Only a number sign and a backslash have a meaning in a description.
    private static func escaped(_ text: String) -> String {
        printable(text).replacing("\\", with: "\\\\").replacing("#", with: "\\#")
    }
}

extension ReportFormat {
    /// For anything that reads the Test Anything Protocol.
    static let tap = ReportFormat("tap", title: "TAP 14", fileName: "report.tap") { TAPReport.bytes(of: $0, $1) }
}
