import Bytes
import Foundation
import ReportModel
import Testing

/// `run` against the tool's own endpoint: sound, flawed, interrupted; its reports; and what must stand in none of them.
@Suite struct RunTests {
    /// The endpoint and the options that fit it, with the published secret and credentials of the scheme.
    private static func target(_ scheme: String, _ arguments: [String] = []) async throws -> (Served, [String]) {
        let facts = try await BuiltIn.facts(scheme)
        let running = try Running(try Command.tool.path, ["serve", "--scheme", scheme] + arguments)
        let served = try await Served(running, paths: facts.payloads.count)
        let credentials = facts.credentials.flatMap { ["--credential", "\($0)=published"] }
        return (served, ["--scheme", scheme, "--secret", "published"] + credentials)
    }

    @Test func aFlawIsFoundAndExplained() async throws {
        let (served, options) = try await Self.target("bridge-events", ["--flaw", "bridge-node-sample"])
        let output = try await Command.run(
            try Command.tool.path, ["run", try served.url("bridge-events")] + options, deadline: 120)
        #expect(output.status == 1)
        #expect(output.text.contains("Your endpoint behaves like the Node.js example in Bridge's document"))
        #expect(output.text.contains("timestamp/future-10-minutes"))
        #expect(output.text.contains("exit 1"))
    }

    @Test func theWrongSecretIsInconclusive() async throws {
        let (served, _) = try await Self.target("slack")
        let output = try await Command.countersign(
            "run", try served.url("slack"), "--scheme", "slack", "--secret", "env:S", environment: ["S": "another one"])
        #expect(output.status == 3)
        #expect(output.text.contains("rejects a valid request"))
    }

    @Test func aDryRunSendsNothing() async throws {
        let port = try ClosedPort()
        defer { withExtendedLifetime(port) {} }
        let output = try await Command.countersign(
            "run", "http://127.0.0.1:\(port.number)/hook", "--scheme", "slack", "--secret", "published",
            "--dry-run",
            "--only", "timestamp/*")
        #expect(output.status == 0)
        #expect(output.text.contains("timestamp/future-one-year"))
        #expect(output.text.contains("Nothing was sent."))
    }

    @Test func shardsAreTheWholeTogether() async throws {
        func plan(_ extra: String...) async throws -> [String] {
            let output = try await Command.run(
                try Command.tool.path,
                ["run", "http://127.0.0.1:9/", "--scheme", "github", "--secret", "published", "--dry-run", "--verbose"]
                    + extra,
                deadline: 60)
            return output.text.split(separator: "\n").filter { $0.hasPrefix("  ") }.map(String.init)
        }
        let whole = try await plan()
        let parts = [
            try await plan("--shard", "1/3"), try await plan("--shard", "2/3"), try await plan("--shard", "3/3"),
        ]
        #expect(whole.count > 300)
        #expect(parts.flatMap { $0 }.sorted() == whole.sorted())
        #expect(parts.allSatisfy { !$0.isEmpty })
    }

    // MARK: Reports

    @Test func theSameSeedGivesTheSameReport() async throws {
        let (served, options) = try await Self.target("standard-webhooks", ["--flaw", "future-accepted"])
        let folder = try TemporaryFolder()
        for name in ["first.json", "second.json"] {
            let output = try await Command.run(
                try Command.tool.path,
                ["run", try served.url("standard-webhooks"), "--seed", "7", "--json", folder.path(name)] + options,
                deadline: 120)
            #expect(output.status == 1)
        }
        let (first, second) = (try folder.bytes("first.json"), try folder.bytes("second.json"))
        #expect(first != second, "the timing block differs from run to run")
        #expect(try Self.withoutTiming(first) == Self.withoutTiming(second))
    }

