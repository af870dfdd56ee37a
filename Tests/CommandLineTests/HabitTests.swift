import Bytes
import Foundation
import ReportModel
import Testing

/// `init`, `replay`, `manual`, and lists that are folded.
@Suite struct HabitTests {
    @Test func initWritesWhatRunReads() async throws {
        let served = try await Served("--scheme", "slack", paths: 1)
        let folder = try TemporaryFolder()
        let written = try await Command.countersign(
            "init", "--url", try served.url("slack"), "--scheme", "slack", "--secret-variable", "SLACK_SECRET", "--ci",
            "github", in: folder.url)
        #expect(written.status == 0, "\(written.errors)")
        #expect(
            written.text == """
                wrote countersign.json
                wrote .github/workflows/countersign.yml
                Next: put the secret into SLACK_SECRET, start the endpoint, and run 'countersign run'.

                """)
        let secret = try await Command.countersign("schemes", "show", "slack", "--published-secret").text
        let run = try await Command.countersign(
            "run", "--only", "control/plain", "--only", "signature/all-zero",
            environment: ["SLACK_SECRET": secret.trimmingCharacters(in: .newlines)], in: folder.url)
        #expect(run.status == 0, "\(run.text)\(run.errors)")
        let job = String(decoding: try folder.bytes(".github/workflows/countersign.yml"), as: UTF8.self)
        #expect(job.contains("SLACK_SECRET: ${{ secrets.SLACK_SECRET }}"))
        let again = try await Command.countersign(
            "init", "--url", try served.url("slack"), "--scheme", "slack", "--ci", "none", in: folder.url)
        #expect(again.status == 2)
        #expect(again.errors == "Error: 'countersign.json' exists: --force replaces it\n")
    }

    /// Without a terminal nothing is asked.
    @Test(arguments: [
        (["--scheme", "slack", "--ci", "none"], "--url"),
        (["--url", "http://127.0.0.1:1/", "--ci", "none"], "--scheme"),
        (["--url", "http://127.0.0.1:1/", "--scheme", "slack"], "--ci"),
    ])
    func initAsksNothingWithoutATerminal(arguments: [String], option: String) async throws {
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path, ["init"] + arguments, input: Array("x\n".utf8), in: folder.url, deadline: 30)
        #expect(output.status == 2)
        #expect(output.errors.contains("Missing expected argument '\(option) <"), "\(output.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func aCaseIsReplayedAndCompared() async throws {
        let flawed = try await Served("--scheme", "slack", "--flaw", "future-accepted", paths: 1)
        let sound = try await Served("--scheme", "slack", paths: 1)
        let folder = try TemporaryFolder()
        _ = try await Command.countersign(
            "run", try flawed.url("slack"), "--scheme", "slack", "--secret", "published", "--json", "r.json", "--only",
            "timestamp/future-one-year", "--only", "control/plain", in: folder.url)
        let same = try await Command.countersign(
            "replay", "r.json#timestamp/future-one-year", "--secret", "published", in: folder.url)
        #expect(same.status == 1, "\(same.errors)")
        #expect(
            same.text.hasSuffix(
                "BEFORE  fail (forgery: accepted 200)\nNOW     fail (forgery: accepted 200), as before\n"),
            "\(same.text)")
        let fixed = try await Command.countersign(
            "replay", "r.json#timestamp/future-one-year", "--secret", "published", "--url", try sound.url("slack"),
            in: folder.url)
        #expect(fixed.status == 0, "\(fixed.text)")
        #expect(fixed.text.hasSuffix("BEFORE  fail (forgery: accepted 200)\nNOW     pass\n"), "\(fixed.text)")
        let plain = try await Command.countersign(
            "replay", "r.json#control/plain", "--secret", "published", in: folder.url)
        #expect(plain.status == 0, "a valid request that is accepted is what it must be: \(plain.text)")
        let unknown = try await Command.countersign(
            "replay", "r.json#control/plian", "--secret", "published", in: folder.url)
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("Did you mean 'control/plain'"), "\(unknown.errors)")
    }

    @Test func listsAreFoldedUnlessAsked() async throws {
        let folded = try await Command.countersign("list", "--scheme", "slack")
        #expect(folded.text.split(separator: "\n").count < 30)
        #expect(folded.text.contains("cases apply to slack. --only 'timestamp/**' lists those of a family"))
        let all = try await Command.countersign("list", "--scheme", "slack", "--all")
        let cases = all.text.split(separator: "\n").count - 1
        #expect(folded.text.contains("\n\(cases) cases apply to slack"))
        let counted = folded.text.split(separator: "\n").filter { $0.hasPrefix("  all ") }.first
        #expect(
            counted?.split(separator: " ").dropFirst().compactMap { Int($0) }.reduce(0, +) == cases, "\(folded.text)")
        let plan = try await Command.countersign(
            "run", "http://127.0.0.1:9/", "--scheme", "slack", "--secret", "published", "--dry-run")
        #expect(plan.text.split(separator: "\n").count < 35, "\(plan.text)")
        #expect(plan.text.contains("Nothing was sent.") && plan.text.hasSuffix("--verbose shows each case.\n"))
    }

    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
    private static let hasMandoc = Command.isInstalled("mandoc")

    @Test(.enabled(if: hasMandoc || isCI, "mandoc is not installed; 'bash .ci/peers' does it"))
    func theManualPageHasNoFault() async throws {
        let folder = try TemporaryFolder()
        let page = try await Command.countersign("manual")
        #expect(page.status == 0)
        let path = try folder.file("countersign.1", page.text)
        let lint = try await Command.sh("mandoc -Tlint -Wwarning '\(path)'")
        #expect(lint.status == 0, "\(lint.text)")
        let shown = try await Command.sh("mandoc -Tutf8 '\(path)' | col -b")
        for part in ["NAME", "SYNOPSIS", "EXIT STATUS", "waivers check", "--fleet-jobs", "NO_COLOR"] {
            #expect(shown.text.contains(part), "\(part)")
        }
    }
}
