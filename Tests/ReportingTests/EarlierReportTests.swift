import Foundation
import ReportModel
import Testing

@testable import Reporting

/// Reports stay readable: this one was written before reports had a selection, documented limits, a gate and controls.
@Suite("Earlier reports") struct EarlierReportTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Snapshots/earlier-report.json")

    @Test("Every format is made from a report of an earlier version", arguments: ReportFormats.all.map(\.name))
    func formats(name: String) throws {
        let (report, version) = try JSONReport.report(from: [UInt8](try Data(contentsOf: Self.file)))
        #expect(report.run.selection.isWhole)
        #expect(report.measurements.documented == Measurements.Documented())
        let format = try #require(ReportFormats.all.first { $0.name == name })
        let bytes = format.bytes(of: report, ReportContext(version: version))
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        #expect(bytes.count > 100)
    }
}
