internal import ReportModel
internal import Schemes
internal import Transport

// What is sent again, and how.
extension SenderFamily {
    /// Failures after which a delivery is sent again.
    static let retries: [Case] = afterStatuses + afterFaults + announced + compared

    private static let afterStatuses: [Case] = [500, 502, 503, 504].map { status in
        retry("on-\(status)", "an answer of \(status)", .status(status), needs: [.retried(status)])
    }

    private static let afterFaults: [Case] = [
        retry("on-reset", "a reset", .reset, needs: [.retriedWithoutAnswer]),
        retry("on-close", "a connection that closes without an answer", .close, needs: [.retriedWithoutAnswer]),
        .sender(
            "sender/retry-on-refused", .must, .delivery, .high, covers: ["S16"], cwe: [755],
            needs: [.retriedWithoutAnswer],
            "A delivery is sent again after an attempt at a closed port.", why: whyAgain, fix: howAgain,
            watch: { .init(attempts: missed($0), within: $0.longest(attempts: missed($0))) }, setting: .closedPort
        ) { seen in
            guard seen.deliveries[0].isEmpty else { return }
            throw Finding(
                .loss,
                "the port was closed at first, and the delivery did not come once it was open, so the event is lost")
        },
        retry(
            "on-silence", "an answer that never comes", .silence, needs: [.retriedWithoutAnswer],
            profile: .audit, patience: 60),
    ]

    /// What a retry says of itself.
    private static let announced: [Case] = [
        .sender(
            "sender/retry-headers", .must, .delivery, .low, covers: ["S16"], cwe: [436], needs: [.retryHeaders],
            "A retry has the documented headers, and the first attempt has none of them.",
            why:
                "Receivers tell a retry from a first attempt by them, to look for the event among those that they have.",
            fix: "Add the headers to every attempt but the first, and count the retries from 1.",
            answers: { _ in [.status(500), .done] },
            watch: { .init(attempts: 2, within: $0.longest()) }, replay: .failedAttempts(2)
        ) { seen in
            try seen.expectRetry(after: "after an answer of 500", within: seen.rule.longest())
            for line in seen.rule.retryHeaders {
                guard seen.lines(line.name, seen.first).isEmpty else {
                    throw Finding(.contract, "the first attempt has a header \(line.name), as a retry has")
                }
                for (retry, attempt) in seen.attempts.enumerated().dropFirst() {
                    let values = seen.lines(line.name, attempt)
                    guard values.count == 1 else {
                        throw Finding(
                            .contract,
                            "attempt \(retry + 1) has \(values.isEmpty ? "no" : "\(values.count)") \(line.name) header"
                                + (values.count > 1 ? "s" : ""))
                    }
                    guard let right = line.value(retry: retry), values[0] != Array(right.utf8) else { continue }
                    throw Finding(.contract, "the \(line.name) of attempt \(retry + 1) is not \(right)")
                }
            }
        }
    ]

    /// What several attempts have in common.
    private static let compared: [Case] = [
        several(
            "same-id", .must, .replay, covers: ["S05"], cwe: [694], needs: [.eventID], replay: .failedAttempts(2),
            "All attempts at a delivery have the same id.",
            why: "A receiver can't tell a retry from a new event, and acts twice.",
            fix: "Draw the id when the event happens, and keep it."
        ) { seen in
            let ids = seen.attempts.map(seen.eventID)
            guard ids.allSatisfy({ $0 != nil }) else { throw Finding(.contract, "an attempt has no id") }
            guard Set(ids).count == 1 else {
                throw Finding(.contract, "the attempts have \(Set(ids).count) different ids")
            }
        },
        several(
            "same-body", .should, .delivery, covers: ["S04"], cwe: [345],
            "All attempts at a delivery have the same body.",
            why: "A receiver that compares bodies takes a retry for another event.",
            fix: "Keep the bytes of the body with the event, and put what counts attempts in a header."
        ) { seen in
            guard Set(seen.attempts.map(\.request.body)).count == 1 else {
                throw Finding(.contract, "the bodies of the attempts differ")
            }
        },
        several(
            "each-signed", .must, .signature, covers: ["S02", "S04"], cwe: [345],
            "Every attempt is signed.",
            why: "A retry that is built by other code loses its signature, and the receiver rejects it.",
            fix: "Send first attempts and retries through the same code."
        ) { seen in
            for (place, attempt) in seen.attempts.enumerated() {
                try seen.expectSigned(attempt, "attempt \(place + 1)")
            }
        },
        several(
            "fresh-timestamp", .must, .freshness, covers: ["S03"], cwe: [672], needs: [.timestamp],
            "Each attempt has the time at which it is sent.",
            why: "Signed once, a delivery is too old for the receiver's window by the time it is retried.",
            fix: "Set the timestamp and sign when you send, not when you queue."
        ) { seen in
            let stamps = seen.attempts.map { seen.timestampText($0).flatMap { TimestampRule.seconds($0[...]) } }
            guard let first = stamps.first ?? nil else { throw Obstacle("the timestamp can't be read") }
            for (place, (stamp, attempt)) in zip(stamps, seen.attempts).enumerated().dropFirst() {
                let passed = seen.clockTime(from: seen.first, to: attempt)
                guard passed > Self.clockStep else { continue }
                guard let stamp, stamp != first else {
                    throw Finding(
                        .refusal,
                        "attempt \(place + 1) came \(SenderObservation.time(passed)) after the first, with the same "
                            + "timestamp")
                }
            }
            guard let last = seen.attempts.last, seen.clockTime(from: seen.first, to: last) > Self.clockStep else {
                throw Obstacle.moot("the attempts came too close together to tell their timestamps apart")
            }
        },
    ]

