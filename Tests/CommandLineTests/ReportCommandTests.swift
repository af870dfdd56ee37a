import Bytes
import Foundation
import ReportModel
import Testing

/// `countersign report`, on the sample of the repository.
@Suite struct ReportCommandTests {
    private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("reports/sample-run.json")

    private static func document() throws -> JSON { try JSON.parse(Array(try Data(contentsOf: sample))) }

    private static func write(_ document: JSON, _ name: String, in folder: TemporaryFolder) throws -> String {
        let file = folder.url.appendingPathComponent(name)
        try Data(document.serialized(.pretty)).write(to: file)
        return file.path
    }

    @Test func everyFormatIsWrittenFromAReport() async throws {
        let folder = try TemporaryFolder()
        let out = folder.url.appendingPathComponent("out").path
        let output = try await Command.countersign("report", Self.sample.path, "--out", out)
        #expect(output.status == 0)
        #expect(output.errors == "")
        #expect(output.text.contains("RESULT  "))
        let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
        #expect(names.contains("report.json"))
        #expect(names.count >= 9)
        // What is read and written again is the same.
        let first = folder.url.appendingPathComponent("out/report.json")
        let second = folder.url.appendingPathComponent("second.json")
        _ = try await Command.countersign("report", first.path, "--json", second.path)
        #expect(try Data(contentsOf: first) == Data(contentsOf: second))
        for name in names {
            let bytes = try Data(contentsOf: folder.url.appendingPathComponent("out/\(name)"))
            #expect(!bytes.isEmpty, "\(name)")
            #expect(String(data: bytes, encoding: .utf8) != nil, "\(name)")
        }
    }

    @Test(
        arguments: [
            ("{}", "the key \"format\" is missing"), ("[1, 2", "this is not JSON"), ("", "this is not JSON"),
            ("{\"format\": 2}", "this is format 2; this version reads format 1"),
            ("{\"results\": {}, \"reportFormat\": \"CTRF\"}", "the key \"format\" is missing"),
        ])
    func whatIsNoReportIsRefused(text: String, reason: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("report.json")
        try Data(text.utf8).write(to: file)
        let output = try await Command.countersign("report", file.path)
        #expect(output.status == 2)
        #expect(output.text == "")
        #expect(output.errors.hasPrefix("Error: '\(file.path)' is not a whole JSON report of this tool: "))
        #expect(output.errors.contains(reason))
    }

    @Test func aTruncatedReportIsRefused() async throws {
        let folder = try TemporaryFolder()
        let bytes = try Data(contentsOf: Self.sample)
        let file = folder.url.appendingPathComponent("report.json")
        for part in [1, 2, 3] {
            try bytes.prefix(bytes.count * part / 4).write(to: file)
            #expect(try await Command.countersign("report", file.path).status == 2)
        }
    }

    @Test func aStepSummaryIsAppendedTo() async throws {
        let folder = try TemporaryFolder()
        let summary = folder.url.appendingPathComponent("summary.md")
        try Data("# Before\n".utf8).write(to: summary)
        for _ in 1...2 {
            let output = try await Command.countersign(
                "report", Self.sample.path, environment: ["GITHUB_STEP_SUMMARY": summary.path])
            #expect(output.status == 0)
        }
        let text = try String(contentsOf: summary, encoding: .utf8)
        #expect(text.hasPrefix("# Before\n## "))
        #expect(text.components(separatedBy: " Countersign: ").count == 3)
    }

    @Test func aStepSummaryNeverExceedsTheLimit() async throws {
        let folder = try TemporaryFolder()
        let summary = folder.url.appendingPathComponent("summary.md")
        for size in [1 << 20, (1 << 20) - 600, 2 << 20] {
            try Data(repeating: 0x61, count: size).write(to: summary)
            let output = try await Command.countersign(
                "report", Self.sample.path, environment: ["GITHUB_STEP_SUMMARY": summary.path])
            #expect(output.status == 0)
            #expect(try Data(contentsOf: summary).count <= max(size, 1 << 20))
        }
    }

