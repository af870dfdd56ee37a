import Bytes
import Foundation
import ReportModel
import Testing

@testable import Reporting

/// Every format is read by something that this project did not write.
@Suite("Formats, as other programs read them", .enabled(if: Readers.areWanted, Readers.missing))
struct FormatTests {
    private static let context: ReportContext = {
        var context = Fixture.context
        context.anchor = SourceAnchor(path: "src/my hook.js", line: 42)
        return context
    }()

    /// The readers take a second to start, so each report is read once.
    private static let mixed = Result { try Readers.read(Fixture.report, context) }
    private static let sound = Result { try Readers.read(Fixture.sound, context) }
    private static let refusing = Result { try Readers.read(Fixture.refusing, context) }
    private static let hostile = Result { try Readers.read(Fixture.hostile, context) }
    private static let empty = Result {
        var report = Fixture.sound
        report.cases = []
        report.conclude()
        return try Readers.read(report, context)
    }

    private static func found(_ report: String) throws -> JSON {
        switch report {
        case "mixed": try mixed.get()
        case "sound": try sound.get()
        case "refusing": try refusing.get()
        case "hostile": try hostile.get()
        default: try empty.get()
        }
    }

    @Test(
        "The readers have nothing to say against it",
        arguments: ["mixed", "sound", "refusing", "hostile", "empty"],
        ["sarif", "ctrf", "tap", "junit", "annotations", "markdown", "badge"])
    func valid(report: String, format: String) throws {
        let found = try #require(try Self.found(report)[format])
        #expect(found["problems"]?.array != nil)
        #expect(found["problems"]?.strings == [])
    }

    private static func pairs(_ value: JSON?) -> [[String]] { (value?.array ?? []).map(\.strings) }

