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
                "format", "complete", "exit", "tool", "run", "summary", "cause", "gate", "measurements", "diagnosis",
                "clauses",
                "cases", "timing",
            ])
        #expect(keys("/tool") == ["name", "version"])
        #expect(
            keys("/run") == [
                "id", "scheme", "payload", "target", "level", "enforce", "profile", "selection", "seed", "vectors",
                "remarks",
            ])
        #expect(
            keys("/summary") == [
                "cases", "passed", "failed", "warned", "noted", "waived", "inconclusive", "skipped", "discriminating",
            ])
        #expect(
            keys("/measurements") == [
                "window", "grace", "memory", "documented", "transport", "comparisons", "failed",
            ])
        #expect(
            keys("/cases/0") == [
                "id", "family", "title", "level", "topic", "severity", "cwe", "clauses", "covers", "outcome", "impact",
                "reason", "excuse",
                "expected", "observed", "control", "why", "fix", "evidence",
            ])
        #expect(keys("/cases/0/expected") == ["observation", "statuses"])
        #expect(keys("/cases/0/observed") == ["observation", "status", "failure", "effect"])
    }

    @Test(
        "The values are those of the report",
        arguments: [
            ("/format", "1"), ("/complete", "true"), ("/exit", "3"), ("/tool/name", "\"countersign\""),
            ("/tool/version", "\"1.2.3\""), ("/run/seed", "18446744073709551615"), ("/run/profile", "\"standard\""),
            ("/summary/cases", "10"), ("/summary/passed", "3"), ("/summary/failed", "2"),
            ("/summary/discriminating", "2"), ("/cause", "null"), ("/measurements/window/past", "300"),
            ("/measurements/window/future", "null"), ("/measurements/transport/odd-case", "\"delivered\""),
            ("/measurements/transport/chunked-body/refused/status", "411"), ("/diagnosis", "[]"),
            ("/cases/3/cwe", "[294]"), ("/cases/3/clauses", "[\"rejection\"]"), ("/cases/3/impact", "\"forgery\""),
            ("/cases/3/observed/status", "200"), ("/cases/0/impact", "null"),
            ("/cases/8/reason/code", "\"control-not-accepted\""),
            ("/cases/8/reason/details/status", "503"),
            ("/cases/8/reason/text", "\"its control was not accepted: status 503\""),
            ("/run/remarks/0/code", "\"certificate-not-verified\""), ("/cases/8/observed", "null"),
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
        later.record = RunRecord(started: 9, nanoseconds: 9, exchanges: 9, nonce: "9")
        later.measurements.clock = nil
        let bytes = JSONReport.bytes(of: later, version: "1.2.3")
        let other = try JSON.parse(bytes)
        #expect(other != document)
        #expect(other.replacing(pointer: "/timing", with: nil) == document.replacing(pointer: "/timing", with: nil))
        #expect(bytes == JSONReport.bytes(of: later, version: "1.2.3"))
    }

    @Test("A written report is read back", arguments: [Fixture.report, Fixture.refusing, Fixture.sound])
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
        #expect(read.record == report.record)
        #expect(JSONReport.bytes(of: read, version: version) == bytes)
    }

    /// What an older version may not have written. Each of these may be `null`.
    private static let optional: Set = [
        "cause", "impact", "reason", "observed", "control", "probe", "window", "past", "future", "grace", "memory",
        "clock", "transport", "remarks", "selection", "shard", "documented", "evidence", "steps", "status", "failure",
        "effect", "details", "gate", "excuse", "baseline",
    ]

    private static func isOptional(_ pointer: String) -> Bool {
        // What a delivery is refused with is part of what it says.
        if pointer.hasSuffix("/details/observed") { return false }
        if pointer.contains("/waiver/") { return false }
        if pointer == "/measurements/failed" { return true }
        // The evidence of a case is its changes.
        if pointer.hasPrefix("/cases/"), pointer.hasSuffix("/evidence") { return false }
        // What was expected has an observation always, what was seen only if something was.
        // Reports of earlier versions have none.
        if pointer == "/measurements/comparisons" { return true }
        if pointer.hasSuffix("/observation") { return !pointer.hasSuffix("/expected/observation") }
        return optional.contains { pointer.hasSuffix("/\($0)") }
    }

    /// What is made from other members, for people, and not read.
    private static func isOnlyShown(_ pointer: String) -> Bool {
        if pointer.hasPrefix("/diagnosis") || pointer == "/tool/name" || pointer.hasSuffix("/family") { return true }
        return pointer.hasSuffix("/text") && !pointer.hasPrefix("/clauses/")
    }

    /// What has no fixed names.
    private static func isKey(_ pointer: String) -> Bool {
        let steps = pointer.split(separator: "/").count
        return pointer.hasPrefix("/measurements/transport/") && steps == 3
            || pointer.hasPrefix("/timing/evidence/") && steps == 3
    }

    @Test("Without a single required member, reading names its place")
    func missingMembers() throws {
        var places = 0
        for pointer in Self.pointers(document, "") {
            if Self.isOptional(pointer) || Self.isOnlyShown(pointer) || Self.isKey(pointer) { continue }
            let damaged = Self.removing(pointer, from: document)
            let error = #expect(throws: JSONProblem.self, "without \(pointer)") {
                try JSONReport.report(from: damaged.serialized())
            }
            let parent = pointer.prefix(upTo: pointer.lastIndex(of: "/") ?? pointer.startIndex)
            #expect(error?.pointer == String(parent), "without \(pointer)")
            places += 1
        }
        #expect(places > 150)
    }

    @Test("Without an optional member, a report of an older version reads as if it were null")
    func absentMembers() throws {
        var (places, accepted) = (0, 0)
        for pointer in Self.pointers(document, "") where Self.isOptional(pointer) {
            let absent = Self.read(Self.removing(pointer, from: document))
            let null = Self.read(Self.replacing(pointer, with: .null, in: document))
            // One is refused only if the other is: a total or a reason may lean on what is gone.
            #expect(absent == null, "without \(pointer)")
            if case .success = absent { accepted += 1 }
            places += 1
        }
        #expect(places > 100)
        #expect(accepted > 90)
    }

    /// What reading a document comes to: the report written again, or what is wrong.
    private static func read(_ document: JSON) -> Result<[UInt8], JSONProblem> {
        do throws(JSONProblem) {
            let (report, version) = try JSONReport.report(from: document.serialized())
            return .success(JSONReport.bytes(of: report, version: version))
        } catch {
            return .failure(error)
        }
    }

    @Test(
        "What is wrong is named with its place",
        arguments: [
            ("/format", "2", "/format: this is format 2; this version reads format 1"),
            ("/exit", "\"3\"", "/exit: expected a whole number"), ("/exit", "1.0", "/exit: expected a whole number"),
            ("/run/seed", "-1", "/run/seed: expected a whole number"),
            ("/run/profile", "\"nightly\"", "/run/profile: expected one of \"smoke\", \"standard\", \"audit\""),
            ("/cause", "1", "/cause: expected an object"),
            ("/cause", "{\"code\": \"x\"}", "/cause/code: no such cause"),
            ("/exit", "5", "/exit: no such exit code"), ("/summary/failed", "3", "/summary/failed: the cases make"),
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

    @Test("A duplicate key or case is rejected")
    func duplicates() throws {
        let twice = JSON.object((document.members ?? []) + [JSON.Member("exit", 0)])
        #expect(throws: JSONProblem("/exit", "the key appears more than once")) {
            try JSONReport.report(from: twice.serialized())
        }
        let cases = document["cases"]?.array ?? []
        let doubled = document.replacing(pointer: "/cases", with: .array(cases + [cases[0]]))
        #expect(throws: JSONProblem("/cases/10/id", "the case appears twice")) {
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

    private static func removing(_ pointer: String, from value: JSON) -> JSON {
        replacing(pointer, with: nil, in: value)
    }

    /// `JSON.replacing` does not reach into arrays.
    private static func replacing(_ pointer: String, with new: JSON?, in value: JSON) -> JSON {
        let steps = pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
        return replacing(steps[...], with: new, in: value) ?? value
    }

    private static func replacing(_ steps: ArraySlice<String>, with new: JSON?, in value: JSON) -> JSON? {
        guard let step = steps.first else { return new }
        if let elements = value.array {
            return .array(
                elements.enumerated().compactMap { place, element in
                    String(place) == step ? replacing(steps.dropFirst(), with: new, in: element) : element
                })
        }
        return .object(
            (value.members ?? []).compactMap { member in
                guard member.key == step else { return member }
                return replacing(steps.dropFirst(), with: new, in: member.value).map { JSON.Member(member.key, $0) }
            })
    }
}
