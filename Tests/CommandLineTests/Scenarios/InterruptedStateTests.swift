import Bytes
import Foundation
import ReportModel
import Testing

/// A run that is interrupted while bridges of its own are there leaves none behind, or says which.
@Suite(.timeLimit(.minutes(10))) struct InterruptedStateTests {
    private static let bridges = "/v1/admin/bridges"
    /// Cases that make bridges and are done at once, and one that has paused its bridge and waits for five minutes.
    private static let selection = [
        "--only", "lifecycle/**", "--only", "rotation/pause-keeps-grace", "--only", "presence/no-*",
    ]

    @Test(arguments: [SIGINT, SIGTERM]) func whatWasMadeIsDeleted(signal: Int32) async throws {
        let session = try await Session()
        let run = try await session.run(Self.selection, signal: signal, when: Self.holdsPausedBridge)
        #expect(run.output.status == 128 + signal)
        try await session.expectWholeReport(run, Self.selection, exit: 128 + Int(signal))
        #expect(
            run.reasons(of: "inconclusive")["rotation/pause-keeps-grace"] == "the run was interrupted",
            "\(run.reasons(of: "inconclusive"))")
        let made = Self.made(session.relay.calls)
        #expect(!made.isEmpty)
        for id in made { #expect(try session.status(of: id) == 404, "\(id) is still there") }
        #expect(!run.remarks.contains { $0.contains("could not be removed") })
    }

    @Test func whatCanNotBeDeletedIsNamed() async throws {
        // The admin interface goes away as soon as the bridge is paused, and with it the way to clean up.
        let session = try await Session(isGoneAfter: Self.holdsPausedBridge)
        let run = try await session.run(Self.selection, signal: SIGINT, when: Self.holdsPausedBridge)
        #expect(run.output.status == 130)
        try await session.expectWholeReport(run, Self.selection, exit: 130)
        let deleted = session.relay.calls.filter { $0.line.hasPrefix("DELETE ") && $0.status == 200 }
        let left = Self.made(session.relay.calls).filter { id in !deleted.contains { $0.line.hasSuffix("/\(id)") } }
        #expect(!left.isEmpty)
        #expect(
            Set(run.remarks.filter { $0.contains("could not be removed") })
                == Set(
                    left.map { "the bridge \($0) was created for a test and could not be removed; remove it manually." }
                ))
        for id in left { #expect(try session.status(of: id) == 200) }
        #expect(left.allSatisfy { run.output.text.contains($0) }, "the remark is for the reader of the terminal too")
    }

    /// Ten seconds lie between the two replacements; the signal comes in the first of them.
    @Test func aSecretThatWasReplacedIsRemarked() async throws {
        let session = try await Session()
        let selection = ["--only", "rotation/**", "--skip", "rotation/pause-keeps-grace", "--only", "presence/no-*"]
        let run = try await session.run(selection, signal: SIGINT) { calls in
            calls.contains { $0.line == "POST \(Self.bridges)/br_countersign/rotate-secret" && $0.status == 200 }
        }
        #expect(run.output.status == 130)
        try await session.expectWholeReport(run, selection, exit: 130)
        #expect(
            run.remarks.contains(
                "The target's secret was replaced once: the one given for this run is no longer accepted."),
            "\(run.remarks)")
        #expect(!run.ids(of: "pass").contains { $0.hasPrefix("rotation/") })
        #expect(run.ids(of: "fail").isEmpty)
    }

    // MARK: The admin interface's calls

    /// The ids of the bridges that were made.
    private static func made(_ calls: [Relay.Call]) -> [String] {
        calls.filter { $0.line == "POST \(bridges)" && $0.status == 201 }
            .compactMap { (try? JSON.parse($0.body))?["bridge_id"]?.string }
    }

    /// Whether a bridge of the run had its secret replaced and was paused afterwards, which one case does.
    private static func holdsPausedBridge(_ calls: [Relay.Call]) -> Bool {
        made(calls).contains { id in
            let own = calls.filter { $0.status == 200 && $0.line.hasPrefix("POST \(bridges)/\(id)/") }.map(\.line)
            return own.first?.hasSuffix("/rotate-secret") == true && own.last?.hasSuffix("/pause") == true
        }
    }

    /// An endpoint, and a run whose calls of the admin interface are seen.
    private struct Session {
        let served: Served
        let relay: Relay
        let folder: TemporaryFolder
        private let port: UInt16
        private let options: [String]

        init(isGoneAfter: @escaping @Sendable ([Relay.Call]) -> Bool = { _ in false }) async throws {
            served = try await Served("--scheme", "scaiwave", paths: 2)
            let url = try served.url("scaiwave")
            port = try #require(URLComponents(string: url)?.port.flatMap { UInt16($0) })
            relay = try Relay(to: port, isGoneAfter: isGoneAfter)
            folder = try TemporaryFolder()
            options = [
                "run", url, "--scheme", "scaiwave", "--secret", "published", "--level", "all", "--admin",
                "http://127.0.0.1:\(relay.port)\(InterruptedStateTests.bridges)", "--admin-token", "published",
            ]
        }

        func run(
            _ selection: [String], signal: Int32, when isReady: @escaping @Sendable ([Relay.Call]) -> Bool
        ) async throws -> StateRun {
            let running = try Running(
                try Command.tool.path, options + ["--json", folder.path("report.json")] + selection)
            let relay = relay
            let status = try await offThePool { () -> Int32? in
                guard relay.wait(seconds: 60, until: isReady) else { return nil }
                running.send(signal)
                return running.wait(seconds: 60)
            }
            let output = running.output(status: try #require(status, "the run did not come so far, or did not end"))
            return try StateRun(output: output, written: folder.bytes("report.json"))
        }

        /// Every case of the plan stands in the report, with an outcome and, where it was not judged, a reason.
        func expectWholeReport(_ run: StateRun, _ selection: [String], exit: Int) async throws {
            let plan = try await Command.run(
                try Command.tool.path, options + ["--dry-run"] + selection, deadline: 60)
            let planned = plan.text.split(separator: "\n").filter { $0.hasPrefix("  ") }.compactMap {
                $0.split(separator: " ").dropFirst().first.map(String.init)
            }
            #expect(planned.count > 5)
            #expect(run.cases.compactMap { $0["id"]?.string } == planned)
            let report = try JSON.parse(run.written)
            #expect(report["complete"]?.bool == false)
            #expect(report["exit"]?.integer == exit)
            for outcome in ["skipped", "inconclusive"] {
                for (id, reason) in run.reasons(of: outcome) { #expect(!reason.isEmpty, "\(id)") }
            }
        }

        /// Asks the endpoint itself for a bridge.
        func status(of id: String) throws -> Int? {
            let request =
                "GET \(InterruptedStateTests.bridges)/\(id) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: Bearer countersign-published-admin-token\r\n\r\n"
            let answer = try #require(Relay.ask(port, Array(request.utf8)))
            return Int(String(decoding: answer, as: UTF8.self).split(separator: " ").dropFirst().first ?? "")
        }
    }
}
