import Bytes
import Foundation
import Testing

private let python = Command.isInstalled("python3") ? "/usr/bin/env" : nil

/// An endpoint on Python's http.server, sound but for the body that it leaves unread when it refuses a request early.
@Suite(.enabled(if: python != nil, "not installed: python3"))
struct KeptConnectionTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Peers/scaiwave-hasty.py").path

    /// Runs the tool against the endpoint.
    private func run(_ options: [String], speed: Int = 1) async throws -> (status: Int32, report: JSON) {
        let environment = ["PEER_SECRET": "a secret of the hasty endpoint", "PEER_SPEED": "\(speed)"]
        let endpoint = try Running(
            try #require(python), ["python3", "-B", Self.script], environment: environment)
        let port = try await offThePool { try endpoint.lines(1, seconds: 60)[0] }
        let origin = "http://127.0.0.1:\(port)"
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", "\(origin)/v1/bridges/br_countersign/inbound", "--scheme", "scaiwave",
                "--secret", "env:PEER_SECRET", "--seed", "1", "--json", folder.path("report.json"),
            ] + options.map { $0.replacingOccurrences(of: "{origin}", with: origin) },
            environment: environment, deadline: 240)
        return (output.status, try JSON.parse(folder.bytes("report.json")))
    }

    @Test("What is left of a refused request spoils no verdict, and is told once")
    func leftOver() async throws {
        let (status, report) = try await run([])
        #expect(status == 0)
        #expect(report[pointer: "/summary/failed"]?.integer == 0)
        #expect(report[pointer: "/summary/inconclusive"]?.integer == 0)
        #expect(report[pointer: "/run/remarks/0/code"]?.string == "connection-out-of-step")
    }

    @Test("Requests come near the end of the grace period, though it passes in twenty seconds", .timeLimit(.minutes(5)))
    func grace() async throws {
        let (status, report) = try await run(
            ["--speed", "15", "--rotate", "{origin}/rotate#/secret", "--observe", "{origin}/effects#/ids"], speed: 15)
        #expect(status == 0)
        let grace = try #require(report[pointer: "/measurements/grace/seconds"]?.integer)
        #expect((270...330).contains(grace))
    }
}
