import Bytes
import Foundation
import Testing

/// ScaiWave's documented times, five minutes of grace and ten of memory, waited for in full by a clock that runs fast.
@Suite struct FullCertificationTests {
    /// The server refuses these lines before the endpoint sees them.
    private static let malformed: Set = ["signature/trailing-nul", "header/name-blank-before-colon", "header/name-nul"]

    @Test(.timeLimit(.minutes(2))) func scaiWaveIsCertifiedInFull() async throws {
        let served = try await Served("--scheme", "scaiwave", "--speed", "60", paths: 2)
        let url = try served.url("scaiwave")
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", url, "--scheme", "scaiwave", "--secret", "published", "--level", "all", "--enforce", "should",
                "--speed", "60", "--verbose", "--json", folder.path("report.json"),
            ] + StateOptions.all(of: "scaiwave", at: url), deadline: 110)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        let run = try StateRun(output: output, written: folder.bytes("report.json"))
        #expect(run.ids(of: "skipped") == Self.malformed)
        let report = try JSON.parse(run.written)
        #expect(report["complete"]?.bool == true)
        for count in ["failed", "warned", "noted", "waived", "inconclusive"] {
            #expect(report[pointer: "/summary/\(count)"]?.integer == 0, "\(count)")
        }
        let grace = try #require(report[pointer: "/measurements/grace/seconds"]?.integer)
        #expect((297...303).contains(grace))
        // A second of this clock is less than a request may take on a busy machine.
        for edge in ["past", "future"] {
            #expect((297...303).contains(report[pointer: "/measurements/window/\(edge)"]?.integer ?? 0), "\(edge)")
        }
        #expect(report[pointer: "/measurements/grace/uncertainty"]?.integer ?? .max <= 3)
        // Asked at a distance from the documented 600 s that the clocks can't make doubtful.
        let memory = try #require(report[pointer: "/measurements/memory"])
        #expect((540..<600).contains(memory["atLeast"]?.integer ?? 0))
        #expect((601...660).contains(memory["lessThan"]?.integer ?? 0))
        #expect(run.remarks.contains { $0.contains("replaced, twice") })
        // What was made for a test is gone.
        #expect(!run.remarks.contains { $0.contains("could not be removed") })
    }
}