    @Test func severalJobsFindTheSame() async throws {
        let (served, options) = try await Self.target("scaiwave")
        let folder = try TemporaryFolder()
        for jobs in ["1", "4"] {
            _ = try await Command.run(
                try Command.tool.path,
                ["run", try served.url("scaiwave"), "-j", jobs, "--seed", "7", "--json", folder.path("\(jobs).json")]
                    + options,
                deadline: 120)
        }
        #expect(try Self.withoutTiming(folder.bytes("1.json")) == Self.withoutTiming(folder.bytes("4.json")))
    }

    private static func withoutTiming(_ report: [UInt8]) throws -> [UInt8] {
        let json = try JSON.parse(report)
        guard case .object(let members) = json else { throw CommandFailure(description: "the report is no object") }
        #expect(members.contains { $0.key == "timing" })
        return JSON.object(members.filter { $0.key != "timing" }).serialized()
    }

    @Test func theReportHasTheFixedFields() async throws {
        let (served, options) = try await Self.target("slack", ["--flaw", "future-accepted"])
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path, ["run", try served.url("slack"), "--out", folder.path("out")] + options,
            deadline: 120)
        #expect(output.status == 1)
        let report = try JSON.parse(folder.bytes("out/report.json"))
        #expect(report["format"]?.integer == 1)
        #expect(report["complete"]?.bool == true)
        #expect(report["exit"]?.integer == 1)
        #expect(report[pointer: "/tool/name"]?.string == "countersign")
        #expect(report[pointer: "/run/scheme"]?.string == "slack")
        #expect(report[pointer: "/measurements/window/past"]?.integer == 300)
        #expect(report[pointer: "/measurements/window/future"] == .null)
        let cases = try #require(report["cases"]?.array)
        #expect(report[pointer: "/summary/cases"]?.integer == cases.count)
        let finding = try #require(cases.first { $0["id"]?.string == "timestamp/future-one-year" })
        #expect(finding["outcome"]?.string == "fail")
        #expect(finding["impact"]?.string == "forgery")
        #expect(finding[pointer: "/observed/status"]?.integer == 200)
        #expect(finding[pointer: "/control/observation"]?.string == "accepted")
    }

    @Test func JUnitIsXMLWithACountForEachCase() async throws {
        let (served, options) = try await Self.target("slack", ["--flaw", "future-accepted"])
        let folder = try TemporaryFolder()
        _ = try await Command.run(
            try Command.tool.path,
            ["run", try served.url("slack"), "--json", folder.path("r.json"), "--junit", folder.path("j.xml")]
                + options,
            deadline: 120)
        let summary = try #require(try JSON.parse(folder.bytes("r.json"))["summary"])
        let counts = try XMLCounts(folder.bytes("j.xml"))
        #expect(counts.elements["testcase"] == summary["cases"]?.integer)
        #expect(counts.elements["failure"] == summary["failed"]?.integer)
        #expect(counts.names.contains { $0.contains("future-one-year") })
    }

    @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedRunSaysSo(signal: Int32) async throws {
        // The target never answers but the preflight, so that the run is under way when the signal comes.
        let server = try ScriptedServer { connection, _ in
            while connection.request() != nil {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            }
        }
        let folder = try TemporaryFolder()
        let running = try Running(
            try Command.tool.path,
            [
                "run", "http://127.0.0.1:\(server.port)/", "--scheme", "github", "--secret", "published", "--rate",
                "50/s",
                "--json", folder.path("r.json"),
            ])
        let status = try await offThePool { () -> Int32? in
            // Signals before the handlers stand would end the process: wait until it has sent something.
            guard server.waitForRequests(12, seconds: 60) else { return nil }
            running.send(signal)
            return running.wait(seconds: 60)
        }
        #expect(status == 128 + signal)
        let report = try JSON.parse(folder.bytes("r.json"))
        #expect(report["complete"]?.bool == false)
        #expect(report["exit"]?.integer == Int(128 + signal))
    }

    // MARK: Secrets

    /// The target sends back all that it got, so that a secret that is sent comes back in every answer.
    @Test func noSecretStandsInAnyOutput() async throws {
        let echo = try ScriptedServer { connection, _ in
            while let request = connection.request() {
                connection.send("HTTP/1.1 401 Unauthorized\r\nX-Echo: the-api-key-of-the-test\r\n")
                connection.send("Content-Length: \(request.count)\r\n\r\n")
                connection.send(request)
            }
        }
        let served = try await Served(
            "--scheme", "bridge-events", "--flaw", "bridge-node-sample", "--secret", "env:SECRET", "--credential",
            "api-key=env:KEY", paths: 1, environment: Self.secrets)
        for url in ["http://127.0.0.1:\(echo.port)/webhooks/bridge-events", try served.url("bridge-events")] {
            let folder = try TemporaryFolder()
            let output = try await Command.countersign(
                "run", url, "--scheme", "bridge-events", "--secret", "env:SECRET", "--credential", "api-key=env:KEY",
                "--verbose", "--level", "all", "--out", folder.path("out"), environment: Self.secrets)
            #expect([1, 3].contains(output.status))
            var outputs = [("standard output", output.stdout), ("standard error", output.stderr)]
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) {
                outputs.append((name, try folder.bytes("out/\(name)")))
            }
            #expect(outputs.count >= 4)
            for (name, bytes) in outputs { Self.expectNoSecret(in: bytes, name) }
        }
    }

    private static let secrets = ["SECRET": "very+secret/of the test?", "KEY": "the-api-key-of-the-test"]

    static func expectNoSecret(in bytes: [UInt8], _ name: String) {
        let text = String(decoding: bytes, as: UTF8.self)
        for (variable, secret) in secrets {
            let data = Data(secret.utf8)
            let hex = data.map { String(format: "%02x", $0) }.joined()
            let base64 = data.base64EncodedString()
            let forms = [
                secret, hex, hex.uppercased(), base64, String(base64.prefix { $0 != "=" }),
                secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
                secret.replacingOccurrences(of: "/", with: "\\/"),
            ]
            for form in forms { #expect(!text.contains(form), "\(variable) stands in \(name) as \(form)") }
        }
    }
}

