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

    /// Returns a text in one line.
    private static func unwrapped(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
                      No delivery could be judged: the trigger failed: it ended with status 4, and printed "no such
                      tenant".

                1 inconclusive
                      sender/signed

                RESULT  0 failed · 0 passed (0 discriminating) · 1 inconclusive · … s  → exit 3 (inconclusive)


                """)
    }

    @Test func whatATriggerPrintsIsShownWithoutSecretsAndControlCharacters() async throws {
        let folder = try TemporaryFolder()
        let secret = try folder.file("secret", "a secret that a trigger prints")
        let output = try await Command.countersign(
            "listen", "--scheme", "scaiwave", "--secret", "file:\(secret)", "--only", "sender/signed", "--trigger",
            "exec:echo first; printf 'key \\033[31m%s\\n\\n' \"$(cat \(secret))\"; exit 1")
        #expect(output.status == 3)
        #expect(Self.unwrapped(output.text).contains("and printed \"key [31m[secret]\""), "\(output.text)")
        #expect(!output.text.contains("a trigger prints") && !output.text.contains("\u{1B}"))
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
        (["--trigger", "exec:true", "--capture", "x"], "--trigger, --capture and --replay can't be given together."),
        (["--trigger", "exec:true", "--count", "1"], "--count and --deadline need --capture."),
        (["--trigger", "exec:true", "--schedule", "5s,5x"], "each a whole number and s, m, h or d"),
        (
            ["--trigger", "exec:true", "--tls", "x", "--public", "https://a.test"],
            "--tls has ports of its own, which --public can't name"
        ),
        (["--replay", "nowhere.har"], "no recording at 'nowhere.har'"),
        (["--trigger", "exec:true", "--tls-cert", "a.pem"], "--tls-cert and --tls-key must be given together."),
        (["--trigger", "http://192.0.2.1/"], "--allow"),
        (["--trigger", "exec:true", "--second-secret", "published"], "--second-secret and --second-trigger are given"),
        (
            ["--trigger", "exec:true", "--second-trigger", "exec:true"],
            "--second-secret and --second-trigger are given"
        ),
        (
            ["--trigger", "exec:true", "--second-trigger", "prompt", "--second-secret", "published"],
            "--second-trigger prompt needs a terminal"
        ),
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
                  must   sender/retry-on-refused  skipped: the sender has one fixed URL, so that deliveries come one by one
                  must   sender/retry-on-silence  watched for up to 8 s
                  must   sender/retry-same-id  watched for up to 9 s
                  should sender/retry-same-body  watched for up to 9 s
                  must   sender/retry-each-signed  watched for up to 9 s
                  should sender/retry-fresh-timestamp  watched for up to 9 s
                12 cases, for which 12 deliveries would be triggered, 1 at a time, in about 75 s at most. Nothing was sent.

                """)
        #expect(output.errors == "")
    }

    @Test func aScheduleReplacesTheDocumented() async throws {
        let output = try await Self.listen(
            "exec:false {url}", ["sender/retry-on-500"], "--dry-run", "--schedule", "10s,1m")
        #expect(output.text.hasPrefix("  must   sender/retry-on-500  watched for up to 2 s\n"), "\(output.text)")
        let scheduled = [
            "exec:countersign send {url} --scheme scaiwave --secret published --speed \(Self.speed)",
            "--schedule 4s,8s",
        ].joined(separator: " ")
        let met = try await Self.listen(
            scheduled, ["sender/retry-on-500"], "--schedule", "4s,8s", "--json", "/dev/stdout")
        #expect(met.status == 0, "\(met.text)\(met.errors)")
        #expect(Self.unwrapped(met.text).contains("The sender is set to wait 4 s, 8 s between attempts"), "\(met.text)")
    }

    /// Records two events and judges them.
    @Test func trafficIsKeptAndJudged() async throws {
        let folder = try TemporaryFolder()
        let output = try await Command.sh(
            """
            countersign listen --capture traffic --count 2 --deadline 60 2>log >kept &
            until grep -q listening log; do sleep 0.1; done
            url=$(sed -n 's/^listening at \\([^,]*\\),.*/\\1/p' log)/hook
            countersign send "$url" --scheme scaiwave --secret published >/dev/null
            countersign send "$url" --scheme scaiwave --secret published --flaw sends-put >/dev/null
            wait
            cat kept
            countersign listen --replay traffic --scheme scaiwave --secret published --quiet --json report.json
            status=$?
            countersign report report.json --verbose
            exit $status
            """, in: folder.url)
        #expect(output.status == 1, "\(output.text)\(output.errors)")
        #expect(output.text.hasPrefix("2 requests kept in traffic, "), "\(output.text)")
        #expect(output.text.contains("request 2 of 2: the method is PUT"), "\(output.text)")
        // The report says the same once it was written and read.
        let text = Self.unwrapped(output.text)
        for words in [
            "2 recorded requests judged.", "needs a staged answer, and a recording has none",
            "the recording does not contain several attempts at one delivery",
        ] {
            #expect(text.contains(words), "\(output.text)")
        }
    }

    @Test func aCaptureOfNothingIsInconclusive() async throws {
        let folder = try TemporaryFolder()
        let output = try await Command.countersign(
            "listen", "--capture", folder.path("traffic"), "--deadline", "1", "--quiet")
        #expect(output.status == 3)
        #expect(output.text.hasPrefix("0 requests kept in "))
        let again = try await Command.countersign("listen", "--capture", folder.path("traffic"), "--deadline", "1")
        #expect(again.status == 2)
        #expect(again.errors.contains("can't take a recording"), "\(again.errors)")
    }

    /// A file as a proxy writes it: the first body is in base64, the second lost a byte that was no character.
    @Test func aHARFileIsJudged() async throws {
        let folder = try TemporaryFolder()
        let har = try folder.file(
            "traffic.har",
            #"""
            {"log": {"version": "1.2", "entries": [
              {"startedDateTime": "2026-01-01T00:00:00.000Z", "request": {"method": "GET", "url": "http://a.test/",
                "headers": []}, "response": {"status": 200}},
              {"startedDateTime": "2026-01-01T00:00:01.000Z", "request": {"method": "POST", "url": "http://a.test/hook",
                "headers": [{"name": "Content-Type", "value": "application/json"}], "bodySize": 2,
                "postData": {"text": "e30=", "encoding": "base64"}}, "response": {"status": 200}},
              {"startedDateTime": "2026-01-01T00:00:02.000Z", "request": {"method": "POST", "url": "http://a.test/hook",
                "headers": [{"name": "Content-Type", "value": "application/json"}], "bodySize": 1,
                "postData": {"text": "\ufffd"}}, "response": {"status": 500}}]}}
            """#)
        let output = try await Command.countersign(
            "listen", "--replay", har, "--scheme", "github", "--secret", "published")
        #expect(output.status == 1, "\(output.text)\(output.errors)")
        #expect(
            output.text.contains("request 1 of 2: the delivery has no X-Hub-Signature-256 header"), "\(output.text)")
        let text = Self.unwrapped(output.text)
        #expect(
            text.contains(
                "2 recorded requests judged. 1 request left out, with methods that deliver nothing. 1 request "
                    + "lost bytes of the body in the recording"), "\(output.text)")
    }

    @Test(arguments: [("", 0), (" --flaw tls-any-name --flaw falls-back-to-http", 1)] as [(String, Int32)])
    func certificatesOfReceiversAreJudged(_ flaws: String, _ status: Int32) async throws {
        let folder = try TemporaryFolder()
        let tls = folder.path("tls")
        let trigger =
            "exec:countersign send {url} --scheme scaiwave --secret published --speed \(Self.speed) --ca \(tls)/authority.pem"
            + flaws
        let output = try await Self.listen(trigger, ["sender/tls-*"], "--tls", tls, "--enforce", "should")
        #expect(output.status == status, "\(output.text)\(output.errors)")
        guard status == 1 else { return #expect(output.text.contains("5 passed")) }
        #expect(output.text.contains("the delivery was sent to a receiver with a certificate for another host"))
        #expect(output.text.contains("after the handshake had failed, the sender spoke HTTP without TLS"))
    }

    @Test func withoutAnAuthorityTLSIsSkipped() async throws {
        let output = try await Self.listen(Self.sender(), ["sender/signed", "sender/tls-expired"])
        #expect(output.status == 0)
        #expect(
            Self.unwrapped(output.text).contains("needs a sender that trusts the authority made for the run (--tls)"),
            "\(output.text)")
    }

    /// The secret is in a file that the sender reads for each event, or read once and for all.
    @Test(arguments: [("now", 0), ("first", 1)] as [(String, Int32)])
    func replacedSecretsAreJudged(_ file: String, _ status: Int32) async throws {
        let folder = try TemporaryFolder()
        for name in ["now", "first"] { _ = try folder.file(name, "the first secret of the sender") }
        let output = try await Command.countersign(
            "listen", "--scheme", "scaiwave", "--secret", "file:\(folder.path("first"))", "--accelerated", "100",
            "--only", "sender/signed", "--only", "sender/rotation-*", "--rotate",
            "exec:echo the second secret of the sender | tee \(folder.path("now"))", "--trigger",
            "exec:countersign send {url} --scheme scaiwave --speed 100 --secret file:\(folder.path(file))")
        #expect(output.status == status, "\(output.text)\(output.errors)")
        let finding = "after the grace the delivery is still signed with the old secret"
        #expect(Self.unwrapped(output.text).contains(finding) == (status == 1))
        #expect(output.text.contains("The target's secret was replaced once"), "\(output.text)")
        #expect(!output.text.contains("secret of the sender"))
    }

    /// The trigger of the second registration signs with its own secret, or with that of the first.
    @Test(arguments: [("second", 0), ("first", 1)] as [(String, Int32)])
    func twoRegistrationsAreCompared(_ file: String, _ status: Int32) async throws {
        let folder = try TemporaryFolder()
        for name in ["first", "second"] { _ = try folder.file(name, "the \(name) secret of the sender") }
        let send = { "exec:countersign send {url} --scheme scaiwave --secret file:\(folder.path($0))" }
        let output = try await Command.countersign(
            "listen", "--scheme", "scaiwave", "--secret", "file:\(folder.path("first"))", "--enforce", "should",
            "--only", "sender/signed", "--only", "sender/secret-per-registration", "--trigger", send("first"),
            "--second-secret", "file:\(folder.path("second"))", "--second-trigger", send(file))
        #expect(output.status == status, "\(output.text)\(output.errors)")
        let finding = "the delivery for the second registration is signed with the secret of the first"
        #expect(Self.unwrapped(output.text).contains(finding) == (status == 1), "\(output.text)")
        #expect(!output.text.contains("secret of the sender"))
    }

    @Test(arguments: [("", "2 passed"), (" --flaw gives-up-early", "the last of 3 attempts came")])
    func attemptsGoOnForTheDocumentedTime(_ flaw: String, says: String) async throws {
        let output = try await Command.countersign(
            "listen", "--scheme", "scaiwave", "--secret", "published", "--accelerated", "400", "--profile", "audit",
            "--only", "sender/signed", "--only", "sender/limited-time", "--trigger",
            "exec:countersign send {url} --scheme scaiwave --secret published --speed 400\(flaw)")
        #expect(output.status == (flaw.isEmpty ? 0 : 1), "\(output.text)\(output.errors)")
        #expect(Self.unwrapped(output.text).contains(says), "\(output.text)")
    }

    /// An interrupt is how a capture usually ends.
    @Test func anInterruptedCaptureKeepsWhatCame() async throws {
        let folder = try TemporaryFolder()
        let output = try await Command.sh(
            """
            countersign listen --capture traffic 2>log >kept &
            capture=$!
            until grep -q listening log; do sleep 0.1; done
            url=$(sed -n 's/^listening at \\([^,]*\\),.*/\\1/p' log)
            countersign send "$url" --scheme scaiwave --secret published >/dev/null
            kill -TERM $capture
            wait $capture
            echo $? && cat kept
            """, in: folder.url)
        #expect(output.text.hasPrefix("0\n1 request kept in traffic, "), "\(output.text)\(output.errors)")
    }

    @Test func aScheduleStatesRetries() async throws {
        let output = try await Command.countersign(
            "listen", "--scheme", "github", "--secret", "published", "--trigger", "exec:true {url}", "--dry-run",
            "--schedule", "5s,1m")
        #expect(output.text.contains("sender/retry-on-500") && !output.text.contains("sender/not-retried"))
    }
}