    /// How soon and how often.
    static let pacing: [Case] = schedules + hostileWaits.map(hostile)

    private static let schedules: [Case] = [
        .sender(
            "sender/backoff-grows", .must, .delivery, .medium, covers: ["S16"], cwe: [770], needs: [.retried(503)],
            "The waits between attempts grow.",
            why: "A receiver in trouble is kept in trouble by senders that do not let up.",
            fix: "Double the wait after each failed attempt, and add jitter.", answers: { _ in [.status(503)] },
            watch: { .init(attempts: 4, within: $0.longest(attempts: 4)) }, replay: .failedAttempts(3)
        ) { seen in
            let waits = seen.waits
            guard waits.count >= 2 else {
                if waits.isEmpty {
                    try seen.expectRetry(after: "after an answer of 503", within: seen.rule.longest())
                }
                throw Obstacle("only \(waits.count + 1) attempts came, too few to see waits grow")
            }
            for (place, (first, second)) in zip(waits, waits.dropFirst()).enumerated()
            where second < first * 0.75 {
                throw Finding(
                    .contract,
                    "the wait before attempt \(place + 3) was \(SenderObservation.time(second)), shorter than the "
                        + "\(SenderObservation.time(first)) before it")
            }
            guard let first = waits.first, let last = waits.last, last > first * 1.25 else {
                throw Finding(.contract, "the waits between \(waits.count + 1) attempts do not grow")
            }
            // One attempt that is late by chance makes equal waits seem to grow.
            let grown = zip(waits, waits.dropFirst()).count { $1 > $0 * 1.25 }
            guard grown > 1 || last > first * 1.75 && (last - first) / seen.pace.schedule > 0.5 else {
                throw Obstacle(
                    "only one of the waits grew, from \(SenderObservation.time(first)) to "
                        + "\(SenderObservation.time(last)): a late attempt of a sender with equal waits looks the same")
            }
        },
        .sender(
            "sender/limited-attempts", .must, .delivery, .medium, covers: ["S16"], cwe: [770],
            needs: [.attemptsAfter(429)],
            "After 429 a delivery is sent no more often than documented.",
            why: "A limit that the sender ignores protects nobody.",
            fix: "Count the attempts, and give up after the last.", answers: { _ in [.status(429)] },
            watch: { rule in
                let most = rule.retry(after: 429)?.attempts ?? 1
                return .init(
                    attempts: most, within: rule.longest(attempts: most),
                    thenQuietFor: Double(rule.wait(before: most + 1) ?? 60) * 2)
            }
        ) { seen in
            let most = seen.rule.retry(after: 429)?.attempts ?? 1
            guard seen.attempts.count >= most else {
                throw Finding(.loss, "only \(seen.attempts.count) of \(most) attempts were made")
            }
            guard seen.attempts.count == most else {
                throw Finding(.contract, "\(seen.attempts.count) attempts were made where \(most) are documented")
            }
        },
        .sender(
            "sender/limited-time", .must, .delivery, .medium, covers: ["S16"], cwe: [770], needs: [.retryTime],
            "A delivery that gets no answer is sent again for as long as documented, and no longer.",
            why: "Given up early, an event is lost in an outage that the document says it survives. Tried without "
                + "end, it comes when nobody expects it any more.",
            fix: "Spread the attempts over the documented time, and give up when it has passed.",
            profile: .audit, answers: { _ in [.reset] },
            watch: { .init(attempts: mostAttempts, within: 1.25 * Double($0.retryWithoutAnswer?.seconds ?? 0)) }
        ) { seen in
            let limit = Double(seen.rule.retryWithoutAnswer?.seconds ?? 0)
            try seen.expectRetry(after: "after a reset", within: limit)
            let last = seen.waits.reduce(0, +)
            guard seen.attempts.count < mostAttempts else {
                throw Finding(
                    .contract,
                    "\(seen.attempts.count) attempts came within \(SenderObservation.time(last)), and no more were awaited"
                )
            }
            // Where each wait is several times the one before, the last attempt may come well before the end.
            guard last >= limit / 4 else {
                throw Finding(
                    .loss,
                    "the last of \(seen.attempts.count) attempts came \(SenderObservation.time(last)) after the first, "
                        + "where attempts are documented for \(SenderObservation.time(limit))")
            }
            guard last <= limit * 1.1 else {
                throw Finding(
                    .contract,
                    "an attempt came \(SenderObservation.time(last)) after the first, where attempts are documented for "
                        + SenderObservation.time(limit))
            }
        },
        .sender(
            "sender/honours-retry-after", .should, .delivery, .medium, covers: ["S16"], cwe: [770],
            needs: [.retried(429)],
            "The wait that Retry-After asks for is kept.",
            why: "Coming back sooner than asked keeps the receiver overloaded, and may get the sender blocked.",
            fix: "Wait at least as long as Retry-After says, up to a limit of your own.",
            answers: { _ in [.status(429, headers: [.init("Retry-After", "\(asked)")]), .done] },
            watch: { .init(attempts: 2, within: $0.longest(), asked: Double(asked)) }
        ) { seen in
            try seen.expectRetry(after: "after 429 with Retry-After: \(asked)", within: seen.rule.longest())
            guard seen.clockTime(from: seen.first, to: seen.attempts[1]) >= Double(asked) - 0.5 else {
                throw Finding(
                    .contract,
                    "asked to come back after \(asked) s, the sender came after "
                        + SenderObservation.time(seen.clockTime(from: seen.first, to: seen.attempts[1])))
            }
        },
        .sender(
            "sender/honours-retry-after-date", .should, .delivery, .medium, covers: ["S16"], cwe: [770],
            needs: [.retried(429)],
            "A Retry-After that is a date is kept.",
            why: "HTTP allows both forms (RFC 9110 §10.2.3), and proxies and rate limiters send dates.",
            fix:
                "Read a Retry-After that is not a number as an HTTP date, and wait until then, up to a limit of your own.",
            // Dates have whole seconds: one more, so that it is the asked time after every moment of this second.
            answers: { _ in [.status(429, headers: [.init("Retry-After", dateAfter: Int64(asked) + 1)]), .done] },
            watch: { .init(attempts: 2, within: $0.longest(), asked: Double(asked) + 1) }
        ) { seen in
            let date = seen.first.unixTime + Int64(asked)
            try seen.expectRetry(
                after: "after 429 with a Retry-After that was a date \(asked) s ahead", within: seen.rule.longest())
            // It is the sender's clock that says when a date has come. A timestamp that is far off is no clock.
            let stamp = seen.timestampText(seen.first).flatMap { TimestampRule.seconds($0[...]) } ?? seen.first.unixTime
            let ahead = stamp.subtractingReportingOverflow(seen.first.unixTime).partialValue
            guard seen.attempts[1].unixTime + ((0...10).contains(ahead) ? ahead : 0) >= date else {
                throw Finding(
                    .contract,
                    "asked with a date to come back after \(asked) s, the sender came after "
                        + SenderObservation.time(seen.clockTime(from: seen.first, to: seen.attempts[1])))
            }
        },
    ]

