import Bytes
import Foundation
import ReportModel
import Testing

/// Many targets: their verdicts, what is wrong in a fleet file, and a fleet that is killed and goes on.
@Suite struct FleetTests {
    private static let targets = 6

    /// A fleet of endpoints that are one, sound, behind different paths of its URL's host.
    private struct Bench {
        let sound: Served
        let flawed: Served
        let folder: TemporaryFolder

        init() async throws {
            sound = try await Served("--scheme", "github", paths: 1)
            flawed = try await Served("--scheme", "github", "--flaw", "skips-byte-0", paths: 1)
            folder = try TemporaryFolder()
            let names = (1...targets).map { "target-\($0)" }
            let lines = try names.map { name in
                "{ \"name\": \"\(name)\", \"url\": \"\(try (name == "target-2" ? flawed : sound).url("github"))\" }"
            }
            _ = try folder.file(
                "fleet.json",
                """
                { "format": 1,
                  // Sixteen cases are enough to tell.
                  "defaults": { "scheme": "github", "secret": "published", "only": ["signature/byte-*-changed"] },
                  "targets": [ \(lines.joined(separator: ",\n    ")) ] }
                """)
        }

        func fleet(_ out: String, _ arguments: String...) async throws -> Output {
            try await Command.run(
                try Command.tool.path, ["fleet", "fleet.json", "--out", out, "--seed", "7"] + arguments,
                in: folder.url, deadline: 300)
        }

        func start(_ out: String) throws -> Running {
            try Running(
                try Command.tool.path,
                ["fleet", "fleet.json", "--out", out, "--seed", "7", "--fleet-jobs", "2", "--resume"], in: folder.url)
        }

        func journal(_ out: String) throws -> [String] {
            String(decoding: try folder.bytes("\(out)/journal.jsonl"), as: UTF8.self).split(separator: "\n")
                .map(String.init)
        }
    }

