import ReportModel
import Schemes
import Testing

@testable import Selftest

@Suite("Targets that try to look as if they decided")
struct InventiveTargetTests {
    @Test(
        "fail every selection, and no pass of theirs tells anything",
        arguments: [
            "profile smoke", "timestamp/**", "header/**", "control/**", "replay/**", "timestamp/future-one-year",
        ])
    func selections(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let selection = try #require(DegenerateRuns.selections.first { $0.name == name }).selection
        for (target, report) in try DegenerateRuns.inventive(scheme, selection) {
            #expect(report.exit == ReportModel.ExitStatus.failure, "\(target.rawValue): \(report.exit)")
            #expect(report.summary.discriminating == 0, "\(target.rawValue)")
        }
    }
}