    private static func hostile(_ wait: HostileWait) -> Case {
        .sender(
            "sender/odd-retry-after-\(wait.name)", .should, .delivery, .medium, covers: ["S16"], cwe: [190, 1284],
            needs: [.retried(429)],
            "A Retry-After of \(wait.title) neither stops the sender nor makes it hurry.",
            why: "Numbers that overflow become no wait at all, or one that never ends, in more than one runtime.",
            fix:
                "Read Retry-After strictly, ignore what is not a plain number or a date, and limit it to your schedule.",
            profile: .audit,
            answers: { _ in [.status(429, headers: wait.values.map { .init("Retry-After", $0) })] },
            watch: { .init(attempts: 4, within: $0.longest()) }
        ) { seen in
            guard seen.attempts.count > 1 else {
                throw Finding(
                    .loss,
                    "after 429 with a Retry-After of \(wait.title), the delivery was not sent again within "
                        + "\(SenderObservation.time(seen.rule.longest())): it is lost, or waits as long as was asked"
                )
            }
            // A first retry at once is what some schedules have.
            guard seen.waits.count(where: { $0 < 0.5 }) < 2 || seen.attempts.count < 4 else {
                throw Finding(.contract, "the sender sent \(seen.attempts.count) attempts without a wait")
            }
        }
    }

