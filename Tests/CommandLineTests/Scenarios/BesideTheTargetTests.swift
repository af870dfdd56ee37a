import Foundation
import ReportModel
import Testing

/// What is asked beside the target over HTTP may fail in every way: it is named, what needed it is inconclusive, and
/// everything else is judged. `StatePeerTests` has the commands.
@Suite(.timeLimit(.minutes(10))) struct BesideTheTargetTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What the whole server answers; `nil` stands for a port where nobody listens.
        let answer: String?
        let reason: String

        init(_ what: String, _ answer: String?, _ reason: String) {
            testDescription = what
            self.answer = answer
            self.reason = reason
        }

        /// A status and a body.
        static func http(_ status: Int, _ body: String = "") -> String {
            "HTTP/1.1 \(status) Whatever\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        }
    }

    // MARK: Observers

    static let observers = [
        Bad("is not there", nil, "the observer gave no answer: "),
        Bad("speaks no HTTP", "SSH-2.0-nobody\r\n", "the observer gave no answer: the answer is not HTTP/1"),
        Bad("closes at once", "", "the observer gave no answer: "),
        Bad("answers 503", Bad.http(503, #"{"count":1}"#), "the observer answered with status 503"),
        Bad("redirects", Bad.http(302), "the observer answered with status 302"),
        Bad("shows a page", Bad.http(200, "<html>"), "the observer's answer has nothing at '/count'"),
        Bad("shows something else", Bad.http(200, #"{"n":1}"#), "the observer's answer has nothing at '/count'"),
        Bad("shows a negative number", Bad.http(200, #"{"count":-4}"#), "the observer gave no whole number"),
    ]

    @Test(arguments: observers) func observer(bad: Bad) async throws {
        let server = try Self.server(bad)
        let run = try await Self.run(
            ["--only", "replay/identical", "--only", "replay/at-once", "--only", "replay/answered-2xx"],
            ["--observe", "\(server.url)/effects#/count"])
        Self.expect(run, inconclusive: ["replay/identical", "replay/at-once"], bad.reason)
        #expect(run.ids(of: "pass").contains("replay/answered-2xx"))
        withExtendedLifetime(server.held) {}
    }

    /// One that never answers is waited for once, and not by each case.
    @Test func observerThatNeverAnswers() async throws {
        let asked = ScriptedServer.Tally()
        let server = try ScriptedServer { connection, _ in
            while connection.request() != nil { asked.add() }
        }
        let run = try await Self.run(
            ["--only", "replay/**", "--skip", "replay/after-many-events"],
            ["--observe", "http://127.0.0.1:\(server.port)/effects#/count", "--timeout", "1"])
        #expect(run.output.status == 3)
        #expect(run.ids(of: "inconclusive").count > 15)
        #expect(
            Set(run.reasons(of: "inconclusive").values)
                == ["the observer gave no answer: no complete answer came in time"])
        #expect(asked.count == 1)
    }

    // MARK: Rotations

    private static let rotation: Set = [
        "rotation/new-at-once", "rotation/old-within-grace", "rotation/second-keeps-previous",
        "rotation/second-drops-oldest", "rotation/both-signatures",
    ]

    static let rotations = [
        Bad("is not there", nil, "the rotate call gave no answer: "),
        Bad("closes at once", "", "the rotate call gave no answer: "),
        Bad("answers 401", Bad.http(401), "the rotate call was answered with status 401"),
        Bad("answers 500", Bad.http(500, #"{"secret":"x"}"#), "the rotate call was answered with status 500"),
        Bad("shows a page", Bad.http(200, "<html>"), "the answer of the rotate call has no text at '/secret'"),
        Bad("shows no secret", Bad.http(200, "{}"), "the answer of the rotate call has no text at '/secret'"),
        Bad("shows an empty one", Bad.http(200, #"{"secret":""}"#), "the answer of the rotate call has no text at"),
        Bad("shows a number", Bad.http(200, #"{"secret":7}"#), "the answer of the rotate call has no text at"),
        Bad("shows the old one", Bad.http(200, #"{"secret":"OLD"}"#), "the new secret is the old one"),
    ]

    @Test(arguments: rotations) func rotation(bad: Bad) async throws {
        let old = try await BuiltIn.publishedSecret("scaiwave")
        let server = try Self.server(bad, old: old)
        let run = try await Self.run(["--only", "rotation/**"], ["--rotate", "\(server.url)/rotate#/secret"])
        Self.expect(run, inconclusive: Self.rotation, bad.reason)
        #expect(!run.remarks.contains { $0.contains("replaced") })
        withExtendedLifetime(server.held) {}
    }

    // MARK: Admin interfaces

    private static let lifecycle: Set = [
        "lifecycle/created-accepts", "lifecycle/paused", "lifecycle/state-before-signature", "lifecycle/deleted",
        "lifecycle/secrets-differ", "lifecycle/secret-in-answer", "lifecycle/admin-needs-token",
        "lifecycle/paused-stops-old-secret", "lifecycle/deleted-stops-old-secret",
    ]

    static let admins = [
        Bad("is not there", nil, "the admin interface gave no answer: "),
        Bad("answers 404", Bad.http(404), "creating a bridge was answered with status 404"),
        Bad("answers 403", Bad.http(403), "the admin token was rejected: status 403"),
        Bad("shows a page", Bad.http(200, "<html>"), "creating a bridge was answered with status 200 or without an id"),
        Bad(
            "gives an id that leads elsewhere", Bad.http(201, #"{"bridge_id":"../users","shared_secret":"x"}"#),
            "the id of the new bridge can't be part of a path"),
    ]

    @Test(arguments: admins) func admin(bad: Bad) async throws {
        let server = try Self.server(bad)
        let run = try await Self.run(
            ["--only", "lifecycle/**"], ["--admin", "\(server.url)/bridges", "--admin-token", "published"])
        Self.expect(run, inconclusive: Self.lifecycle, bad.reason)
        withExtendedLifetime(server.held) {}
    }

    /// The endpoint's own interface, and a token of nobody: neither bridges nor secrets can be had.
    @Test func adminTokenThatIsRefused() async throws {
        let run = try await Self.run(["--only", "lifecycle/**", "--only", "rotation/**"]) { origin in
            ["--admin", "\(origin)/v1/admin/bridges", "--admin-token", "env:TOKEN"]
        }
        let refused = run.reasons(of: "inconclusive").filter { $0.value == "the admin token was rejected: status 401" }
        #expect(Set(refused.keys) == Self.lifecycle)
        Self.expect(run, inconclusive: Self.lifecycle.union(Self.rotation), "the ")
        #expect(
            run.reasons(of: "inconclusive")["rotation/new-at-once"] == "the rotate call was answered with status 401")
        #expect(!run.output.text.contains("a token of nobody"))
    }

    // MARK: Second bridges

    private static let tenancy: Set = [
        "replay/two-bridges", "tenancy/other-secret", "tenancy/other-request", "tenancy/header-names-other",
        "tenancy/query-names-other", "tenancy/body-names-other",
    ]

    struct Second: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Behind the origin of the endpoint; `nil` is a port where nobody listens.
        let path: String?
        let secret: String
        let reason: String
    }

    static let seconds = [
        Second(
            testDescription: "is the target", path: "/v1/bridges/br_countersign/inbound", secret: "published",
            reason: "the second bridge is the target itself"),
        Second(
            testDescription: "has the target's secret", path: "/v1/bridges/br_second/inbound", secret: "env:MAIN",
            reason: "the second bridge has the target's secret"),
        Second(
            testDescription: "has another secret", path: "/v1/bridges/br_second/inbound", secret: "env:TOKEN",
            reason: "a valid request to the second bridge was not accepted: rejected, status 401"),
        Second(
            testDescription: "does not exist", path: "/v1/bridges/br_nowhere/inbound", secret: "published",
            reason: "a valid request to the second bridge was not accepted: rejected, status 401"),
        Second(testDescription: "is not there", path: nil, secret: "published", reason: ""),
    ]

    @Test(arguments: seconds) func secondBridge(second: Second) async throws {
        let main = try await BuiltIn.publishedSecret("scaiwave")
        let port = try ClosedPort()
        defer { withExtendedLifetime(port) {} }
        let gone = "http://127.0.0.1:\(port.number)/v1/bridges/br_second/inbound"
        let run = try await Self.run(
            ["--only", "tenancy/**", "--only", "replay/two-bridges"],
            environment: ["MAIN": main]
        ) { origin in
            ["--second", second.path.map { origin + $0 } ?? gone, "--second-secret", second.secret]
        }
        Self.expect(run, inconclusive: Self.tenancy, second.reason)
        #expect(run.ids(of: "pass").contains("tenancy/unknown-looks-alike"))
    }

    // MARK: Runs

    /// A server that gives one answer to everybody.
    private static func server(_ bad: Bad, old: String = "") throws -> (url: String, held: any Sendable) {
        guard let answer = bad.answer else {
            let port = try ClosedPort()
            return ("http://127.0.0.1:\(port.number)", port)
        }
        let server = try ScriptedServer { connection, _ in
            _ = connection.request()
            let length = "Content-Length: \(#"{"secret":"OLD"}"#.utf8.count - 3 + old.utf8.count)"
            let isOld = answer.contains("OLD")
            connection.send(
                isOld
                    ? answer.replacingOccurrences(of: "Content-Length: 16", with: length)
                        .replacingOccurrences(of: "OLD", with: old) : answer)
        }
        return ("http://127.0.0.1:\(server.port)", server)
    }

    private static func run(_ selection: [String], _ facilities: [String]) async throws -> StateRun {
        try await run(selection) { _ in facilities }
    }

    /// Runs some cases of several requests, and a few of one probe that none of them can disturb.
    private static func run(
        _ selection: [String], environment: [String: String] = [:], _ facilities: (_ origin: String) -> [String]
    ) async throws -> StateRun {
        let served = try await Served("--scheme", "scaiwave", paths: 2)
        let url = try served.url("scaiwave")
        let origin = try #require(url.components(separatedBy: "/v1/").first)
        let folder = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", url, "--scheme", "scaiwave", "--secret", "published", "--level", "all", "--skip-slow",
                "--verbose", "--json", folder.path("report.json"), "--only", "presence/no-*",
            ] + selection + facilities(origin),
            environment: ["TOKEN": "a token of nobody"].merging(environment) { $1 }, deadline: 120)
        return try StateRun(output: output, written: folder.bytes("report.json"))
    }

    /// The cases that needed what failed are inconclusive for that reason, and all others are judged.
    private static func expect(_ run: StateRun, inconclusive: Set<String>, _ reason: String) {
        #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
        #expect(run.ids(of: "inconclusive") == inconclusive)
        for (id, given) in run.reasons(of: "inconclusive") {
            #expect(given.hasPrefix(reason) && !given.isEmpty, "\(id): \(given)")
        }
        #expect(run.ids(of: "pass").contains("presence/no-signature-header"))
        for outcome in ["fail", "warn", "note"] { #expect(run.ids(of: outcome).isEmpty, "\(outcome)") }
    }
}
