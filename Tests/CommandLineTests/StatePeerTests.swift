import Bytes
import Foundation
import ReportModel
import Testing

/// A bridge in Python that keeps its state in SQLite: what its memory and its secrets do was foretold by reading it, and
/// what is asked beside it, the observer and the rotation, may fail in every way.
@Suite struct StatePeerTests {
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
    private static let isInstalled = Command.isInstalled("python3")

    /// A fresh machine may lack it, and says so; where everything must be shown, that is a failure.
    @Test(.enabled(if: isInstalled || isCI, "not installed: python3")) func pythonIsInstalled() {
        #expect(Self.isInstalled)
    }

    @Suite(.enabled(if: isInstalled, "not installed: python3"), .timeLimit(.minutes(10))) struct Runs {
        /// The cases of these families that the run can't do here, each with its reason.
        private static let skipped = [
            "replay/two-bridges": "needs a second bridge",
            "replay/last-moment": "waits 570 s",
            "replay/remembered": "waits 630 s",
            "rotation/grace-short": "waits 300 s",
            "rotation/old-after-grace": "waits 300 s",
            "rotation/second-restarts-grace": "waits 300 s",
            "rotation/pause-keeps-grace": "needs access to the administrative interface",
        ]
        /// One row an event, inserted in the transaction that looks: `deliver`. What has no id is no event: `read`.
        private static let replay = [
            "replay/identical", "replay/resigned", "replay/answered-2xx", "replay/no-fresh-capability",
            "replay/new-delivery-id", "replay/at-once", "replay/malleable-upper-case",
            "replay/malleable-unknown-field", "replay/malleable-reordered", "replay/malleable-signature-twice",
            "replay/malleable-trailing-junk", "replay/missing-id", "replay/missing-id-distinct",
            "replay/same-id-other-body", "replay/same-body-new-id", "replay/one-field-differs", "replay/ids-composed",
            "replay/ids-case", "replay/ids-space", "replay/forged-first", "replay/retry-after-refusal",
            "replay/refused-without-effect", "replay/other-query", "replay/ids-of-other-vendors",
            "replay/ids-of-65-characters", "replay/ids-of-129-characters", "replay/ids-of-256-characters",
            "replay/verdict-other-body", "replay/verdict-other-timestamp",
            "replay/forgery-every-time",
        ]
        /// The table is read for each request, and holds one previous secret with its deadline: `rotate`.
        private static let rotation = [
            "rotation/new-at-once", "rotation/old-within-grace", "rotation/second-keeps-previous",
            "rotation/second-drops-oldest", "rotation/both-signatures",
        ]

        // MARK: The endpoint

        @Test func soundEndpointMeetsEverything() async throws {
            let bridge = try await SQLiteBridge()
            let run = try await bridge.run(
                "--only", "replay/**", "--only", "rotation/**", "--only", "presence/**", "--only", "control/**",
                // Five thousand requests; another test has them.
                "--skip", "replay/after-many-events")
            #expect(run.output.status == 0, "\(run.output.text)\(run.output.errors)")
            #expect(run.reasons(of: "skipped") == Self.skipped)
            // Every valid shape is taken and every way around the signature is closed: `is_genuine` comes first.
            let passed = run.ids(of: "pass")
            #expect(passed.filter { $0.hasPrefix("replay/") } == Set(Self.replay))
            #expect(passed.filter { $0.hasPrefix("rotation/") } == Set(Self.rotation))
            #expect(passed.isSuperset(of: ["control/plain", "presence/no-signature-header"]))
            #expect(passed.count + Self.skipped.count == run.cases.count)
            #expect(run.remarks.contains { $0.contains("replaced twice") })
            try bridge.expectNoSecret(in: run, rotations: 2)
        }

        @Test func endpointWithoutMemoryActsOnEachCopy() async throws {
            let bridge = try await SQLiteBridge(flaw: "no-dedupe")
            let run = try await bridge.run(
                "--only", "replay/**", "--only", "presence/no-*", "--skip", "replay/after-many-events")
            #expect(run.output.status == 1, "\(run.output.text)\(run.output.errors)")
            #expect(
                run.impacts(of: "fail") == [
                    "replay/identical": "forgery", "replay/resigned": "forgery", "replay/new-delivery-id": "forgery",
                    "replay/at-once": "forgery", "replay/malleable-unknown-field": "forgery",
                    "replay/malleable-reordered": "forgery", "replay/malleable-signature-twice": "forgery",
                    // Each copy is a message of its own, whose id is in the answer.
                    "replay/no-fresh-capability": "leak",
                    "replay/other-query": "forgery", "replay/ids-of-other-vendors": "forgery",
                ])
            #expect(run.impacts(of: "warn") == ["replay/same-id-other-body": "forgery"])
            #expect(run.ids(of: "inconclusive").isEmpty)
            try bridge.expectNoSecret(in: run, rotations: 0)
        }

