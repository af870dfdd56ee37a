import Bytes
import Foundation
import ReportModel
import Testing

/// A run is over when its time is over, or soon after it was interrupted, whatever the target does.
@Suite(.timeLimit(.minutes(5))) struct EndedRunTests {
    private static let silent: @Sendable (ScriptedServer.Connection, Int) -> Void = { connection, _ in
        while connection.request() != nil {}
    }

    private static func options(_ server: ScriptedServer, _ more: [String] = []) -> [String] {
        [
            "run", "http://127.0.0.1:\(server.port)/", "--scheme", "slack", "--secret", "published", "--timeout", "600",
        ] + more
    }

    @Test func theDeadlineOfTheRunIsKept() async throws {
        let server = try ScriptedServer(Self.silent)
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            Self.options(server, ["--deadline", "1", "--json", folder.path("report.json")]), deadline: 60)
        #expect(output.status == 3, "\(output.text)\(output.errors)")
        #expect(output.text.contains("The time for the run was over before every case was run."))
        let report = try JSON.parse(try folder.bytes("report.json"))
        #expect(report["complete"]?.bool == false && report[pointer: "/cause/code"]?.string == "out-of-time")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func anInterruptReachesThePreflight(signal: Int32) async throws {
        let server = try ScriptedServer(Self.silent)
        let running = try Running(try Command.tool.path, Self.options(server))
        let status = try await offThePool { () -> Int32? in
            guard server.waitForRequests(1, seconds: 60) else { return nil }
            running.send(signal)
            return running.wait(seconds: 60)
        }
        #expect(status == (signal == SIGINT ? 130 : 143))
    }

    @Test func anInterruptReachesACommand() async throws {
        let served = try await Served("--scheme", "scaiwave", paths: 2)
        let folder = try TemporaryFolder()
        // A pipe with a name: reading it waits for the command to write its id.
        let mark = folder.path("started")
        #expect(mkfifo(mark, 0o600) == 0)
        let running = try Running(
            try Command.tool.path,
            [
                "run", try served.url("scaiwave"), "--scheme", "scaiwave", "--secret", "published", "--timeout", "600",
                "--only", "replay/**", "--observe",
                "exec:echo $$ > '\(mark)'; exec sleep 600",
            ])
        let (started, status) = try await offThePool { () -> (String, Int32?) in
            let pipe = try #require(FileHandle(forReadingAtPath: mark))
            let started = String(decoding: pipe.readDataToEndOfFile(), as: UTF8.self)
            running.send(SIGINT)
            return (started, running.wait(seconds: 60))
        }
        #expect(status == 130)
        let id = try #require(Int32(started.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(id, 0) != 0, "the command is still there")
    }
}