    @Test func eachTargetHasItsVerdict() async throws {
        let bench = try await Bench()
        let output = try await bench.fleet("out", "--fleet-jobs", "3")
        #expect(output.status == 1, "\(output.text)\(output.errors)")
        let lines = output.text.split(separator: "\n")
        #expect(lines.count == Self.targets + 1)
        #expect(lines.count { $0.contains("exit 0") } == Self.targets - 1)
        #expect(lines.contains { $0.hasPrefix("✗ target-2  exit 1  1 failed") }, "\(output.text)")
        #expect(
            lines.last == "RESULT  6 of 6 targets: 5 conformant · 1 not · 0 inconclusive  → exit 1", "\(output.text)")
        let fleet = try JSON.parse(bench.folder.bytes("out/fleet.json"))
        #expect(fleet["complete"]?.bool == true)
        #expect(fleet[pointer: "/summary/failed"]?.integer == 1)
        #expect(fleet[pointer: "/targets/1/failures"] == ["signature/byte-0-changed"])
        let report = try JSON.parse(bench.folder.bytes("out/targets/target-2.json"))
        #expect(report["exit"]?.integer == 1)
        #expect(String(decoding: try bench.folder.bytes("out/fleet.html"), as: UTF8.self).contains("target-2"))
        let again = try await bench.fleet("out")
        #expect(again.status == 2)
        #expect(again.errors.contains("--resume"), "\(again.errors)")
    }

    /// Killed at moments that differ, it ends as if it had not been: the same summary, and each target in the journal once.
    @Test(.timeLimit(.minutes(10))) func aKilledFleetGoesOn() async throws {
        let bench = try await Bench()
        #expect(try await bench.fleet("whole").status == 1)
        let whole = try bench.folder.bytes("whole/fleet.json")
        var generator = SeededGenerator(seed: 20)
        var kills = 0
        for round in 0..<20 {
            let out = "round-\(round / 4)"
            let running = try bench.start(out)
            let pause = UInt32.random(in: 0...400_000, using: &generator)
            _ = try await offThePool {
                usleep(pause)
                running.send(SIGKILL)
                return running.wait(seconds: 60)
            }
            kills += 1
        }
        #expect(kills == 20)
        for round in 0..<5 {
            let resumed = try await bench.fleet("round-\(round)", "--resume")
            #expect(resumed.status == 1, "\(resumed.text)\(resumed.errors)")
            #expect(try bench.folder.bytes("round-\(round)/fleet.json") == whole)
            let names = try bench.journal("round-\(round)").dropFirst().compactMap {
                try JSON.parse(Array($0.utf8))["name"]?.string
            }
            #expect(names.sorted() == (1...Self.targets).map { "target-\($0)" }, "judged once each")
        }
    }

    /// What a kill can leave behind: a line cut short, and a report whose line was not written.
    @Test func whatAKillLeavesIsReadRight() async throws {
        let bench = try await Bench()
        #expect(try await bench.fleet("out").status == 1)
        let whole = try bench.folder.bytes("out/fleet.json")
        let report = try bench.folder.bytes("out/targets/target-3.json")
        let journal = try bench.journal("out").filter { !$0.contains("target-3") }
        let cut = String(journal[2].prefix(40))
        let lost = try #require(JSON.parse(Array(journal[2].utf8))["name"]?.string)
        _ = try bench.folder.file(
            "out/journal.jsonl", (journal.filter { $0 != journal[2] } + [cut]).joined(separator: "\n"))
        try FileManager.default.removeItem(atPath: bench.folder.path("out/targets/\(lost).json"))
        let resumed = try await bench.fleet("out", "--resume")
        #expect(resumed.status == 1, "\(resumed.errors)")
        #expect(try bench.folder.bytes("out/fleet.json") == whole)
        #expect(try bench.folder.bytes("out/targets/target-3.json") == report, "not judged twice")
        #expect(resumed.text.split(separator: "\n").count == 3, "\(resumed.text)")
    }

    @Test func partsOfAFleetAreTheWholeTogether() async throws {
        let bench = try await Bench()
        var names = [String]()
        for index in 0..<4 {
            let output = try await Command.run(
                try Command.tool.path, ["fleet", "fleet.json", "--out", "part-\(index)", "--shard", "env"],
                environment: ["JOB_COMPLETION_INDEX": String(index), "JOB_COMPLETIONS": "4"], in: bench.folder.url,
                deadline: 300)
            #expect(output.status == (index == 1 ? 1 : 0), "\(output.text)\(output.errors)")
            names += try FileManager.default.contentsOfDirectory(atPath: bench.folder.path("part-\(index)/targets"))
        }
        #expect(names.sorted() == (1...Self.targets).map { "target-\($0).json" })
    }

    @Test(arguments: [
        (#"{"format": 2, "targets": []}"#, "/format: this is format 2"),
        (#"{"format": 1, "targets": []}"#, "has no targets"),
        (
            #"{"format": 1, "targets": [{"name": "a/b", "url": "http://127.0.0.1:9/"}]}"#,
            "/targets/0/name: a name has up"
        ),
        (#"{"format": 1, "targets": [{"name": "a", "url": "nowhere"}]}"#, "/targets/0"),
        (
            #"{"format": 1, "defaults": {"scheme": "slack", "secret": "published"}, "targets": [{"name": "a", "url": "http://127.0.0.1:9/"}, {"name": "A", "url": "http://127.0.0.1:9/"}]}"#,
            "/targets/1/name: there is a target of this name already"
        ),
        (
            #"{"format": 1, "targets": [{"name": "a", "url": "http://127.0.0.1:9/", "shceme": "slack"}]}"#,
            "a target has no such option. Did you mean 'scheme'"
        ),
        (
            #"{"format": 1, "targets": [{"name": "a", "url": "http://127.0.0.1:9/", "out": "x"}]}"#,
            "/targets/0/out: a target has no such option"
        ),
        (
            #"{"format": 1, "targets": [{"name": "a", "url": "http://e.example/", "scheme": "slack", "secret": "published"}]}"#,
            "--allow e.example"
        ),
        (#"{"format": 1, "targets": [{"name": "a", "url": "http://127.0.0.1:9/"}]}"#, "--scheme"),
    ])
    func wrongFilesAreSaidBeforeAnythingIsSent(text: String, message: String) async throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("fleet.json", text)
        let output = try await Command.countersign("fleet", "fleet.json", "--out", "out", in: folder.url)
        #expect(output.status == 2)
        #expect(output.errors.contains(message), "\(output.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("out/journal.jsonl")))
    }
}

/// Parts of a run, as CI systems name them.
@Suite struct ShardVariableTests {
    @Test(arguments: [
        (["TEST_SHARD_INDEX": "0", "TEST_TOTAL_SHARDS": "3"], "1/3"),
        (["CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "3"], "3/3"),
        (["CIRCLE_NODE_INDEX": "1", "CIRCLE_NODE_TOTAL": "3"], "2/3"),
        (["BUILDKITE_PARALLEL_JOB": "2", "BUILDKITE_PARALLEL_JOB_COUNT": "3"], "3/3"),
        (["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "3"], "1/3"),
    ])
    func thePartIsThatOfTheSystem(variables: [String: String], part: String) async throws {
        func plan(_ shard: String, _ environment: [String: String]) async throws -> String {
            try await Command.run(
                try Command.tool.path,
                [
                    "run", "http://127.0.0.1:9/", "--scheme", "github", "--secret", "published", "--only",
                    "signature/*", "--dry-run", "--verbose", "--shard", shard,
                ], environment: environment, deadline: 60
            ).text
        }
        let named = try await plan(part, [:])
        #expect(named.contains("signature/"))
        #expect(try await plan("env", variables) == named)
    }

    @Test(
        arguments: [
            ([:], "None of TEST_SHARD_INDEX, CI_NODE_INDEX"),
            (["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "3"], "CI_NODE_INDEX must be a number from 1"),
            (["TEST_SHARD_INDEX": "3", "TEST_TOTAL_SHARDS": "3"], "TEST_SHARD_INDEX must be a number from 0"),
            (["JOB_COMPLETION_INDEX": "0"], "JOB_COMPLETIONS how many parts"),
        ] as [([String: String], String)])
    func whatIsAbsentOrWrongIsSaid(variables: [String: String], message: String) async throws {
        let output = try await Command.countersign(
            "run", "http://127.0.0.1:9/", "--scheme", "github", "--secret", "published", "--shard", "env",
            environment: variables)
        #expect(output.status == 2)
        #expect(output.errors.replacing("\n", with: " ").contains(message), "\(output.errors)")
    }
}