        @Test func endpointThatForgetsItsOldSecretRefusesIt() async throws {
            let bridge = try await SQLiteBridge(flaw: "old-secret-dead")
            let run = try await bridge.run("--only", "rotation/**", "--only", "presence/no-*")
            #expect(run.output.status == 1, "\(run.output.text)\(run.output.errors)")
            #expect(
                run.impacts(of: "fail") == [
                    "rotation/old-within-grace": "refusal", "rotation/second-keeps-previous": "refusal",
                ])
            #expect(
                Set(run.ids(of: "pass").filter { $0.hasPrefix("rotation/") })
                    == ["rotation/new-at-once", "rotation/second-drops-oldest", "rotation/both-signatures"])
            try bridge.expectNoSecret(in: run, rotations: 2)
        }

        // MARK: What is asked beside it

        struct BadRotation: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let command: String
            let reason: String
        }

        static let badRotations = [
            BadRotation(
                testDescription: "prints nothing", command: "true", reason: "the rotate command printed no secret"),
            BadRotation(
                testDescription: "prints a blank line", command: "echo ' '",
                reason: "the rotate command printed no secret"),
            BadRotation(
                testDescription: "prints and exits 1", command: "echo a secret of nobody; exit 1",
                reason: "the rotate command gave no secret: it ended with status 1"),
            BadRotation(
                testDescription: "is not there", command: "/nowhere/rotate",
                reason: "the rotate command gave no secret: it ended with status 127"),
            BadRotation(
                testDescription: "prints the variable of the secret, which it does not see",
                command: #"echo "$PEER_SECRET""#,
                reason: "the rotate command printed no secret"),
        ]

        @Test(arguments: badRotations) func rotationThatFailsIsNamed(_ bad: BadRotation) async throws {
            let bridge = try await SQLiteBridge()
            let run = try await bridge.run(
                "--only", "rotation/**", "--only", "presence/no-*", "--only", "replay/identical",
                rotate: "exec:\(bad.command)")
            #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
            #expect(
                run.reasons(of: "inconclusive")
                    == Dictionary(uniqueKeysWithValues: Self.rotation.map { ($0, bad.reason) }))
            #expect(run.ids(of: "pass").isSuperset(of: ["presence/no-signature-header", "replay/identical"]))
            #expect(run.ids(of: "fail").isEmpty)
            #expect(!run.remarks.contains { $0.contains("replaced") })
            try bridge.expectNoSecret(in: run, rotations: 0)
        }

        /// The user must hear that the secret at hand is no longer the target's, whatever came of the second time.
        @Test func rotationThatWorksOnceIsRemarked() async throws {
            let bridge = try await SQLiteBridge()
            let mark = "'\(bridge.folder.path("rotated"))'"
            let run = try await bridge.run(
                "--only", "rotation/**", "--only", "presence/no-*",
                rotate: "exec:[ ! -e \(mark) ] && touch \(mark) && \(bridge.rotating)")
            #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
            #expect(run.ids(of: "inconclusive") == Set(Self.rotation))
            #expect(run.remarks.contains { $0.contains("replaced once") })
            try bridge.expectNoSecret(in: run, rotations: 1)
        }

        struct BadObserver: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// The variable `FILE` names a file of its own.
            let command: String
            let reason: String
        }

        static let badObservers = [
            BadObserver(
                testDescription: "counts down",
                command: #"n=$(cat "$FILE" 2>/dev/null || echo 100000); echo $((n - 1)) | tee "$FILE""#,
                reason: "the observer's count went down"),
            BadObserver(
                testDescription: "never shows an effect", command: "echo 7",
                reason: "the observer does not show the effect of a plain valid request"),
            BadObserver(
                testDescription: "prints nothing", command: "true",
                reason: "the observer does not show the effect of a plain valid request"),
            BadObserver(
                testDescription: "exits 1", command: "echo 7; exit 1",
                reason: "the observer's command gave nothing: it ended with status 1"),
            BadObserver(
                testDescription: "prints an object", command: #"echo '{"count": 7}'"#,
                reason: "the observer gave neither a number nor a list"),
        ]

        @Test(arguments: badObservers) func observerThatLiesIsNamed(_ bad: BadObserver) async throws {
            let bridge = try await SQLiteBridge()
            let file = "FILE='\(bridge.folder.path("count"))'; "
            let run = try await bridge.run(
                "--only", "replay/identical", "--only", "replay/answered-2xx", "--only", "replay/at-once",
                "--only", "presence/no-*", observe: "exec:\(file)\(bad.command)", rotate: nil)
            #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
            #expect(
                run.reasons(of: "inconclusive") == ["replay/identical": bad.reason, "replay/at-once": bad.reason])
            #expect(run.ids(of: "pass").isSuperset(of: ["presence/no-signature-header", "replay/answered-2xx"]))
            try bridge.expectNoSecret(in: run, rotations: 0)
        }

        /// An observer without sight is waited for once, and not by each case: the others send nothing.
        @Test func blindObserverIsWaitedForOnce() async throws {
            let bridge = try await SQLiteBridge()
            let run = try await bridge.run(
                "--only", "replay/**", "--skip", "replay/after-many-events", "--only", "presence/no-*",
                observe: "exec:echo 7", rotate: nil)
            #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
            // All that count effects; the others read answers.
            let inconclusive = run.ids(of: "inconclusive")
            let answers: Set = [
                "replay/answered-2xx", "replay/no-fresh-capability", "replay/verdict-other-body",
                "replay/verdict-other-timestamp", "replay/forgery-every-time",
            ]
            #expect(inconclusive == Set(Self.replay).subtracting(answers))
            let evidence = try JSON.parse(run.written)[pointer: "/timing/evidence"]
            let waited = inconclusive.filter { evidence?[$0]?["steps"]?.array?.isEmpty == false }
            // These send something else before they count.
            let others: Set = ["replay/refused-without-effect", "replay/retry-after-refusal", "replay/forged-first"]
            #expect(waited.subtracting(others).count == 1, "\(waited)")
        }

        @Test func secondBridgeThatIsTheTargetIsNamed() async throws {
            let bridge = try await SQLiteBridge()
            let run = try await bridge.run(
                "--only", "replay/two-bridges", "--only", "presence/no-*", "--second", bridge.url, "--second-secret",
                "env:PEER_SECRET", rotate: nil)
            #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
            #expect(
                run.reasons(of: "inconclusive") == ["replay/two-bridges": "the second bridge is the target itself"])
            try bridge.expectNoSecret(in: run, rotations: 0)
        }

        /// The same bridge by another name has the same secret, which gives it away.
        @Test func secondBridgeWithTheTargetsSecretIsNamed() async throws {
            let bridge = try await SQLiteBridge()
            let run = try await bridge.run(
                "--only", "replay/two-bridges", "--only", "presence/no-*", "--second", bridge.url + "?again",
                "--second-secret", "env:PEER_SECRET", rotate: nil)
            #expect(run.output.status == 3, "\(run.output.text)\(run.output.errors)")
            #expect(
                run.reasons(of: "inconclusive") == [
                    "replay/two-bridges": "the second bridge has the target's secret"
                ])
        }
    }
}