    @Test("SARIF: findings with their levels, at the anchor, and what could not be judged as notifications")
    func sarif() throws {
        let sarif = try #require(try Self.mixed.get()["sarif"])
        #expect(
            Self.pairs(sarif["results"]) == [
                ["signature/truncated", "error"], ["timestamp/future-one-year", "error"],
                ["contract/bad-signature-status", "warning"], ["header/name-twice", "note"],
            ])
        #expect(sarif["category"]?.string == "countersign/scaiwave")
        #expect(sarif["places"]?.strings == ["\"src/my%20hook.js\":42"])
        #expect(sarif["rules"]?["signature/truncated"]?.string == "9.5")
        #expect(sarif["rules"]?["transport/chunked"] == nil, "what was skipped is no rule")
        #expect(sarif["successful"]?.bool == false)
        #expect(
            sarif["notifications"]?.strings == [
                "1 inconclusive case: its control was not accepted: status 503",
                "The target's certificate was not verified.",
            ])
        let sound = try #require(try Self.sound.get()["sarif"])
        #expect(sound["successful"]?.bool == true)
        #expect(sound["results"]?.array == [])
    }

    @Test("SARIF: another anchor, seed and time leave the fingerprints as they are")
    func fingerprints() throws {
        var later = Fixture.report
        later.run.seed = 1
        later.run.id = "another"
        later.record.started += 1000
        let other = try Readers.read(later, Fixture.context)
        let before = try Self.mixed.get()
        #expect(other["sarif"]?["fingerprints"]?.strings.count == 4)
        #expect(other["sarif"]?["fingerprints"] == before["sarif"]?["fingerprints"])
        #expect(other["sarif"]?["places"] != before["sarif"]?["places"])
    }

    @Test("CTRF: a status that no reader takes for green when it is not")
    func ctrf() throws {
        let tests = Self.pairs(try Self.mixed.get()["ctrf"]?["tests"])
        #expect(tests.count == 10)
        #expect(tests.contains(["timestamp/future-one-year", "failed", "fail"]))
        #expect(tests.contains(["body/pretty-printed", "failed", "inconclusive"]))
        #expect(tests.contains(["replay/same-id-twice", "other", "waived"]))
        #expect(tests.contains(["transport/chunked", "skipped", "skipped"]))
        #expect(tests.contains(["contract/bad-signature-status", "passed", "warn"]))
        #expect(Self.pairs(try Self.refusing.get()["ctrf"]?["tests"]).first == ["run", "failed", "inconclusive"])
        #expect(Self.pairs(try Self.empty.get()["ctrf"]?["tests"]) == [["run", "failed", "inconclusive"]])
    }

    @Test("TAP: only failures and doubts fail; the rest is TODO or SKIP")
    func tap() throws {
        let tap = try #require(try Self.mixed.get()["tap"])
        let points = Self.pairs(tap["points"])
        #expect(tap["failed"]?.integer == 3)
        #expect(points.count == 10)
        #expect(points[0] == ["- control/plain", "ok", "", ""])
        #expect(points[4].prefix(3) == ["- timestamp/future-one-year", "not ok", ""])
        // TAP::Parser takes a point that is to do for one that is as it should be.
        #expect(points[5].prefix(3) == ["- contract/bad-signature-status", "ok", "TODO"])
        #expect(points[7][3] == "waived until 2027-01-31: deduplication is in review (INT-41, @bridges-team)")
        #expect(points[9].prefix(3) == ["- transport/chunked", "ok", "SKIP"])
        #expect(tap["yaml"]?.strings.first == "Compare the lengths first, then all bytes in constant time.")
        #expect(Self.pairs(try Self.empty.get()["tap"]?["points"]) == [["- run", "not ok", "", ""]])
    }

    @Test("JUnit: as many failures, errors and skipped tests as junitparser counts")
    func junit() throws {
        let counts = try #require(try Self.mixed.get()["junit"]?["counts"])
        #expect(counts == ["tests": 10, "failures": 2, "errors": 1, "skipped": 2])
    }

    @Test("Annotations: one a fault, most severe first")
    func annotations() throws {
        let found = Self.pairs(try Self.mixed.get()["annotations"]?["found"])
        #expect(
            found == [
                ["error", "signature/truncated", "src/my hook.js:42"],
                ["error", "timestamp/future-one-year", "src/my hook.js:42"],
                ["error", "1 inconclusive case", "src/my hook.js:42"],
                ["warning", "contract/bad-signature-status", "src/my hook.js:42"],
                ["notice", "header/name-twice", "src/my hook.js:42"],
            ])
    }

    @Test("Annotations: at most nine of a kind, the last of which counts the rest")
    func manyAnnotations() throws {
        var report = Fixture.report
        report.cases = (1...30).map {
            Fixture.result("body/number-\($0)", $0 % 2 == 0 ? .fail : .warn, impact: .contract, fix: "Fix \($0).")
        }
        report.conclude()
        let text = String(decoding: AnnotationsReport.bytes(of: report, Fixture.context), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("::error ") } == 9)
        #expect(lines.count { $0.hasPrefix("::warning ") } == 9)
        #expect(lines[8].hasSuffix("::7 more; the report has them all"))
    }

    @Test("Markdown: failures come first")
    func markdown() throws {
        #expect(
            try Self.mixed.get()["markdown"]?["headings"]?.strings == [
                "⚠️ Countersign: inconclusive (grade F)", "Failures",
                "`signature/truncated` critical · forgery · CWE-294",
                "`timestamp/future-one-year` high · forgery · CWE-294", "Recommendations not met", "Worth knowing",
                "Inconclusive", "Waived", "Skipped",
            ])
    }

    @Test("Markdown: what does not fit is left out and counted", arguments: [0, 300, 2000, 20_000, 900 << 10])
    func limited(limit: Int) throws {
        var report = Fixture.report
        report.cases = (1...5000).map {
            Fixture.result("body/number-\($0)", .fail, impact: .contract, fix: "Fix \($0).")
        }
        report.conclude()
        let bytes = MarkdownReport.bytes(of: report, Fixture.context, limit: limit)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(bytes.count <= limit)
        #expect(text.components(separatedBy: "<details>").count == text.components(separatedBy: "</details>").count)
        guard limit >= 2000 else { return }
        let shown = text.components(separatedBy: "\n#### ").count - 1
        #expect(text.contains("… \(5000 - shown) more did not fit"))
        #expect(bytes.count > limit - 1500)
    }

    @Test(
        "Badge: the verdict in words and a colour",
        arguments: [
            ("mixed", "scaiwave inconclusive", "lightgrey"), ("sound", "scaiwave grade A", "brightgreen"),
            ("refusing", "scaiwave inconclusive", "lightgrey"), ("empty", "scaiwave inconclusive", "lightgrey"),
        ])
    func badge(report: String, message: String, color: String) throws {
        let badge = try #require(try Self.found(report)["badge"])
        #expect(badge["message"]?.string == message)
        #expect(badge["color"]?.string == color)
    }
}
