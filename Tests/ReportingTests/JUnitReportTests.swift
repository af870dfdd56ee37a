import Foundation
import Harness
import ReportModel
import Testing

@testable import Reporting

@Suite("JUnit report") struct JUnitReportTests {
    /// What an XML parser that this project did not write reads from a report.
    struct Suite: Decodable {
        struct TestCase: Decodable {
            let attributes: [String: String]
            let children: [Child]
        }
        struct Child: Decodable {
            let tag: String
            let attributes: [String: String]
            let text: String
        }
        let rootTag: String
        let root: [String: String]
        let suiteTags: [String]
        let suite: [String: String]
        let properties: [String: String]
        let cases: [TestCase]
    }

    private static let python: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private static let script = """
        import json, sys, xml.etree.ElementTree as E
        root = E.fromstring(sys.stdin.buffer.read())
        suite = root[0]
        cases = [{"attributes": case.attrib, "children": [
            {"tag": child.tag, "attributes": child.attrib, "text": child.text or ""} for child in case]}
            for case in suite.findall("testcase")]
        print(json.dumps({"rootTag": root.tag, "root": root.attrib, "suiteTags": [child.tag for child in root],
            "suite": suite.attrib, "cases": cases,
            "properties": {p.get("name"): p.get("value") for p in suite.find("properties")}}))
        """

    /// Read once: a Python is slow to start.
    private static let fixture = Result { try read(Fixture.report) }

    private static func read(_ report: Report, _ context: ReportContext = Fixture.context) throws -> Suite {
        let process = Process()
        process.executableURL = URL(filePath: try #require(python))
        process.arguments = ["-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let bytes = JUnitReport.bytes(of: report, context)
        let writer = Thread {
            try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
            try? input.fileHandleForWriting.close()
        }
        writer.start()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "Python's parser refuses the report")
        return try JSONDecoder().decode(Suite.self, from: answer)
    }

    @Test("The shape is the one that GitLab and Jenkins read", .enabled(if: python != nil, "python3 is missing"))
    func shape() throws {
        let suite = try Self.fixture.get()
        #expect(suite.rootTag == "testsuites")
        #expect(suite.suiteTags == ["testsuite"])
        let totals = ["tests": "10", "failures": "2", "errors": "1", "skipped": "2", "time": "0.214000"]
        #expect(suite.root == totals.merging(["name": "countersign"]) { $1 })
        #expect(
            suite.suite
                == totals.merging([
                    "name": "countersign.scaiwave", "id": "0", "timestamp": "2023-11-14T22:13:20",
                    "hostname": "127.0.0.1:8080",
                ]) { $1 })
        #expect(
            suite.properties == [
                "tool": "countersign 1.2.3", "vectors": "sha256:9f2c81d0a1b2c3d4", "seed": "18446744073709551615",
                "run": "1a2b3c4d5e6f", "target": "http://127.0.0.1:8080/v1/bridges/b1/inbound", "exit": "3",
            ])
        for test in suite.cases {
            #expect(test.attributes.keys.sorted() == ["classname", "name", "time"])
            #expect(test.children.count <= 1)
            #expect(test.attributes["classname"]?.hasPrefix("countersign.scaiwave.") == true)
        }
        #expect(Set(suite.cases.map { $0.attributes["name"] }).count == 10)
    }

    @Test(
        "Each outcome has its element", .enabled(if: python != nil, "python3 is missing"),
        arguments: [
            ("presence/no-signature", nil, nil), ("timestamp/future-one-year", "failure", "forgery: accepted"),
            ("contract/bad-signature-status", "system-out", nil), ("header/name-twice", "system-out", nil),
            ("replay/same-id-twice", "skipped", "waived until 2027-01-31"),
            ("body/pretty-printed", "error", "its control was not accepted: status 503"),
            ("transport/chunked", "skipped", "a chunked body does not reach"),
        ] as [(String, String?, String?)])
    func outcomes(id: String, tag: String?, message: String?) throws {
        let suite = try Self.fixture.get()
        let test = try #require(suite.cases.first { $0.attributes["name"] == id })
        #expect(test.attributes["classname"] == "countersign.scaiwave." + id.prefix { $0 != "/" })
        #expect(test.children.first?.tag == tag)
        guard let child = test.children.first else { return }
        #expect(!child.text.isEmpty)
        if let message { #expect(child.attributes["message"]?.hasPrefix(message) == true) }
        if tag == "failure" {
            #expect(child.attributes["type"] == "forgery")
            #expect(child.text.contains("POST /v1/bridges/b1/inbound HTTP/1.1\n"))
            #expect(child.text.contains("fix"))
            #expect(test.attributes["time"] == "0.000412")
        }
    }

    @Test(
        "A run that is red without a failed case has a case of its own",
        .enabled(if: python != nil, "python3 is missing"))
    func runCase() throws {
        var nothing = Fixture.sound
        (nothing.cases, nothing.exit, nothing.cause) = ([], .inconclusive, .nothingSelected)
        nothing.summary = Report.Summary([])
        var interrupted = Fixture.sound
        (interrupted.complete, interrupted.exit) = (false, .interrupted)
        for (report, message) in [
            (nothing, "no case was selected"), (interrupted, "exit 130: interrupted"),
            (Fixture.refusing, "the target rejects a valid request (status 401)"),
        ] {
            let suite = try Self.read(report)
            let test = try #require(suite.cases.first)
            #expect(test.attributes["name"] == "run")
            #expect(test.attributes["classname"] == "countersign.scaiwave")
            #expect(test.children.first?.tag == "error")
            #expect(test.children.first?.attributes["message"]?.hasPrefix(message) == true)
            let errors = suite.cases.count { $0.children.first?.tag == "error" }
            #expect(suite.suite["errors"] == String(errors))
            #expect(suite.suite["tests"] == String(suite.cases.count))
        }
        #expect(try !Self.read(Fixture.sound).cases.contains { $0.attributes["name"] == "run" })
    }

    @Test("Hostile text stays text", .enabled(if: python != nil, "python3 is missing"))
    func hostile() throws {
        var report = TerminalReportTests.hostile
        report.run.scheme = "my.own.scheme\u{0}<&\"]]>"
        report.cases[1] = Fixture.result("body/pass", report.cases[1].outcome)
        report.cases[2] = Fixture.result("bo.dy/x\u{FFFE}\u{FFFF}", report.cases[2].outcome)
        let suite = try Self.read(report, ReportContext(version: TerminalReportTests.evil))
        let names = suite.cases.compactMap { $0.attributes["name"] }
        #expect(Set(names).count == names.count)
        #expect(names.contains("body/pass (2)"))
        #expect(names.contains("bo/dy/x\\u{FFFE}\\u{FFFF}"))
        #expect(suite.suite["name"] == "countersign.my/own/scheme\\u{0}<&\"]]>")
        let inconclusive = try #require(suite.cases.first { $0.attributes["name"] == "body/inconclusive" })
        #expect(inconclusive.children.first?.attributes["message"] == Self.harmless)
        #expect(suite.properties["target"] == Self.harmless)
    }

    /// The evil text of the terminal's tests, escaped by hand.
    private static let harmless = #"a\u{1B}]0;owned\u{7}\r\u{9B}2J\u{202E}\u{2028}<&"']]>\u{0}"#

    @Test("The same report produces the same bytes")
    func determinism() {
        let bytes = JUnitReport.bytes(of: Fixture.report, Fixture.context)
        #expect(bytes == JUnitReport.bytes(of: Fixture.report, Fixture.context))
        #expect(bytes != JUnitReport.bytes(of: Fixture.report, ReportContext(version: "2")))
    }
}