/// The endpoint, running over a database of its own.
private struct SQLiteBridge {
    let folder: TemporaryFolder
    let url: String
    private let running: Running
    private let interpreter: String

    private static let secret = "a secret of the peer tests"
    /// The interpreter itself: `python3` may be a script that takes longer to find it than it takes to count.
    private static let python = Task {
        try await Command.sh("python3 -c 'import sys; print(sys.executable)'").text
            .trimmingCharacters(in: .newlines)
    }

    private static func file(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Peers/\(name).py").path
    }

    /// Starts it and waits until it listens.
    init(flaw: String? = nil) async throws {
        folder = try TemporaryFolder()
        interpreter = try await Self.python.value
        let running = try Running(
            interpreter,
            ["-B", Self.file("scaiwave-sqlite"), folder.path("bridge.db")] + (flaw.map { ["--flaw", $0] } ?? []),
            environment: ["PEER_SECRET": Self.secret])
        self.running = running
        let port = try await offThePool { try running.lines(1)[0] }
        url = "http://127.0.0.1:\(port)/v1/bridges/br_countersign/inbound"
    }

    /// What is done beside its server. Counting is done so often that it must not look for packages first.
    private func admin(_ mode: String) -> String {
        "'\(interpreter)' -BS '\(Self.file("scaiwave_store"))' \(mode) '\(folder.path("bridge.db"))'"
    }

