import Foundation
import ReportModel
import Testing

/// The committed tables are what the commands print.
@Suite struct ReportsTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("reports")

    @Test(arguments: ["counts", "coverage"]) func theTableIsCurrent(_ name: String) async throws {
        let output = try await Command.countersign("list", "--\(name)")
        let committed = try String(contentsOf: Self.folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
        #expect(output.text == committed, "run 'reports/regenerate tables'")
    }

    /// The kill matrix says what made it, and was clean when it was made.
    @Test func theKillMatrixSaysWhereItIsFrom() throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent("kill-matrix.txt"), encoding: .utf8)
        let first = text.split(separator: "\n").first.map(String.init) ?? ""
        #expect(first.wholeMatch(of: /Made by .*\d+\.\d+\.\d+ at commit [0-9a-f]{7,}\./) != nil, "\(first)")
        #expect(text.contains(/0 gaps, (\d+) of \1 degenerate targets right/))
    }
}
