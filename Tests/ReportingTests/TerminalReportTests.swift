import Catalogue
import Foundation
import Harness
import Platform
import ReportModel
import Testing

@testable import Reporting

@Suite("Terminal report") struct TerminalReportTests {
    @Test(
        "The whole text is as it was",
        arguments: [
            ("plain.txt", Style()), ("color.txt", Style(color: true)), ("narrow.txt", Style(width: 60)),
            ("quiet.txt", Style(verbosity: .quiet)), ("verbose.txt", Style(verbosity: .verbose)),
        ])
    func snapshots(name: String, style: Style) throws {
        try expectSnapshot(TerminalReport.text(Fixture.report, Fixture.context, style: style), name)
    }

    @Test("A target that rejects everything produces one cause, not hundreds of findings")
    func refusing() throws {
        let text = TerminalReport.text(Fixture.refusing, Fixture.context)
        try expectSnapshot(text, "refusing.txt")
        #expect(text.split(separator: "\n").count < 25)
    }

    @Test("A sound target makes a short text")
    func sound() throws { try expectSnapshot(TerminalReport.text(Fixture.sound, Fixture.context), "sound.txt") }

    @Test("No line is longer than the width", arguments: [40, 60, 79, 100, 200], [Style.Verbosity.normal, .verbose])
    func width(width: Int, verbosity: Style.Verbosity) {
        for report in [Fixture.report, Fixture.refusing, Self.hostile] {
            let text = TerminalReport.text(
                report, Fixture.context, style: Style(width: width, verbosity: verbosity))
            for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        }
    }

    @Test("Without colour there is no escape, and with it nothing but colour is added")
    func color() {
        let plain = TerminalReport.text(Fixture.report, Fixture.context)
        let colored = TerminalReport.text(Fixture.report, Fixture.context, style: Style(color: true))
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.contains("\u{1B}[1;31mFAIL\u{1B}[0m"))
        #expect(colored.replacing(/\x{1B}\[[0-9;]+m/, with: "") == plain)
    }

    @Test("Text from the target or a file is harmless", arguments: [Style.Verbosity.quiet, .normal, .verbose])
    func hostile(verbosity: Style.Verbosity) {
        let text = TerminalReport.text(
            Self.hostile, ReportContext(version: Self.evil), style: Style(verbosity: verbosity))
        let harmful = text.unicodeScalars.filter {
            $0 != "\n" && [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
        }
        #expect(harmful.isEmpty)
        #expect(text.contains("\\u{1B}"))
    }

    @Test("Beyond a dozen explained faults there is a line for each")
    func manyFaults() {
        var report = Fixture.report
        report.cases = (1...30).map {
            Fixture.result("body/b\($0)", .fail, impact: .contract, fix: "Fix b\($0).")
        }
        report.summary = Report.Summary(report.cases)
        let text = TerminalReport.text(report, Fixture.context)
        #expect(text.matches(of: /FAIL  body/).count == 30)
        #expect(text.matches(of: /countersign explain/).count == 12)
        let quiet = TerminalReport.text(report, Fixture.context, style: Style(verbosity: .quiet))
        #expect(quiet.contains("… 18 more failures"))
        #expect(quiet.split(separator: "\n").count == 14)
    }

    @Test("Failures with the same fix are explained once, unless the report is verbose")
    func oneFault() {
        var report = Fixture.report
        report.cases = (1...30).map { Fixture.result("body/b\($0)", .fail, impact: .forgery, observed: .accepted) }
        report.summary = Report.Summary(report.cases)
        let text = TerminalReport.text(report, Fixture.context)
        #expect(text.matches(of: /countersign explain/).count == 1)
        #expect(text.contains("29 more: body/b2, body/b3, "))
        #expect(text.contains("… 9 more"))
        #expect(text.contains("RESULT  30 failed"))
        let verbose = TerminalReport.text(report, Fixture.context, style: Style(verbosity: .verbose))
        #expect(verbose.matches(of: /countersign explain/).count == 30)
        let quiet = TerminalReport.text(report, Fixture.context, style: Style(verbosity: .quiet))
        #expect(quiet.hasPrefix("FAIL  body/b1  (+29) accepted (status 200)"))
    }

    @Test("The most severe failures come first")
    func order() throws {
        let text = TerminalReport.text(Fixture.report, Fixture.context)
        let critical = try #require(text.range(of: "FAIL  signature/truncated"))
        let high = try #require(text.range(of: "FAIL  timestamp/future-one-year"))
        #expect(critical.lowerBound < high.lowerBound)
    }

    @Test(
        "The exit code is said in words",
        arguments: [
            (ReportModel.ExitStatus.success, 0, "conformant"), (.failure, 1, "non-conformant"),
            (.wrongInput, 2, "usage or configuration error"), (.inconclusive, 3, "inconclusive"),
            (.internalError, 70, "a bug in Countersign"), (.reportNotWritten, 74, "a report could not be written"),
            (.interrupted, 130, "interrupted"), (.terminated, 143, "interrupted"),
        ])
    func exit(status: ReportModel.ExitStatus, code: Int, words: String) {
        var report = Fixture.sound
        report.exit = status
        #expect(TerminalReport.text(report, Fixture.context).hasSuffix("→ exit \(code) (\(words))\n"))
    }

    @Test("A skip names the option that would change it")
    func options() {
        var report = Fixture.sound
        report.cases += [
            Fixture.result("replay/same-id-twice", .skipped, reason: .skipped(.notGiven(.effects)), observed: nil),
            Fixture.result("rotation/new-at-once", .skipped, reason: .skipped(.notGiven(.rotation)), observed: nil),
        ]
        let text = TerminalReport.text(report, Fixture.context)
        #expect(text.contains("needs a way to count effects (--observe)\n"))
        #expect(text.contains("needs a way to replace the secret\n"))
    }

    @Test("An interrupted run says so")
    func interrupted() {
        var report = Fixture.sound
        report.complete = false
        #expect(TerminalReport.text(report, Fixture.context).contains("INTERRUPTED"))
    }

    static let evil = "a\u{1B}]0;owned\u{07}\r\u{9B}2J\u{202E}\u{2028}<&\"']]>\u{0}"

    static let hostile: Report = {
        var report = Fixture.report
        report.run.target = evil
        report.run.remarks = [
            .notRemoved(evil), .configured(file: String(repeating: "x", count: 500), options: [evil]),
        ]
        report.cause = .validRequest(CaseResult.Observed(observation: nil, failure: evil))
        report.measurements.transport[.oddCase] = .refused(CaseResult.Observed(observation: nil, failure: evil))
        report.cases = Outcome.allCases.map { outcome in
            let result = Fixture.result(
                "body/\(outcome.rawValue)", outcome, reason: .finding(evil),
                observed: CaseResult.Observed(observation: .rejected, failure: evil), clauses: [], changes: .body,
                title: evil, why: evil, fix: evil)
            report.record.evidence[result.id] = RunRecord.Evidence(
                control: nil, probe: RunRecord.Record(request: evil, answer: evil, nanoseconds: 1), message: evil)
            return result
        }
        report.summary = Report.Summary(report.cases)
        return report
    }()
}
