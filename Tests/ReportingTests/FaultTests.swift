import ReportModel
import Testing

@testable import Reporting

/// One fault is one block, however many cases show it.
@Suite("Faults") struct FaultTests {
    private static func faults(_ cases: [CaseResult]) -> [[String]] {
        var report = Fixture.report
        report.cases = cases
        return report.faults(.fail).map { $0.results.map(\.id) }
    }

    @Test("one change that is overlooked wherever it is made is one fault, whatever the families and fixes")
    func overlooked() throws {
        var report = Fixture.report
        report.cases = ["body/a", "body/b", "timestamp/c", "header/d"].map {
            Fixture.result($0, .fail, impact: .forgery, observed: .accepted, fix: "Fix \($0).")
        }
        let fault = try #require(report.faults(.fail).first)
        #expect(fault.results.count == 4 && report.faults(.fail).count == 1)
        #expect(fault.ignored == report.cases[0].changes)
        let text = TerminalReport.text(report, Fixture.context)
        #expect(text.contains("extent  any change to the "))
    }

    @Test("that others of the change are refused makes each a fault of its own")
    func seldom() {
        let failures = (1...4).map {
            Fixture.result("body/\($0)", .fail, impact: .forgery, observed: .accepted, fix: "Fix \($0).")
        }
        let passes = (5...8).map { Fixture.result("body/\($0)", .pass) }
        #expect(Self.faults(failures + passes).count == 4)
        #expect(Self.faults(Array(failures.prefix(3))).count == 3)
    }

    @Test("one fix for one impact is one fault across families, and another impact is another")
    func fixes() {
        let cases = [
            Fixture.result("body/a", .fail, impact: .crash, fix: "Catch it."),
            Fixture.result("header/b", .fail, impact: .crash, fix: "Catch it."),
            Fixture.result("header/c", .fail, impact: .contract, fix: "Catch it."),
        ]
        #expect(Self.faults(cases) == [["body/a", "header/b"], ["header/c"]])
    }
}
