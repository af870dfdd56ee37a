import Bytes
import Foundation
import Harness
import ReportModel
import Testing

@testable import Reporting

@Suite("JSON report") struct JSONReportTests {
    private let document: JSON

    init() throws { document = try JSON.parse(JSONReport.bytes(of: Fixture.report, version: "1.2.3")) }

    @Test("The fields are those of the design, in its order")
    func fields() throws {
        func keys(_ pointer: String) -> [String] { document[pointer: pointer]?.members?.map(\.key) ?? [] }
        #expect(
            document.members?.map(\.key) == [
                "format", "complete", "exit", "tool", "run", "summary", "cause", "measurements", "diagnosis", "clauses",
                "cases", "timing",
            ])
        #expect(keys("/tool") == ["name", "version"])
        #expect(
            keys("/run") == [
                "id", "scheme", "payload", "target", "level", "enforce", "profile", "seed", "vectors", "remarks",
            ])
        #expect(
            keys("/summary") == [
                "cases", "passed", "failed", "warned", "noted", "waived", "inconclusive", "skipped", "discriminating",
            ])
        #expect(keys("/measurements") == ["window", "grace", "memory", "transport"])
        #expect(
            keys("/cases/0") == [
                "id", "family", "title", "level", "severity", "cwe", "clauses", "covers", "outcome", "impact", "reason",
                "expected", "observed", "control", "why", "fix", "evidence",
            ])
        #expect(keys("/cases/0/expected") == ["observation", "statuses"])
        #expect(keys("/cases/0/observed") == ["observation", "status", "failure"])
    }

    @Test(
        "The values are those of the report",
        arguments: [
            ("/format", "1"), ("/complete", "true"), ("/exit", "3"), ("/tool/name", "\"countersign\""),
            ("/tool/version", "\"1.2.3\""), ("/run/seed", "18446744073709551615"), ("/run/profile", "\"standard\""),
            ("/summary/cases", "10"), ("/summary/passed", "3"), ("/summary/failed", "2"),
            ("/summary/discriminating", "2"), ("/cause", "null"), ("/measurements/window/past", "300"),
            ("/measurements/window/future", "null"), ("/measurements/transport/odd-case", "\"delivered\""),
            ("/measurements/transport/chunked-body", "\"refused: status 411\""), ("/diagnosis", "[]"),
            ("/cases/3/cwe", "[294]"), ("/cases/3/clauses", "[\"rejection\"]"), ("/cases/3/impact", "\"forgery\""),
            ("/cases/3/observed/status", "200"), ("/cases/0/impact", "null"), ("/cases/8/observed", "null"),
            ("/timing/started", "1700000000"), ("/timing/clock/seconds", "-12.25"),
        ])
    func values(pointer: String, text: String) throws {
        let value = try #require(document[pointer: pointer])
        #expect(String(decoding: value.serialized(), as: UTF8.self) == text)
    }

    @Test("The whole text is as it was")
    func snapshot() throws {
        try expectSnapshot(
            String(decoding: JSONReport.bytes(of: Fixture.report, version: "1.2.3"), as: UTF8.self), "report.json")
    }

    @Test("Two runs differ in the timing block only")
    func determinism() throws {
        var later = Fixture.report
        later.timing = RunTiming(started: 9, nanoseconds: 9, exchanges: 9, nonce: "9")
        later.measurements.clock = nil
        let bytes = JSONReport.bytes(of: later, version: "1.2.3")
        let other = try JSON.parse(bytes)
        #expect(other != document)
        #expect(other.replacing(pointer: "/timing", with: nil) == document.replacing(pointer: "/timing", with: nil))
        #expect(bytes == JSONReport.bytes(of: later, version: "1.2.3"))
    }

    @Test("What was written is read back", arguments: [Fixture.report, Fixture.refusing, Fixture.sound])
    func roundTrip(report: Report) throws {
        let bytes = JSONReport.bytes(of: report, version: "1.2.3")
        let (read, version) = try JSONReport.report(from: bytes)
        #expect(version == "1.2.3")
        #expect(read.complete == report.complete)
        #expect(read.exit == report.exit)
        #expect(read.run == report.run)
        #expect(read.summary == report.summary)
        #expect(read.measurements == report.measurements)
        #expect(read.cause == report.cause)
        #expect(read.cases == report.cases)
        #expect(read.timing == report.timing)
        #expect(JSONReport.bytes(of: read, version: version) == bytes)
    }

    @Test("Without a single member, reading names its place")
    func missingMembers() throws {
        var places = 0
        for pointer in Self.pointers(document, "") {
            // What has no fixed names, and what is only shown.
            if pointer.hasPrefix("/diagnosis") || pointer == "/tool/name" { continue }
            if pointer.hasPrefix("/measurements/transport/") { continue }
            if pointer.hasPrefix("/timing/evidence/"), pointer.split(separator: "/").count == 3 { continue }
            let damaged = Self.removing(pointer, from: document)
            let error = #expect(throws: JSONProblem.self, "without \(pointer)") {
                try JSONReport.report(from: damaged.serialized())
            }
            let parent = pointer.prefix(upTo: pointer.lastIndex(of: "/") ?? pointer.startIndex)
            #expect(error?.pointer == String(parent), "without \(pointer)")
            places += 1
        }
        #expect(places > 200)
    }

    @Test(
        "What is wrong is named with its place",
        arguments: [
            ("/format", "2", "/format: this is format 2; this version reads format 1"),
            ("/exit", "\"3\"", "/exit: expected a whole number"), ("/exit", "1.0", "/exit: expected a whole number"),
            ("/run/seed", "-1", "/run/seed: expected a whole number"),
            ("/run/profile", "\"nightly\"", "/run/profile: expected one of \"smoke\", \"standard\", \"audit\""),
            ("/cause", "1", "/cause: expected a string"), ("/summary/failed", "3", "/summary/failed: the cases make"),
            ("/measurements/transport", "{\"x\": \"delivered\"}", "/measurements/transport/x: no such feature"),
            ("/measurements/transport", "{\"odd-case\": \"?\"}", "/measurements/transport/odd-case: expected"),
            ("/cases", "{}", "/cases: expected an array"), ("/clauses", "[]", "/cases/0/clauses/0: no such clause"),
            ("/timing/evidence", "{\"a/b~c\": 1}", "/timing/evidence/a~1b~0c: expected an object"),
            ("/timing/clock", "{\"seconds\": \"1\"}", "/timing/clock/seconds: expected a number"),
            ("/complete", "null", "/complete: expected true or false"),
        ])
    func mistakes(pointer: String, value: String, message: String) throws {
        let damaged = document.replacing(pointer: pointer, with: try JSON.parse(Array(value.utf8)))
        let error = #expect(throws: JSONProblem.self) { try JSONReport.report(from: damaged.serialized()) }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test("A key or a case that stands there twice is refused")
    func duplicates() throws {
        let twice = JSON.object((document.members ?? []) + [JSON.Member("exit", 0)])
        #expect(throws: JSONProblem("/exit", "the key appears more than once")) {
            try JSONReport.report(from: twice.serialized())
        }
        let cases = document["cases"]?.array ?? []
        let doubled = document.replacing(pointer: "/cases", with: .array(cases + [cases[0]]))
        #expect(throws: JSONProblem("/cases/10/id", "the case stands here twice")) {
            try JSONReport.report(from: doubled.serialized())
        }
    }

    @Test("No cut or flipped text crashes the reader")
    func damage() throws {
        let bytes = JSONReport.bytes(of: Fixture.report, version: "1")
        for end in stride(from: 0, to: bytes.count - 1, by: 97) {
            #expect(throws: JSONProblem.self) { try JSONReport.report(from: Array(bytes[..<end])) }
        }
        for place in stride(from: 0, to: bytes.count, by: 53) {
            var flipped = bytes
            flipped[place] ^= 0x11
            _ = try? JSONReport.report(from: flipped)
        }
    }

    private static func pointers(_ value: JSON, _ start: String) -> [String] {
        if let members = value.members {
            return members.flatMap { member in
                let key = member.key.replacing("~", with: "~0").replacing("/", with: "~1")
                return ["\(start)/\(key)"] + pointers(member.value, "\(start)/\(key)")
            }
        }
        return (value.array ?? []).enumerated().flatMap { pointers($1, "\(start)/\($0)") }
    }

    /// `JSON.replacing` does not reach into arrays.
    private static func removing(_ pointer: String, from value: JSON) -> JSON {
        let steps = pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
        return removing(steps[...], from: value)
    }

    private static func removing(_ steps: ArraySlice<String>, from value: JSON) -> JSON {
        guard let step = steps.first else { return value }
        if let elements = value.array {
            return .array(elements.enumerated().map { String($0) == step ? removing(steps.dropFirst(), from: $1) : $1 })
        }
        let members = (value.members ?? []).compactMap { member -> JSON.Member? in
            guard member.key == step else { return member }
            return steps.count == 1 ? nil : JSON.Member(member.key, removing(steps.dropFirst(), from: member.value))
        }
        return .object(members)
    }
}