    @Test func oneRunCannotBeComparedInAFormatForOne() async throws {
        let output = try await Command.countersign(
            "report", Self.sample.path, Self.sample.path, "--sarif", "out.sarif")
        #expect(output.status == 2)
        #expect(output.errors.contains("SARIF, for code scanning holds one run, and there are 2 reports."))
    }

    @Test func severalReportsAreSetSideBySide() async throws {
        let folder = try TemporaryFolder()
        let document = try Self.document()
        let other = try Self.write(
            document.replacing(pointer: "/run/target", with: "http://127.0.0.1:1/other"), "other.json", in: folder)
        let output = try await Command.countersign("report", Self.sample.path, other)
        #expect(output.status == 0)
        #expect(output.text.contains("B   \(other): http://127.0.0.1:1/other"))
        #expect(output.text.contains("0 of "))
    }

    @Test func aDifferenceIsToldAndFailsWhenItIsWorse() async throws {
        let folder = try TemporaryFolder()
        let sound = try await Served("--scheme", "scaiwave", paths: 1)
        let flawed = try await Served("--scheme", "scaiwave", "--flaw", "future-accepted", paths: 1)
        func report(_ name: String, _ url: String) async throws -> String {
            let file = folder.url.appendingPathComponent(name).path
            _ = try await Command.countersign(
                "run", url, "--scheme", "scaiwave", "--secret", "published", "--profile", "smoke", "--seed", "1",
                "--enforce", "should", "--json", file)
            return file
        }
        let (good, bad) = (
            try await report("good.json", sound.url("scaiwave")), try await report("bad.json", flawed.url("scaiwave"))
        )
        let markdown = folder.url.appendingPathComponent("difference.md")
        let worse = try await Command.countersign("report", "diff", good, bad, "--markdown", markdown.path)
        #expect(worse.status == 1)
        #expect(worse.text.contains(" broken\n"))
        #expect(try String(contentsOf: markdown, encoding: .utf8).contains(" broken\n\n- `"))
        let better = try await Command.countersign("report", "diff", bad, good)
        #expect(better.status == 0)
        #expect(better.text.contains(" fixed\n"))
        let same = try await Command.countersign("report", "diff", good, good)
        #expect(same.status == 0)
        #expect(same.text.contains("RESULT  no case has changed"))
    }

    @Test func shardsAreMergedAndForeignOnesRefused() async throws {
        let folder = try TemporaryFolder()
        let served = try await Served("--scheme", "slack", paths: 1)
        func shard(_ number: Int, seed: String = "1") async throws -> String {
            let file = folder.url.appendingPathComponent("shard-\(number)-\(seed).json").path
            _ = try await Command.countersign(
                "run", try served.url("slack"), "--scheme", "slack", "--secret", "published", "--profile", "smoke",
                "--seed", seed,
                "--shard", "\(number)/2", "--json", file)
            return file
        }
        let (first, second, foreign) = (try await shard(1), try await shard(2), try await shard(2, seed: "2"))
        let merged = folder.url.appendingPathComponent("merged.json").path
        let output = try await Command.countersign("report", "merge", second, first, "--json", merged)
        #expect(output.status == 0)
        let whole = try JSON.parse(Array(try Data(contentsOf: URL(fileURLWithPath: merged))))
        #expect(whole["run"]?["selection"]?["shard"] == .null)
        let refused = try await Command.countersign("report", "merge", first, foreign)
        #expect(refused.status == 2)
        #expect(refused.errors == "Error: '\(first)' and '\(foreign)' are not of one run: the seed differs\n")
        let alone = try await Command.countersign("report", "merge", first)
        #expect(alone.errors == "Error: shard 2 of 2 is missing\n")
    }

    @Test(arguments: ["src/hook.js:0", "src/hook.js:x", "/etc/passwd:1", ":3", "hook.js:"])
    func anAnchorThatIsNoPlaceInARepositoryIsRefused(anchor: String) async throws {
        let output = try await Command.countersign("report", Self.sample.path, "--sarif-anchor", anchor)
        #expect(output.status == 2)
        #expect(output.errors.contains("such as src/hook.js:42"))
    }
}
