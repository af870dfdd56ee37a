import Catalogue
import ReportModel
import Schemes
import Testing
import Transport

/// What each case says of attempts that were written down by hand. The rule is: after 10, 20 and 40 s; three attempts
/// after 429; a time limit of 10 to 20 s.
@Suite("The judgement of senders")
struct SenderJudgementTests {
    typealias Attempt = Recording.Attempt

    /// Attempts at some times that were all answered alike, but for the last.
    private static func attempts(
        _ times: [Double], _ answer: StagedAnswer, thenDone: Bool = true,
        _ change: (inout Attempt, Int) -> Void = { _, _ in }
    ) -> [Attempt] {
        times.enumerated().map { place, time in
            var attempt = Attempt(at: time, answered: thenDone && place == times.count - 1 ? .done : answer)
            change(&attempt, place)
            return attempt
        }
    }

    /// Attempts of which each but the first has the headers of a retry.
    private static func announced(_ counts: [String]) -> [Attempt] {
        attempts((0...counts.count).map { Double($0) * 10 }, .status(500)) { attempt, place in
            if place > 0 { attempt.headers = [.init("X-Retry", counts[place - 1]), .init("X-Reason", "http_error")] }
        }
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let id: String
        let what: String
        let attempts: [Attempt]
        var impact: Impact?
        var words = ""

        init(_ id: String, _ what: String, _ attempts: [Attempt], _ impact: Impact? = nil, _ words: String = "") {
            (self.id, self.what, self.attempts, self.impact, self.words) = (id, what, attempts, impact, words)
        }

        var testDescription: String { "\(id): \(what)" }
    }

    private static func one(_ change: (inout Attempt) -> Void) -> [Attempt] {
        var attempt = Attempt(at: 0)
        change(&attempt)
        return [attempt]
    }

    static let requests: [Example] = [
        Example("sender/signed", "signed", one { _ in }),
        Example(
            "sender/signed", "not signed", one { $0.isSigned = false }, .refusal,
            "the delivery has no webhook-signature header"),
        Example("sender/signature-once", "each once", one { _ in }),
        Example(
            "sender/signature-once", "the id twice", one { $0.headers = [HeaderField("Webhook-Id", "msg_2")] },
            .contract, "the header webhook-id appears 2 times"),
        Example("sender/timestamp-unit", "seconds", one { _ in }),
        Example(
            "sender/timestamp-unit", "milliseconds", one { $0.stamp = "1800000000000" }, .refusal,
            "the timestamp has 13 digits, as milliseconds would"),
        Example(
            "sender/timestamp-unit", "a date", one { $0.stamp = "2027-01-15T08:00:00Z" }, .refusal,
            "the timestamp is not a number of seconds in decimal digits"),
        Example("sender/clock", "ten seconds late", one { $0.stamp = "1799999990" }),
        Example(
            "sender/clock", "eleven seconds late", one { $0.stamp = "1799999989" }, .refusal,
            "the timestamp is older than the arrival by 11 s"),
        Example(
            "sender/clock", "eleven seconds early", one { $0.stamp = "1800000011" }, .refusal,
            "the timestamp is later than the arrival by 11 s"),
        Example(
            "sender/timestamp-signed", "the body alone is signed",
            one {
                $0.isSigned = false
                $0.headers = [HeaderField("webhook-signature", "v1,\(Recording.Stub.ofBody)")]
            }, .forgery, "the signature is of the body alone, and the timestamp is not signed"),
        Example("sender/method", "a POST of JSON", one { _ in }),
        Example("sender/method", "a PUT", one { $0.method = "PUT" }, .contract, "the method is PUT"),
        Example(
            "sender/method", "two types", one { $0.headers = [HeaderField("Content-Type", "text/plain")] }, .contract,
            "the Content-Type header appears twice"),
        Example(
            "sender/secret-not-sent", "the secret in a header",
            one { $0.headers = [HeaderField("X-Key", "the secret")] },
            .leak, "the request contains the shared secret"),
        Example(
            "sender/secret-not-sent", "the secret as the body", one { $0.body = "the secret" }, .leak,
            "the request contains the shared secret"),
        Example(
            "sender/no-platform-credentials", "a cookie", one { $0.headers = [HeaderField("cookie", "a=b")] }, .leak,
            "the request has a header Cookie"),
    ]

