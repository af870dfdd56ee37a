import ReportModel
import Schemes

@testable import Reporting

extension Fixture {
    /// What means something in one format or another.
    static let hostileText =
        "\"><script>fetch('//evil.example')</script><img src=x onerror=alert(1)>]]><!-- --> </style> \u{1B}[31m\u{202E}\0"
        + "\u{FFFE}\r\n::error::injected\n# TODO ok 1\n  ...\n@everyone [x](javascript:alert(1)) ![y](//evil.example/p) | `a` "
        + "``b`` https://evil.example www.evil.example #1 %0A ${{ github.token }} javascript:alert(1)"

    /// A report in which everything that comes from outside is hostile: the target and its answers, a scheme file, a
    /// report file that someone else wrote.
    static let hostile: Report = {
        let text = hostileText
        let cases = Outcome.allCases.flatMap { outcome in
            [Impact.forgery, nil].map { impact in
                CaseResult(
                    info: CaseInfo(
                        id: "body/\(outcome.rawValue)-\(impact?.rawValue ?? "none")\(text)", title: text, level: .must,
                        topic: .future, severity: .critical, cwe: [294], covers: [text], why: text, fix: text),
                    clauses: [Clause(id: text, text: text, level: .must, place: text, topics: [.future])],
                    changes: .signedBody, expected: CaseResult.Expected(decision: .rejected, statuses: [401]),
                    outcome: outcome, impact: impact, reason: reason(outcome, impact),
                    observed: CaseResult.Observed(observation: .crashed, failure: text), control: .accepted)
            }
        }
        let record = RunRecord.Record(
            request: "POST / HTTP/1.1\nHost: x\nX-Signature: \(text)\n\n\(text)",
            answer: "HTTP/1.1 200 \(text)\n\n\(text)", nanoseconds: 1 << 60)
        var run = Fixture.run
        run.scheme = text
        run.target = "http://127.0.0.1/\(text)"
        run.vectors = text
        run.selection = Selection(only: [text], skip: [text])
        run.remarks = [.configured(file: text, options: [text]), .notRemoved(text)]
        var evidence = [String: RunRecord.Evidence]()
        for result in cases {
            evidence[result.id] = RunRecord.Evidence(control: record, probe: record, message: text, steps: [text])
        }
        return Report(
            complete: true, exit: .failure, run: run, measurements: Fixture.report.measurements, cause: nil,
            cases: cases,
            record: RunRecord(
                started: 253_402_300_799, nanoseconds: 1 << 60, exchanges: 1, nonce: text, evidence: evidence))
    }()

    private static func reason(_ outcome: Outcome, _ impact: Impact?) -> Reason? {
        switch outcome {
        case .skipped: .skipped(.moot(hostileText))
        case .inconclusive: .inconclusive(.obstacle(hostileText))
        case .pass: nil
        case .fail, .warn, .note, .waived: impact == nil ? .finding(hostileText) : nil
        }
    }
}
