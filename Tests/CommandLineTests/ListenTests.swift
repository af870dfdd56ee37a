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
                countersign 0.1.0 · scaiwave (outbound) · a sender of scaiwave
                6 cases · level should · enforce must · profile standard · run …

                ✓ delivery    a plain one verifies under the secret

                ✓ passed      sender 6

                RESULT  0 failed · 6 passed (6 discriminating) · … s  → exit 0 (conformant)


                """)
        #expect(Self.masked(output.errors) == "listening at http://127.0.0.1:…, for 6 cases\n")
    }

    @Test func flawsAreFoundAndDrawn() async throws {
        let output = try await Self.listen(
            Self.sender("no-backoff", "follows-redirects"), Self.quick)
        #expect(output.status == 1)
        #expect(
            Self.masked(output.text) == """
                countersign 0.1.0 · scaiwave (outbound) · a sender of scaiwave
                6 cases · level should · enforce must · profile standard · run …

                ✓ delivery    a plain one verifies under the secret

                FAIL  sender/backoff-grows                                        must · medium · contract · CWE-770
                      The waits between attempts grow.
                      because the waits between 4 attempts do not grow
                      sent    the last attempt
                              POST /… HTTP/1.1
                              X-ScaiWave-Bridge-Signature: t=…,v1=[signature]
                      answer  answered 503
                      saw     … s  attempt 1, signed as documented, answered 503
                              … s  attempt 2, signed as documented, answered 503
                              … s  attempt 3, signed as documented, answered 503
                              … s  attempt 4, signed as documented, answered 503
                      breaks  A delivery that is answered 5xx is sent again with exponential backoff; one that is
                              answered 429 three times more, and is then failed; an unreachable side is tried for up
                              to an hour. (must; 5. Outbound; 8. Error handling)
                      why     A receiver in trouble is kept in trouble by senders that do not let up.
                      fix     Double the wait after each failed attempt, and add jitter.
                      more    countersign explain sender/backoff-grows

                WARN  sender/redirect-302                                   should · high · leak · CWE-918 · CWE-601
                      A 302 is not followed.
                      got     the redirect was followed: a request arrived where it led
                      fix     Turn off redirects in the HTTP client, and take a 3xx as a failure.

                ✓ passed      sender 4

                RESULT  1 failed · 1 warning · 4 passed (4 discriminating) · … s  → exit 1 (non-conformant)


                """)
    }

    @Test func noDeliveryIsInconclusiveWithTheReason() async throws {
        let output = try await Self.listen("exec:true", ["sender/signed"], "--patience", "1")
        #expect(output.status == 3)
        #expect(
            Self.masked(output.text) == """
                countersign 0.1.0 · scaiwave (outbound) · a sender of scaiwave
                1 case · level should · enforce must · profile standard · run …

                NOTHING WAS JUDGED
                      No delivery could be judged: no request arrived within 1 s of the trigger: check that the
                      sender can reach http://127.0.0.1:…, and that the trigger makes it send.

                1 inconclusive
                      sender/signed

                RESULT  0 failed · 0 passed (0 discriminating) · 1 inconclusive · … s  → exit 3 (inconclusive)


                """)
    }

    @Test func aTriggerThatFailsSaysSo() async throws {
        let output = try await Self.listen("exec:echo no such tenant >&2; exit 4", ["sender/signed"])
        #expect(output.status == 3)
        #expect(
            Self.masked(output.text) == """
                countersign 0.1.0 · scaiwave (outbound) · a sender of scaiwave
                1 case · level should · enforce must · profile standard · run …

                NOTHING WAS JUDGED
                      No delivery could be judged: the trigger failed: it ended with status 4.

                1 inconclusive
                      sender/signed

                RESULT  0 failed · 0 passed (0 discriminating) · 1 inconclusive · … s  → exit 3 (inconclusive)


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
        ([], "Missing expected argument '--trigger <source>'"),
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
                  must   sender/retry-on-500  watched for up to 5 s
                  must   sender/retry-on-502  watched for up to 5 s
                  must   sender/retry-on-503  watched for up to 5 s
                  must   sender/retry-on-504  watched for up to 5 s
                  must   sender/retry-on-reset  watched for up to 5 s
                  must   sender/retry-on-close  watched for up to 5 s
                  must   sender/retry-on-silence  watched for up to 8 s
                  must   sender/retry-same-id  watched for up to 9 s
                  should sender/retry-same-body  watched for up to 9 s
                  must   sender/retry-each-signed  watched for up to 9 s
                  should sender/retry-fresh-timestamp  watched for up to 9 s
                11 cases, for which 12 deliveries would be triggered, 1 at a time, in about 75 s at most. Nothing was sent.

                """)
        #expect(output.errors == "")
    }
}