    static let retries: [Example] = [
        Example("sender/retry-on-500", "again once", attempts([0, 11], .status(500))),
        Example(
            "sender/retry-on-500", "never again", attempts([0], .status(500), thenDone: false), .loss,
            "after an answer of 500, the delivery was not sent again within 20 s, so the event is lost"),
        Example(
            "sender/retry-on-500", "again after success", attempts([0, 11, 31], .status(500)), .contract,
            "after the second attempt was answered 200, 1 more followed"),
        Example("sender/retry-same-id", "one id", attempts([0, 10, 30], .status(500))),
        Example(
            "sender/retry-same-id", "an id for each", attempts([0, 10, 30], .status(500)) { $0.id = "msg_\($1)" },
            .contract, "the attempts have 3 different ids"),
        Example(
            "sender/retry-same-body", "bodies that count",
            attempts([0, 10, 30], .status(500)) { $0.body = "{\"n\":\($1)}" },
            .contract, "the bodies of the attempts differ"),
        Example(
            "sender/retry-each-signed", "the second is not",
            attempts([0, 10, 30], .status(500)) { $0.isSigned = $1 != 1 },
            .refusal, "attempt 2 has no webhook-signature header"),
        Example("sender/retry-fresh-timestamp", "fresh", attempts([0, 10, 30], .status(500))),
        Example(
            "sender/retry-fresh-timestamp", "the first one's",
            attempts([0, 10, 30], .status(500)) { attempt, _ in attempt.stamp = "1800000000" }, .refusal,
            "attempt 2 came 10 s after the first, with the same timestamp"),
    ]

    static let pacing: [Example] = [
        Example("sender/backoff-grows", "10, 20, 40 s", attempts([0, 10, 30, 70], .status(503), thenDone: false)),
        Example("sender/backoff-grows", "with jitter", attempts([0, 12, 30, 66], .status(503), thenDone: false)),
        Example(
            "sender/backoff-grows", "5, 300, 300 s", attempts([0, 5, 305, 605], .status(503), thenDone: false)),
        Example(
            "sender/backoff-grows", "alike", attempts([0, 10, 20, 30], .status(503), thenDone: false), .contract,
            "the waits between 4 attempts do not grow"),
        Example(
            "sender/backoff-grows", "shorter", attempts([0, 20, 30, 70], .status(503), thenDone: false), .contract,
            "the wait before attempt 3 was 10 s, shorter than the 20 s before it"),
        Example("sender/limited-attempts", "three", attempts([0, 10, 30], .status(429), thenDone: false)),
        Example(
            "sender/limited-attempts", "four", attempts([0, 10, 30, 70], .status(429), thenDone: false), .contract,
            "4 attempts were made where 3 are documented"),
        Example(
            "sender/limited-attempts", "two", attempts([0, 10], .status(429), thenDone: false), .loss,
            "only 2 of 3 attempts were made"),
        Example("sender/opt-out-stops", "once", attempts([0], .status(500), thenDone: false)),
        Example(
            "sender/opt-out-stops", "twice", attempts([0, 10], .status(500), thenDone: false), .contract,
            "answered 500 with X-No-Retry, the delivery was sent again after 10 s"),
        Example("sender/retry-headers", "counted from 1", announced(["1"])),
        Example("sender/retry-headers", "over three attempts", announced(["1", "2"])),
        Example(
            "sender/retry-headers", "counted from 2", announced(["2"]), .contract,
            "the X-Retry of attempt 2 is not 1"),
        Example(
            "sender/retry-headers", "none", attempts([0, 10], .status(500)), .contract,
            "attempt 2 has no X-Retry header"),
        Example(
            "sender/retry-headers", "two",
            attempts([0, 10], .status(500)) { attempt, place in
                if place > 0 { attempt.headers = [.init("X-Retry", "1"), .init("X-Retry", "1")] }
            }, .contract, "attempt 2 has 2 X-Retry headers"),
        Example(
            "sender/retry-headers", "on the first too",
            attempts([0, 10], .status(500)) { attempt, place in attempt.headers = [.init("X-Retry", "\(place)")] },
            .contract, "the first attempt has a header X-Retry, as a retry has"),
        Example("sender/honours-retry-after", "after 7 s", attempts([0, 7.2], .status(429))),
        Example(
            "sender/honours-retry-after", "after 3 s", attempts([0, 3], .status(429)), .contract,
            "asked to come back after 7 s, the sender came after 3.0 s"),
        Example("sender/honours-retry-after-date", "after 7 s", attempts([0, 7.2], .status(429))),
        Example(
            "sender/honours-retry-after-date", "after 5 s", attempts([0, 5], .status(429)), .contract,
            "asked with a date to come back after 7 s, the sender came after 5.0 s"),
        Example(
            "sender/honours-retry-after-date", "after 5 s by a clock that is 3 s ahead",
            attempts([0, 5], .status(429)) { attempt, place in
                attempt.stamp = "\(Recording.start + [3, 8][place])"
            }),
        Example(
            "sender/honours-retry-after-date", "after 5 s with timestamps in milliseconds",
            attempts([0, 5], .status(429)) { attempt, _ in attempt.stamp = "1800000000000" }, .contract,
            "asked with a date to come back after 7 s, the sender came after 5.0 s"),
        Example(
            "sender/odd-retry-after-huge", "without a wait", attempts([0, 0.01, 0.02, 0.03], .status(429)), .contract,
            "the sender sent 4 attempts without a wait"),
        Example("sender/odd-retry-after-huge", "at once, then on", attempts([0, 0.01, 2, 6], .status(429))),
        Example(
            "sender/odd-retry-after-huge", "never", attempts([0], .status(429), thenDone: false), .loss,
            "after 429 with a Retry-After of 2^63 - 1, the delivery was not sent again within 20 s: it is lost, or waits "
                + "as long as was asked"),
        Example("sender/odd-retry-after-huge", "its own schedule", attempts([0, 10, 30], .status(429))),
    ]

