import Bytes
import Foundation
import Testing

/// Endpoints that ask for what the vendor's requests have besides the signature, and are sound.
@Suite struct VendorEndpointTests {
    struct Endpoint: Sendable, CustomTestStringConvertible {
        /// The name of its file in `Peers/`.
        let name: String
        let scheme: String
        let path: String
        let payload: String

        var testDescription: String { payload }
    }

    static let endpoints = [
        Endpoint(name: "vendor-github", scheme: "github", path: "/github/webhook", payload: "ping"),
        Endpoint(name: "vendor-github", scheme: "github", path: "/github/webhook", payload: "push"),
        Endpoint(name: "vendor-github", scheme: "github", path: "/github/webhook", payload: "push-form"),
        Endpoint(name: "vendor-slack", scheme: "slack", path: "/slack/forms", payload: "command"),
        Endpoint(name: "vendor-slack", scheme: "slack", path: "/slack/forms", payload: "interaction"),
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Peers")
    private static let variables = ["PEER_SECRET": "a secret of the vendor tests"]

    private static func start(_ name: String) async throws -> (endpoint: Running, port: String) {
        let file = folder.appendingPathComponent("\(name).py").path
        let endpoint = try Running("/usr/bin/env", ["python3", "-B", file], environment: variables)
        return (endpoint, try await offThePool { try endpoint.lines(1, seconds: 60)[0] })
    }

    @Test(arguments: endpoints)
    func aSoundEndpointThatAsksForThemIsJudgedSound(_ asked: Endpoint) async throws {
        let (endpoint, port) = try await Self.start(asked.name)
        defer { withExtendedLifetime(endpoint) {} }
        let reports = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", "http://127.0.0.1:\(port)\(asked.path)", "--scheme", asked.scheme, "--payload", asked.payload,
                "--secret", "env:PEER_SECRET", "--quiet", "--json", reports.path("report.json"),
            ],
            environment: Self.variables, deadline: 240)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        let report = try JSON.parse(reports.bytes("report.json"))
        #expect(report[pointer: "/summary/discriminating"]?.integer ?? 0 > 300)
        #expect(report[pointer: "/summary/inconclusive"]?.integer == 0)
    }

    /// A form of the user's own, for which the scheme has no payload.
    @Test func aBodyIsSentUnderTheMediaTypeThatTheUserNames() async throws {
        let (endpoint, port) = try await Self.start("vendor-slack")
        defer { withExtendedLifetime(endpoint) {} }
        let files = try TemporaryFolder()
        let body = "command=%2Fweather&text={text}&trigger_id=1.2.{event-hex}"
        try Data(body.utf8).write(to: URL(fileURLWithPath: files.path("command.txt")))
        let scheme = files.path("slack-forms.json")
        let text = try await Command.run(try Command.tool.path, ["schemes", "show", "slack"], deadline: 60).text
        // The endpoint asks for the Accept of forms.
        let accepting = text.replacing(#""Accept": "*/*""#, with: #""Accept": "application/json,*/*""#)
        try Data(accepting.utf8).write(to: URL(fileURLWithPath: scheme))
        func run(_ arguments: [String]) async throws -> Int32 {
            try await Command.run(
                try Command.tool.path,
                [
                    "run", "http://127.0.0.1:\(port)/slack/forms", "--scheme", scheme, "--secret", "env:PEER_SECRET",
                    "--quiet", "--body", files.path("command.txt"), "--profile", "smoke",
                ] + arguments, environment: Self.variables, deadline: 240
            ).status
        }
        #expect(try await run(["--content-type", "application/x-www-form-urlencoded"]) == 0)
        #expect(try await run([]) == 3)
    }
}