    /// A sender that has made so many attempts at a delivery hardly waits between them. The receiver keeps no more.
    private static let mostAttempts = 1000

    /// The seconds that a receiver asks for.
    private static let asked = 7
    /// Within this many seconds two timestamps may be equal.
    private static let clockStep = 2.0

    private struct HostileWait: Sendable {
        let name: String
        let values: [String]
        let title: String

        init(_ name: String, _ values: String..., title: String? = nil) {
            self.name = name
            self.values = values
            self.title = title ?? values[0]
        }
    }

    private static let hostileWaits: [HostileWait] = [
        HostileWait("zero", "0"), HostileWait("negative", "-1"), HostileWait("fraction", "1.5"),
        HostileWait("infinite", "inf"), HostileWait("not-a-number", "NaN"), HostileWait("exponent", "1e300"),
        HostileWait("huge", "9223372036854775807", title: "2^63 - 1"),
        // More nanoseconds, and more milliseconds, than their integers hold.
        HostileWait("nanosecond-overflow", "9223372037"), HostileWait("timer-overflow", "9999999999"),
        HostileWait("empty", "", title: "nothing"), HostileWait("repeated", "7", "3600", title: "7 and one of 3600"),
        HostileWait("past-date", "Thu, 01 Jan 1970 00:00:00 GMT", title: "a date in the past"),
        HostileWait("last-date", "Fri, 31 Dec 9999 23:59:59 GMT", title: "a date in the year 9999"),
        HostileWait("date-without-zone", "Thu, 01 Jan 2099 00:00:00", title: "a date without its GMT"),
    ]

    /// The first attempt that comes some time after a refused one: not one that follows at once.
    private static func missed(_ rule: DeliveryRule) -> Int { rule.wait(before: 2) == 0 ? 3 : 2 }

    private static let whyAgain =
        "Receivers restart and fail now and then. A delivery that is sent once is lost with each of these moments."
    private static let howAgain =
        "Keep the delivery until it is answered with a 2xx, and send it again on a schedule."

    private static func retry(
        _ name: String, _ title: String, _ answer: StagedAnswer, needs: [Requirement], profile: Profile = .standard,
        patience: Double = 0
    ) -> Case {
        .sender(
            "sender/retry-\(name)", .must, .delivery, .high, covers: ["S16"], cwe: [755], needs: needs,
            "A delivery is sent again after \(title), and not after it was taken.",
            why: whyAgain, fix: howAgain, profile: profile,
            answers: { _ in [answer, .done] },
            watch: { .init(attempts: 2, within: $0.longest() + patience, thenQuietFor: $0.longest() / 2) }
        ) { seen in
            try seen.expectRetry(after: "after \(title)", within: seen.rule.longest() + patience)
            guard seen.attempts.count == 2 else {
                throw Finding(
                    .contract, "after the second attempt was answered 200, \(seen.attempts.count - 2) more followed")
            }
        }
    }

    /// A case that compares three attempts.
    private static func several(
        _ name: String, _ level: Level, _ topic: Topic, covers: [String], cwe: [Int], needs: [Requirement] = [],
        replay: SenderProcedure.Replay = .attempts(2), _ title: String, why: String, fix: String,
        judge: @escaping @Sendable (SenderObservation) throws -> Void
    ) -> Case {
        .sender(
            "sender/retry-\(name)", level, topic, .medium, covers: covers, cwe: cwe, needs: [.retried(500)] + needs,
            title,
            why: why, fix: fix, answers: { _ in [.status(500), .status(500), .done] },
            watch: { .init(attempts: 3, within: $0.longest(attempts: 3)) }, replay: replay
        ) { seen in
            try seen.expectRetry(after: "after an answer of 500", within: seen.rule.longest(attempts: 3))
            try judge(seen)
        }
    }
}
