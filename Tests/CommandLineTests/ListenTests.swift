import Foundation
import ReportModel
import Testing

/// `listen` with `send` as its trigger, from end to end: the whole text of the report.
@Suite struct ListenTests {
    /// How many times as fast as documented both run.
    private static let speed = "20"

    /// Runs `listen` with some cases and a trigger.
    private static func listen(
        _ trigger: String, _ cases: [String], _ arguments: String..., scheme: String = "scaiwave", errors: String? = nil
    ) async throws -> Output {
        try await Command.run(
            try Command.tool.path,
            ["listen", "--scheme", scheme, "--secret", "published", "--accelerated", speed, "--trigger", trigger]
                + cases.flatMap { ["--only", $0] } + arguments, deadline: 180)
    }

    /// The command line of the reference sender.
    private static func sender(_ flaws: String..., scheme: String = "scaiwave") -> String {
        (["exec:countersign send {url} --scheme \(scheme) --secret published --text {text} --speed \(speed)"]
            + flaws.map { "--flaw \($0)" }).joined(separator: " ")
    }

    /// Returns a report without what differs from run to run: paths, ports, times and ids.
    private static func masked(_ text: String) -> String {
        text.replacing(/\/[0-9a-f]{16}\b/, with: "/…").replacing(/run [0-9a-f]{12}/, with: "run …")
            .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:…").replacing(/t=\d{10}/, with: "t=…")
            .replacing(/\d+\.\d+ s/, with: "… s").replacing(/ms_[0-9a-f_]+/, with: "ms_…")
    }

    private static let quick = [
        "sender/signed*", "sender/retry-on-503", "sender/backoff-grows", "sender/redirect-302*",
    ]

    @Test func aSoundSenderIsGreen() async throws {
        let output = try await Self.listen(Self.sender(), Self.quick)
        #expect(output.status == 0)
        #expect(
            Self.masked(output.text) == """
                TODO
                """)
        #expect(Self.masked(output.errors) == "listening at http://127.0.0.1:…, for 6 cases\n")
    }

    @Test func flawsAreFoundAndDrawn() async throws {
        let output = try await Self.listen(
            Self.sender("no-backoff", "follows-redirects", "signs-escaped-text"), Self.quick)
        #expect(output.status == 1)
        #expect(
            Self.masked(output.text) == """
                TODO
                """)
    }

    @Test func noDeliveryIsInconclusiveWithTheReason() async throws {
        let output = try await Self.listen("exec:true", ["sender/signed"], "--patience", "1")
        #expect(output.status == 3)
        #expect(
            Self.masked(output.text) == """
                TODO
                """)
    }

    @Test func aTriggerThatFailsSaysSo() async throws {
        let output = try await Self.listen("exec:echo no such tenant >&2; exit 4", ["sender/signed"])
        #expect(output.status == 3)
        #expect(
            Self.masked(output.text) == """
                TODO
                """)
    }

    @Test func aWrongPathIsNamed() async throws {
        let trigger =
            "exec:countersign send \"$(echo {url} | sed 's,[0-9a-f]*$,hook,')\" --scheme scaiwave --secret published"
        let output = try await Self.listen(trigger, ["sender/signed"], "--patience", "2")
        #expect(output.status == 3)
        #expect(Self.masked(output.text).contains("requests arrived, but at other paths"), "\(output.text)")
        #expect(output.text.contains("such as /hook"), "\(output.text)")
    }

    @Test func aWaivedFailureIsGreen() async throws {
        let folder = try TemporaryFolder()
        let day = ISO8601DateFormatter.string(
            from: Date(timeIntervalSinceNow: 86_400 * 30), timeZone: .gmt, formatOptions: .withFullDate)
        let waivers = try folder.file(
            "waivers.json",
            """
            {"format": 1, "waivers": [{"case": "sender/backoff-grows", "outcome": "contract", "reason": "in review",
              "owner": "@bridges", "issue": "INT-1", "expires": "\(day)"}]}
            """)
        let output = try await Self.listen(
            Self.sender("no-backoff"), ["sender/signed", "sender/backoff-grows"], "--waivers", waivers)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        #expect(output.text.contains("1 waived"))
    }

    @Test(arguments: [
        (["--trigger", "prompt"], "--trigger prompt needs a terminal. Give a URL or exec:COMMAND instead."),
        ([], "Missing expected option '--trigger <source>'"),
        (["--trigger", "exec:true", "--only", "timestamp/*"], "It matches cases that do not apply to scaiwave."),
        (["--trigger", "exec:true", "--tls-cert", "a.pem"], "--tls-cert and --tls-key must be given together."),
        (["--trigger", "http://192.0.2.1/"], "--allow"),
    ])
    func misuse(arguments: [String], says: String) async throws {
        let output = try await Command.run(
            try Command.tool.path, ["listen", "--scheme", "scaiwave", "--secret", "published"] + arguments,
            deadline: 30)
        #expect(output.status == 2)
        #expect(output.errors.contains(says), "\(output.errors)")
    }

    @Test func thePlanIsShownAndNothingListens() async throws {
        let output = try await Self.listen("exec:false", ["sender/retry-*"], "--dry-run")
        #expect(output.status == 0)
        #expect(
            output.text == """
                TODO
                """)
        #expect(output.errors == "")
    }
}
