import Bytes
import Foundation
import ReportModel
import Testing

/// Endpoints of Python and Node that refuse valid requests, each for a typical mistake: a run names it first.
@Suite struct MistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name, scheme: String
        /// The names of which one must come first.
        let expect: [String]

        var testDescription: String { name }

        init(_ name: String, _ scheme: String = "github", _ expect: String...) {
            (self.name, self.scheme, self.expect) = (name, scheme, expect)
        }
    }

    static let python = [
        Mistake("flask_json", "github", "body/python"), Mistake("flask_sorted", "github", "body/sorted-compact"),
        Mistake("flask_dict", "github", "body/python-repr"), Mistake("flask_bytes", "github", "body/python-bytes"),
        Mistake("django_post", "github", "body/empty"), Mistake("fastapi_indent", "github", "body/pretty-4"),
        Mistake("secret_file", "github", "key/newline"), Mistake("secret_quoted", "github", "key/quoted"),
        Mistake("secret_hex", "github", "key/hex"), Mistake("secret_missing", "github", "key/none"),
        Mistake("digest_base64", "github", "encoding/base64"), Mistake("sha1", "github", "algorithm/hmac-sha1"),
        Mistake("plain_hash", "github", "algorithm/key-first"), Mistake("swapped", "github", "algorithm/swapped"),
        Mistake("slack_versionless", "slack", "message/{timestamp}:{body}"),
        Mistake("slack_float", "slack", "timestamp/decimal"),
        Mistake("stripe_body_only", "stripe", "message/{body}"),
        Mistake("stripe_local_time", "stripe", "timestamp/sent-minus-25200"),
        Mistake("stripe_last", "stripe", "message/{timestamp}:{body}"),
    ]

    static let node = [
        Mistake("express_object", "github", "body/object-object"), Mistake("express_pretty", "github", "body/pretty-2"),
        Mistake("express_raw_body", "github", "body/undefined"), Mistake("express_twice", "github", "body/json-string"),
        Mistake("express_base64_key", "github", "key/base64"),
        Mistake("express_upper_case", "github", "encoding/upper-hex"),
        Mistake("express_other_header", "github", "header/X-Signature"),
        Mistake("express_no_prefix", "github", "header/no-prefix"),
        Mistake("express_milliseconds", "slack", "timestamp/sent-milliseconds"),
        Mistake("express_slack", "github", "scheme/slack"),
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Mistakes")
    private static let secret = "5f2b7c1d9e8a4036b1c2d3e4f5a60718293a4b5c6d7e8f90a1b2c3d4e5f60718"

    @Test func pythonEndpoints() async throws { try await check(Self.python, "python3", "mistakes.py") }

    @Test func nodeEndpoints() async throws { try await check(Self.node, "node", "mistakes.js") }

    private func check(_ mistakes: [Mistake], _ program: String, _ file: String) async throws {
        let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
        try #require(Command.isInstalled(program) || !isCI, "\(program) is not installed; 'bash .ci/peers' does it")
        guard Command.isInstalled(program) else { return }
        let server = try Running(
            "/usr/bin/env", [program, Self.folder.appendingPathComponent(file).path],
            environment: ["MISTAKE_SECRET": Self.secret])
        let port = try await offThePool { try server.lines(1)[0] }
        for mistake in mistakes { try await check(mistake, port: port) }
        withExtendedLifetime(server) {}
    }

    private func check(_ mistake: Mistake, port: String) async throws {
        let folder = try TemporaryFolder()
        let output = try await Command.countersign(
            "run", "http://127.0.0.1:\(port)/\(mistake.name)", "--scheme", mistake.scheme, "--secret", "env:S",
            "--json", folder.path("report.json"), environment: ["S": Self.secret])
        #expect(output.status == 3, "\(mistake.name): \(output.text)")
        let report = try JSON.parse(folder.bytes("report.json"))
        let first = report[pointer: "/diagnosis/0"]
        let name = first?["flaw"]?.string ?? "none"
        let requests = first?[pointer: "/details/search/requests"]?.integer ?? 0
        #expect(mistake.expect.contains(name), "\(mistake.name): \(name)\n\(output.text)")
        #expect(requests <= 60, "\(mistake.name) took \(requests) requests")
        #expect(!output.text.contains(Self.secret))
    }
}
