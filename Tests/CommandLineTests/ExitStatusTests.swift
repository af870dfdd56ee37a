import Foundation
import ReportModel
import Testing

/// How the tool ends.
@Suite struct ExitStatusTests {
    @Test(
        arguments: [
            ([], 0), ([0, 3], 3), ([3, 1, 0], 1), ([1, 3], 1), ([1, 2, 3], 2), ([2, 70, 1], 70), ([1, 74], 74),
            ([74, 2], 2), ([1, 130], 130), ([130, 74], 74),
        ] as [([Int32], Int32)])
    func theGravestIsTheExitCode(codes: [Int32], combined: Int32) throws {
        let statuses = try codes.map { try #require(ExitStatus(rawValue: $0)) }
        #expect(ExitStatus.combined(statuses).rawValue == combined)
        #expect(ExitStatus.combined(statuses.reversed()).rawValue == combined)
    }

    /// The verdict was reached: it is printed, the report that can be written is, and the other is named.
    @Test func aReportThatCanNotBeWrittenIsNamedAfterTheVerdict() async throws {
        let served = try await Served("--scheme", "slack", paths: 1)
        let folder = try TemporaryFolder()
        let output = try await Command.countersign(
            "run", try served.url("slack"), "--scheme", "slack", "--secret", "published", "--only", "control/plain",
            "--only", "signature/all-zero",
            "--json", "/dev/full", "--junit", "junit.xml", in: folder.url)
        #expect(output.status == 74)
        #expect(output.text.contains("exit 0"), "\(output.text)")
        #expect(output.errors.hasPrefix("Error: /dev/full can't be written: "), "\(output.errors)")
        #expect(try !folder.bytes("junit.xml").isEmpty)
    }
}