    static let answers: [Example] = [
        Example("sender/success-204", "once", attempts([0], .status(204), thenDone: false)),
        Example(
            "sender/success-204", "twice", attempts([0, 10], .status(204), thenDone: false), .contract,
            "answered 204, the delivery was sent again after 10 s"),
        Example(
            "sender/gone-stops", "twice", attempts([0, 10], .status(410), thenDone: false), .contract,
            "answered 410, the delivery was sent again after 10 s"),
        Example("sender/timeout", "given up in time", one { ($0.answered, $0.held) = (.silence, 15) }),
        Example(
            "sender/timeout", "given up late", one { ($0.answered, $0.held) = (.silence, 40) }, .contract,
            "the sender waited 40 s for an answer that never came"),
        Example(
            "sender/timeout", "given up too soon", one { ($0.answered, $0.held) = (.silence, 2) }, .contract,
            "the sender gave up after 2.0 s, sooner than documented, on an answer that never came"),
        Example(
            "sender/timeout", "never given up", one { $0.answered = .silence }, .crash,
            "the sender still waited for an answer that never came after 26 s"),
        Example(
            "sender/endless-body", "some kilobytes",
            one { ($0.answered, $0.held, $0.taken) = (.endless(.chunked), 1, 90_000) }),
        Example(
            "sender/endless-body", "everything",
            one { ($0.answered, $0.taken) = (.endless(.chunked), 67_108_864) }, .crash,
            "the sender read 64 MiB of a body without end, and more"),
        Example(
            "sender/endless-body", "little, and no end",
            one { ($0.answered, $0.taken) = (.endless(.chunked), 65_536) }, .crash,
            "the sender read 64 KiB of a body without end, and still held the connection when the watch ended"),
    ]

    @Test("of one delivery", arguments: requests + retries + pacing + answers)
    func oneDelivery(_ example: Example) throws {
        let verdict = try Recording.verdict(example.id, [example.attempts])
        #expect(
            verdict as? Finding == example.impact.map { Finding($0, example.words) }, "\(String(describing: verdict))")
        if example.impact == nil { #expect(verdict == nil) }
    }

    @Test("of redirects: what arrives where they led, and with which headers")
    func redirects() throws {
        let first = Attempt(at: 0, answered: .redirect(302, toOtherPort: true))
        func verdict(_ id: String, _ redirected: [Attempt]) throws -> Finding? {
            try Recording.verdict(id, [[first]], redirected: redirected) as? Finding
        }
        #expect(try verdict("sender/redirect-302", []) == nil)
        let followed = Finding(.leak, "the redirect was followed: a request arrived where it led")
        #expect(try verdict("sender/redirect-302", [Attempt(at: 0.1)]) == followed)
        #expect(try verdict("sender/redirect-302-elsewhere", [Attempt(at: 0.1, isSigned: false)]) == nil)
        let leaked = Finding(.leak, "the signature was sent to another origin")
        #expect(try verdict("sender/redirect-302-elsewhere", [Attempt(at: 0.1)]) == leaked)
    }

