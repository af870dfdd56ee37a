import Bytes
import Foundation
import ReportModel
import Testing

/// A target whose answers have far to come, by way of a relay that delays what it carries.
@Suite(.enabled(if: Command.isInstalled("python3"), "python3 is missing")) struct DistanceTests {
    private static let relay = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent(".ci/benchmarks/far.py").path

    /// Runs against a sound endpoint at a distance, in milliseconds to and from.
    ///
    /// - Returns: the run, its report, and the most connections that were open at once.
    private static func run(_ distance: Int, _ options: String...) async throws -> (Output, JSON, Int) {
        let served = try await Served("--scheme", "github", paths: 1)
        let near = try #require(URLComponents(string: try served.url("github")))
        let relay = try Running("/usr/bin/env", ["python3", Self.relay, String(near.port ?? 0), String(distance)])
        let far = try #require(try await offThePool { try relay.lines(1) }.first)
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", far + near.path, "--scheme", "github", "--secret", "published", "--only", "signature/**",
                "--json",
                folder.path("report.json"),
            ] + options, deadline: 120)
        relay.closeInput()
        let lines = try await offThePool { try relay.lines(2) }
        return (output, try JSON.parse(try folder.bytes("report.json")), try #require(Int(lines[1])))
    }

    @Test func severalCasesRunAtOnceWhereAnswersHaveFarToCome() async throws {
        let (output, report, most) = try await Self.run(25)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        #expect(most > 4)
        let (alone, one, single) = try await Self.run(25, "--jobs", "1")
        #expect(alone.status == 0, "\(alone.text)\(alone.errors)")
        // Scenarios have a connection of their own.
        #expect(single < most)
        #expect(Self.outcomes(report) == Self.outcomes(one))
    }

    @Test func oneCaseAtATimeRunsNearby() async throws {
        // While the machine is busy, what is near answers as late as what is far, which shows nothing.
        var isBusy: Bool {
            var load = 0.0
            return getloadavg(&load, 1) == 1 && load > 2 * Double(ProcessInfo.processInfo.activeProcessorCount)
        }
        var fewest = Int.max
        for _ in 0..<5 where fewest > 2 && !isBusy {
            let (output, _, most) = try await Self.run(0)
            #expect(output.status == 0, "\(output.text)\(output.errors)")
            fewest = min(fewest, most)
        }
        #expect(fewest <= 2 || isBusy)
    }

    private static func outcomes(_ report: JSON) -> [String?] {
        (report["cases"]?.array ?? []).flatMap { [$0["id"]?.string, $0["outcome"]?.string] }
    }
}
