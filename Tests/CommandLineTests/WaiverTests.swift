import Bytes
import Foundation
import ReportModel
import Testing

/// The gate from end to end: waivers made from a report, applied, stale, expired, wrong; and a baseline.
@Suite struct WaiverTests {
    private static let failing = "timestamp/future-one-year"
    private static let passing = "signature/byte-0-changed"

    /// A day that many days from now, by the calendar of Foundation.
    private static func day(_ days: Int) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withFullDate]
        return formatter.string(from: Date(timeIntervalSinceNow: Double(days) * 86_400))
    }

    /// An endpoint with one fault, and a folder with the report of a run in which one case passed and one failed.
    private struct Bench {
        let served: Served
        let folder: TemporaryFolder

        init() async throws {
            served = try await Served("--scheme", "slack", "--flaw", "future-accepted", paths: 1)
            folder = try TemporaryFolder()
            let output = try await run("--json", "before.json")
            #expect(output.status == 1)
        }

        func run(_ arguments: String...) async throws -> Output {
            try await Command.run(
                try Command.tool.path,
                [
                    "run", try served.url("slack"), "--scheme", "slack", "--secret", "published", "--seed", "7",
                    "--only", failing, "--only", passing,
                ] + arguments, in: folder.url, deadline: 120)
        }

        func add(_ reference: String, until day: String, reason: String = "in review") async throws -> Output {
            try await Command.countersign(
                "waivers", "add", "waivers.json", reference, "--reason", reason, "--owner", "@bridges", "--issue",
                "INT-41", "--expires", day, in: folder.url)
        }

        func check(_ arguments: String...) async throws -> Output {
            try await Command.run(
                try Command.tool.path, ["waivers", "check", "waivers.json"] + arguments, in: folder.url, deadline: 60)
        }
    }

    @Test func aWaivedFailureIsGreenAndSaysSo() async throws {
        let bench = try await Bench()
        let day = Self.day(30)
        let added = try await bench.add("before.json#\(Self.failing)", until: day)
        #expect(
            added.text == """
                timestamp/future-one-year  forgery: accepted 200  until \(day)
                A forgery can be waived in CI; no certificate is given while there is one.

                """)
        #expect(
            String(decoding: try bench.folder.bytes("waivers.json"), as: UTF8.self) == """
                {
                  "format": 1,
                  "waivers": [
                    {
                      "case": "timestamp/future-one-year",
                      "outcome": "forgery: accepted 200",
                      "reason": "in review",
                      "owner": "@bridges",
                      "issue": "INT-41",
                      "expires": "\(day)"
                    }
                  ]
                }

                """)
        let output = try await bench.run("--waivers", "waivers.json", "--json", "after.json", "--junit", "after.xml")
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        #expect(output.text.contains("0 failed · 1 passed (1 discriminating) · 1 waived"))
        #expect(output.text.contains("→ exit 0 (conformant but for 1 waived)"))
        #expect(output.text.contains("      waived until \(day): in review (INT-41, @bridges)\n"))
        let report = try JSON.parse(bench.folder.bytes("after.json"))
        #expect(report[pointer: "/summary/waived"]?.integer == 1)
        #expect(try XMLCounts(bench.folder.bytes("after.xml")).elements["skipped"] == 1)
        let checked = try await bench.check("--scheme", "slack", "--report", "after.json")
        #expect(checked.status == 0)
        #expect(checked.text.hasSuffix("    fits, 31 days left\n1 waiver, 0 to correct\n"), "\(checked.text)")
    }

    @Test func aWaiverThatDoesNotFitFailsTheRun() async throws {
        let bench = try await Bench()
        #expect(try await bench.add("before.json#\(Self.failing)", until: Self.day(30)).status == 0)
        let written = String(decoding: try bench.folder.bytes("waivers.json"), as: UTF8.self)
        for (name, text, says) in [
            ("stale", written.replacing(Self.failing, with: Self.passing), "stale: the case passes now"),
            (
                "changed", written.replacing("accepted 200", with: "accepted 202"),
                "the waiver says 'forgery: accepted 202', the run found 'forgery: accepted 200'"
            ),
            ("expired", written.replacing(Self.day(30), with: "2026-01-31"), "its last day was 2026-01-31"),
            ("unmatched", written.replacing(Self.failing, with: "replay/identical"), "the case was not run"),
        ] {
            _ = try bench.folder.file("\(name).json", text)
            let arguments = name == "unmatched" ? ["--only", "replay/identical"] : []
            let output = try await Command.run(
                try Command.tool.path,
                [
                    "run", try bench.served.url("slack"), "--scheme", "slack", "--secret", "published", "--only",
                    name == "stale" || name == "unmatched" ? Self.passing : Self.failing, "--only", Self.passing,
                    "--waivers", "\(name).json",
                ] + arguments, in: bench.folder.url, deadline: 120)
            #expect(output.status == 1, "\(name): \(output.text)\(output.errors)")
            let text = output.text.replacing(/\n +/, with: " ")
            #expect(text.contains(says), "\(name): \(output.text)")
        }
    }

    @Test func prunedAreTheStaleAndTheExpired() async throws {
        let bench = try await Bench()
        #expect(try await bench.add("before.json#\(Self.failing)", until: Self.day(30)).status == 0)
        let one = String(decoding: try bench.folder.bytes("waivers.json"), as: UTF8.self)
        let object = try #require(JSON.parse(Array(one.utf8))[pointer: "/waivers/0"])
        let stale = object.replacing(pointer: "/case", with: .string(Self.passing))
        let expired = object.replacing(pointer: "/case", with: "presence/no-signature-header")
            .replacing(pointer: "/expires", with: "2026-01-31")
        let file: JSON = ["format": 1, "waivers": [object, stale, expired]]
        _ = try bench.folder.file("waivers.json", String(decoding: file.serialized(.pretty), as: UTF8.self))
        let checked = try await bench.check()
        #expect(checked.status == 1)
        let output = try await Command.countersign(
            "waivers", "prune", "waivers.json", "--report", "before.json", in: bench.folder.url)
        #expect(output.status == 0)
        #expect(
            output.text
                == "removed signature/byte-0-changed: stale\nremoved presence/no-signature-header: expired\n1 waiver left\n"
        )
        #expect(String(decoding: try bench.folder.bytes("waivers.json"), as: UTF8.self) == one)
    }

    @Test func aBaselineFailsOnlyOnWhatIsNew() async throws {
        let bench = try await Bench()
        let same = try await bench.run("--baseline", "before.json", "--min-cases", "2")
        #expect(same.status == 0, "\(same.text)\(same.errors)")
        #expect(same.text.contains("failed in the same way in the baseline, run "))
        let few = try await bench.run("--baseline", "before.json", "--min-cases", "3")
        #expect(few.status == 3)
        #expect(few.text.contains("2 cases judged, and at least 3 demanded"), "\(few.text)")
        let sound = try await Served("--scheme", "slack", paths: 1)
        let fixed = try await Command.countersign(
            "run", try sound.url("slack"), "--scheme", "slack", "--secret", "published", "--only", Self.failing,
            "--baseline", "before.json", in: bench.folder.url)
        #expect(fixed.status == 0)
        #expect(fixed.text.contains(/fixed +since run [0-9a-f]{12}: timestamp\/future-one-year\n/), "\(fixed.text)")
        let worse = try await Served(
            "--scheme", "slack", "--flaw", "future-accepted", "--flaw", "skips-byte-0", paths: 1)
        let new = try await Command.countersign(
            "run", try worse.url("slack"), "--scheme", "slack", "--secret", "published", "--only", Self.failing,
            "--only", Self.passing, "--baseline", "before.json", in: bench.folder.url)
        #expect(new.status == 1)
        #expect(new.text.contains(/new +since run [0-9a-f]{12}: .*signature\/byte-0-changed/), "\(new.text)")
    }

    @Test func aRunDoesNotStopAtAWaivedFailure() async throws {
        let bench = try await Bench()
        #expect(try await bench.add("before.json#\(Self.failing)", until: Self.day(30)).status == 0)
        let output = try await bench.run("--waivers", "waivers.json", "--fail-fast")
        #expect(output.status == 0, "\(output.text)")
    }

    @Test func wrongFilesAreSaidBeforeAnythingIsSent() async throws {
        let bench = try await Bench()
        _ = try bench.folder.file(
            "unknown.json",
            #"{"format": 1, "waivers": [{"case": "timestamp/future-one-yaer", "outcome": "forgery", "reason": "r", "#
                + #""owner": "o", "issue": "i", "expires": "\#(Self.day(3))"}]}"#)
        _ = try bench.folder.file("cut.json", "{\"format\": 1, \"complete\": tr")
        for (arguments, message) in [
            (["--waivers", "nowhere.json"], "no waiver file at 'nowhere.json'"),
            (["--waivers", "unknown.json"], "Did you mean 'timestamp/future-one-year'"),
            (["--baseline", "nowhere.json"], "no report at 'nowhere.json'"),
            (["--baseline", "cut.json"], "'cut.json' is not a whole JSON report of this tool: this is not JSON"),
            (["--baseline", "waivers-are-no-report.json"], "no report at"),
        ] {
            let output = try await Command.run(
                try Command.tool.path,
                ["run", "http://127.0.0.1:9/", "--scheme", "slack", "--secret", "published"] + arguments,
                in: bench.folder.url, deadline: 60)
            #expect(output.status == 2)
            #expect(output.errors.contains(message), "\(output.errors)")
        }
        for (reference, day, message) in [
            ("before.json#\(Self.passing)", Self.day(3), "did not fail in that report"),
            ("before.json#no/such", Self.day(3), "has no case 'no/such'"),
            ("before.json", Self.day(3), "names no case"),
            ("before.json#\(Self.failing)", Self.day(182), "a waiver lasts 180 days at most"),
        ] {
            let output = try await bench.add(reference, until: day)
            #expect(output.status == 2)
            #expect(output.errors.contains(message), "\(output.errors)")
        }
        let foreign = try await Command.countersign(
            "run", "http://127.0.0.1:9/", "--scheme", "github", "--secret", "published", "--baseline", "before.json",
            in: bench.folder.url)
        #expect(foreign.status == 2)
        #expect(foreign.errors.contains("is of slack (event), and this run is of github"), "\(foreign.errors)")
    }
}