    @Test(
        "of handshakes that must fail",
        arguments: ["self-signed", "expired", "wrong-name", "old-versions", "no-fallback"])
    func handshakes(_ name: String) throws {
        let id = "sender/tls-\(name)"
        #expect(try Recording.verdict(id, [[]], handshakes: [.failed, .failed]) == nil)
        // Some clients look at the certificate only after the handshake.
        #expect(try Recording.verdict(id, [[]], handshakes: [.agreed]) == nil)
        let taken = try #require(try Recording.verdict(id, [[Attempt(at: 0)]], handshakes: [.agreed]) as? Finding)
        #expect(taken.impact == .leak && taken.text.hasPrefix("the delivery was sent to a receiver with "))
        let plain = try Recording.verdict(id, [[]], handshakes: [.failed, .plainHTTP]) as? Finding
        let fallback = Finding(.leak, "after the handshake had failed, the sender spoke HTTP without TLS")
        #expect(plain == (name == "no-fallback" ? fallback : nil))
    }

    @Test("of deliveries after the secret was replaced")
    func rotation() throws {
        func verdict(_ stage: String, _ signature: String) throws -> Finding? {
            let attempts = Self.one {
                $0.isSigned = false
                $0.headers = [HeaderField("webhook-signature", signature)]
            }
            return try Recording.verdict("sender/rotation-\(stage)", [attempts]) as? Finding
        }
        let (new, old) = ("v1,\(Recording.Stub.right)", "v1,\(Recording.Stub.old)")
        for signature in [new, old, "\(new) \(old)"] { #expect(try verdict("within-grace", signature) == nil) }
        #expect(try verdict("within-grace", "v1,\(Recording.Stub.ofBody)")?.impact == .refusal)
        #expect(try verdict("after-grace", new) == nil)
        let stale = Finding(.refusal, "after the grace the delivery is still signed with the old secret")
        #expect(try verdict("after-grace", old) == stale)
        let both = Finding(.contract, "after the grace the delivery is signed with the old secret as well")
        #expect(try verdict("after-grace", "\(new) \(old)") == both)
        #expect(try verdict("after-grace", "v1,\(Recording.Stub.ofBody)")?.impact == .refusal)
    }

    @Test("of two events")
    func twoEvents() throws {
        let events = { (ids: [String]) in ids.map { [Attempt(at: 0, id: $0)] } }
        #expect(try Recording.verdict("sender/ids-differ", events(["a", "b"])) == nil)
        let same = Finding(.loss, "two events have the same id")
        #expect(try Recording.verdict("sender/ids-differ", events(["a", "a"])) as? Finding == same)
    }

    @Test("counts an accelerated sender's time by its own clock")
    func accelerated() throws {
        let attempts = Self.attempts([0, 1, 3, 7], .status(503), thenDone: false)
        #expect(try Recording.verdict("sender/backoff-grows", [attempts], speed: 10) == nil)
        // What an answer asks for is kept by the clock, which runs no faster for that.
        let asked = Self.attempts([0, 3], .status(429))
        let early = Finding(.contract, "asked to come back after 7 s, the sender came after 3.0 s")
        #expect(try Recording.verdict("sender/honours-retry-after", [asked], speed: 10) as? Finding == early)
        #expect(try Recording.verdict("sender/honours-retry-after", [asked], speed: 10, clock: 10) == nil)
    }

    @Test("blames no one for what can't be told")
    func obstacles() throws {
        let close = Self.attempts([0, 1, 2], .status(500)) { attempt, _ in attempt.stamp = "1800000000" }
        #expect(try Recording.verdict("sender/retry-fresh-timestamp", [close]) is Obstacle)
        let few = Self.attempts([0, 10], .status(503), thenDone: false)
        #expect(try Recording.verdict("sender/backoff-grows", [few]) is Obstacle)
        // Equal waits, and one attempt that is late: by a third, and by half a second of ours at a hundredfold speed.
        let late = Self.attempts([0, 10, 20, 34], .status(503), thenDone: false)
        #expect(try Recording.verdict("sender/backoff-grows", [late]) is Obstacle)
        let hurried = Self.attempts([0, 0.1, 0.2, 0.7], .status(503), thenDone: false)
        #expect(try Recording.verdict("sender/backoff-grows", [hurried], speed: 100) is Obstacle)
        let unsigned = Self.one { $0.isSigned = false }
        #expect(try Recording.verdict("sender/timestamp-signed", [unsigned]) is Obstacle)
    }
}