    /// The command that replaces the secret. It keeps each new one in a file, where the test finds what must not be
    /// shown.
    var rotating: String { "\(admin("rotate")) | tee -a '\(folder.path("secrets"))'" }

    /// Runs the built tool against it.
    ///
    /// - Parameters:
    ///   - observe: where effects are seen; the endpoint's own without one.
    ///   - rotate: how the secret is replaced; the empty text stands for the endpoint's own way, `nil` for none.
    func run(_ arguments: String..., observe: String? = nil, rotate: String? = "") async throws -> StateRun {
        let report = folder.path("report.json")
        let rotation = rotate.map { ["--rotate", $0.isEmpty ? "exec:\(rotating)" : $0] } ?? []
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", url, "--scheme", "scaiwave", "--secret", "env:PEER_SECRET", "--level", "all", "--skip-slow",
                "--verbose", "--json", report, "--observe", observe ?? "exec:\(admin("effects"))",
            ] + rotation + arguments,
            environment: ["PEER_SECRET": Self.secret], deadline: 240)
        let hasReport = FileManager.default.fileExists(atPath: report)
        return try StateRun(output: output, written: hasReport ? folder.bytes("report.json") : [])
    }

    /// Neither the first secret nor any that came after it stands in what was printed or written, in any encoding.
    func expectNoSecret(in run: StateRun, rotations: Int) throws {
        let new = (try? String(contentsOfFile: folder.path("secrets"), encoding: .utf8)) ?? ""
        let rotated = new.split(separator: "\n").map(String.init)
        #expect(rotated.count == rotations)
        let places = [
            "stdout": run.output.text, "stderr": run.output.errors,
            "the report": String(decoding: run.written, as: UTF8.self),
        ]
        for secret in [Self.secret] + rotated {
            let bytes = Data(secret.utf8)
            let hex = bytes.map { String(format: "%02x", $0) }.joined()
            let base64 = bytes.base64EncodedString().prefix { $0 != "=" }
            for (place, text) in places {
                for form in [secret, hex, hex.uppercased(), String(base64)] where text.contains(form) {
                    Issue.record("\(place) holds a secret")
                }
            }
        }
    }
}