/// How often each element stands in an XML document that parses, and the names of its test cases.
struct XMLCounts {
    var elements: [String: Int] = [:]
    var names: [String] = []

    /// A small reader that knows elements, attributes, text and entities, and throws at anything else.
    init(_ bytes: [UInt8]) throws {
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        var open = [Substring]()
        guard rest.hasPrefix("<?xml ") else { throw CommandFailure(description: "no XML declaration") }
        rest = rest.drop { $0 != ">" }.dropFirst()
        while let start = rest.firstIndex(of: "<") {
            try Self.check(text: rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else {
                throw CommandFailure(description: "no end of tag")
            }
            var tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { throw CommandFailure(description: "unbalanced \(tag)") }
                continue
            }
            let isEmpty = tag.hasSuffix("/")
            if isEmpty { tag = tag.dropLast() }
            let name = tag.prefix { !$0.isWhitespace }
            elements[String(name), default: 0] += 1
            try Self.check(text: tag)
            if name == "testcase", let value = tag.range(of: " name=\"") {
                names.append(String(tag[value.upperBound...].prefix { $0 != "\"" }))
            }
            if !isEmpty { open.append(name) }
        }
        guard open.isEmpty else { throw CommandFailure(description: "not closed: \(open)") }
    }

    /// Entities are the only use of an ampersand, and control characters other than line ends and tabs are forbidden.
    private static func check(text: Substring) throws {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"]
        for place in text.indices where text[place] == "&" {
            guard known.contains(where: { text[place...].hasPrefix($0) }) else {
                throw CommandFailure(description: "a bare ampersand: \(text[place...].prefix(20))")
            }
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || [0x09, 0x0A, 0x0D].contains($0.value) }) else {
            throw CommandFailure(description: "a control character in XML")
        }
    }
}
