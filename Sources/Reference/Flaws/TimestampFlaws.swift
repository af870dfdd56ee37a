internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// How a timestamp is read, and how old a request may be.
enum TimestampFlaws {
    static let all: [Flaw] = [
        Flaw(
            "no-freshness", covers: ["E01", "E16"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It never checks the age of a request.",
            explanation:
                "Your endpoint verifies the timestamp's signature but never compares the timestamp with the clock, so "
                + "a captured request never expires."
        ) { $0.changeStaleness { _, _, _, _ in nil } },
        Flaw(
            "future-accepted", covers: ["E07"], needs: [.timestamp], caughtBy: ["timestamp/future-*"],
            "It accepts timestamps in the future.",
            explanation:
                "Your endpoint checks that a request is not too old, but not that its timestamp is not in the future, "
                + "so such a request stays valid until then."
        ) { $0.changeStaleness { _, _, _, sound in sound == .tooFarAhead ? nil : sound } },
        Flaw(
            "past-accepted", covers: ["E01"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts requests of any age.",
            explanation:
                "Your endpoint checks that a timestamp is not in the future, but not that it is not too old, so a "
                + "captured request never expires."
        ) { $0.changeStaleness { _, _, _, sound in sound == .tooOld ? nil : sound } },
        Flaw(
            "window-of-a-day", covers: ["E01"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts timestamps up to a day away.",
            explanation:
                "Your endpoint accepts timestamps up to a day away, although the document allows five minutes, so a "
                + "captured request stays valid for a day."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, now, _, _ in
                Freshness(past: 86_400, future: 86_400).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "window-of-ten-minutes", covers: ["E08"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts timestamps up to ten minutes away.",
            explanation:
                "Your endpoint accepts timestamps up to ten minutes away, although the document allows five, so a "
                + "captured request stays valid too long."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, now, _, _ in
                Freshness(past: 600, future: 600).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "window-of-a-minute", covers: ["E08", "E13"], needs: [.timestamp],
            caughtBy: ["control/clock-2-minutes-slow", "control/clock-290-seconds-slow"],
            "It rejects requests more than a minute old.",
            explanation:
                "Your endpoint rejects timestamps more than a minute away, although the document allows five, so it "
                + "loses deliveries when a clock is off."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, now, _, _ in
                Freshness(past: 60, future: 60).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "window-of-3-seconds", covers: ["E13"], needs: [.timestamp],
            caughtBy: ["control/clock-*", "timestamp/*-accepted"],
            "It rejects requests more than three seconds old.",
            explanation:
                "Your endpoint leaves no room for network delay or for a clock that is slightly slow, so it loses "
                + "valid deliveries."
        ) { behaviour in
            behaviour.steps.staleness = { timestamp, now, window in
                Freshness(past: 3, future: window.future).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "future-refused", covers: ["E13"], needs: [.timestamp],
            caughtBy: ["control/clock-30-seconds-ahead", "control/clock-5-seconds-ahead"],
            "It rejects a sender whose clock is a second ahead.",
            explanation:
                "Your endpoint rejects any timestamp ahead of its own clock, and clocks never agree exactly, so it "
                + "loses valid deliveries."
        ) { $0.changeStaleness { timestamp, now, _, sound in timestamp > now ? .tooFarAhead : sound } },
        Flaw(
            "timestamp-optional", covers: ["E02", "A12"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts requests without a timestamp and then verifies the body alone.",
            explanation:
                "Your endpoint accepts requests without a timestamp when the body alone is signed, and those never "
                + "expire."
        ) { behaviour in
            behaviour.alsoAcceptMissingTimestamps()
            behaviour.alsoAcceptSignatures { values, key, scheme in
                values.timestamp.isEmpty ? [scheme.signature.algorithm.sign(values.body, key: key)] : []
            }
        },
        Flaw(
            "timestamp-undefined", covers: ["E02", "E04"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It signs the word undefined in place of a missing timestamp.",
            explanation:
                "Your endpoint converts a missing timestamp to the string undefined, which passes its age check, so "
                + "such a request never expires."
        ) { behaviour in
            behaviour.alsoAcceptMissingTimestamps()
            behaviour.alsoAcceptValues { values in
                guard values.timestamp.isEmpty else { return nil }
                var others = values
                others.timestamp = Array("undefined".utf8)
                return others
            }
        },
        Flaw(
            "not-a-number-accepted", covers: ["E04"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts timestamps that are not numbers.",
            explanation:
                "Your endpoint compares a timestamp that is not a number, which is never too old or too far ahead, so "
                + "such a request never expires."
        ) { $0.skip(.timestampMalformed) },
        Flaw(
            "timestamp-prefix-parsed", covers: ["E05"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads the leading digits of a timestamp and ignores the rest.",
            explanation: "Your endpoint parses timestamps with parseInt, which ignores anything after the digits."
        ) { $0.alsoReadTimestamps(JavaScript.parseInt) },
        Flaw(
            "timestamp-number-parsed", covers: ["E05", "E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It parses timestamps as JavaScript's Number does.",
            explanation:
                "Your endpoint accepts any number as a timestamp, including fractions, exponents, hexadecimal and "
                + "surrounding spaces."
        ) { $0.alsoReadTimestamps(JavaScript.number) },
        Flaw(
            "timestamp-float-parsed", covers: ["E04", "E05"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It parses timestamps as Python's float does, including nan.",
            explanation:
                "Your endpoint parses timestamps as floating-point numbers, and nan is never too old, so such a "
                + "request never expires."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, _, _, sound in timestamp == .min ? nil : sound }
            // The smallest integer represents not-a-number, which passes every comparison with a tolerance.
            behaviour.alsoReadTimestamps { text in Python.float(text).flatMap { $0 ?? .min } }
        },
        Flaw(
            "timestamp-int-parsed", covers: ["E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It parses timestamps as Python's int does.",
            explanation:
                "Your endpoint parses timestamps leniently and accepts spaces, a sign, leading zeros and underscores."
        ) { $0.alsoReadTimestamps(Python.int) },
        Flaw(
            "timestamp-long-parsed", covers: ["E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It parses timestamps as Java's parseLong does.",
            explanation:
                "Your endpoint parses timestamps leniently and accepts a sign, leading zeros and digits of other "
                + "scripts."
        ) { $0.alsoReadTimestamps(Java.parseLong) },
        Flaw(
            "milliseconds-accepted", covers: ["E09"], needs: [.timestamp], caughtBy: ["timestamp/in-milliseconds"],
            "It also accepts timestamps in milliseconds.",
            explanation:
                "Your endpoint treats a large timestamp as milliseconds, although the document specifies seconds."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { text in read(text).map { $0 > 100_000_000_000 ? $0 / 1000 : $0 } }
        },
        Flaw(
            "fine-units-accepted", covers: ["E09"], needs: [.timestamp],
            caughtBy: ["timestamp/in-microseconds", "timestamp/in-nanoseconds"],
            "It also accepts timestamps in microseconds and nanoseconds.",
            explanation:
                "Your endpoint divides a timestamp by a thousand until it looks like seconds, although the document "
                + "specifies seconds."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { text in
                guard var seconds = read(text), seconds > 100_000_000_000_000 else { return read(text) }
                while seconds > 100_000_000_000 { seconds /= 1000 }
                return seconds
            }
        },
        Flaw(
            "timestamp-overflow-crashes", covers: ["E10", "J09"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It throws on a timestamp of more than 18 digits.",
            explanation: "Your endpoint parses timestamps into 64 bits, and throws when one does not fit."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "java.lang.NumberFormatException: For input string",
                    "java.base/java.lang.Long.parseLong(Long.java:699)"
                )
            ) { ($0.timestamp?.filter(ASCII.isDigit).count ?? 0) > 18 }
        },
        Flaw(
            "timestamp-overflow-wraps", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It subtracts timestamps without checking for overflow.",
            explanation:
                "Your endpoint's age calculation overflows for the smallest timestamp and becomes negative, so a "
                + "request from the distant past looks fresh."
        ) { behaviour in
            behaviour.alsoReadTimestamps(Java.parseLong)
            behaviour.changeStaleness { timestamp, now, window, sound in
                timestamp < now ? (now &- timestamp > window.past ? .tooOld : nil) : sound
            }
        },
        Flaw(
            "timestamp-overflow-accepted", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts a timestamp too large to have an age.",
            explanation:
                "Your endpoint parses a timestamp of hundreds of digits as infinity, and an infinite age passes its "
                + "check."
        ) { behaviour in
            behaviour.acceptAnyway { reason, received in
                let digits = received.timestamp ?? []
                return reason == .timestampMalformed && digits.count > 18 && digits.allSatisfy(ASCII.isDigit)
            }
        },
        Flaw(
            "zero-skips", covers: ["E11"], needs: [.timestamp], caughtBy: ["timestamp/zero"],
            "It treats a timestamp of 0 as missing and skips the age check.",
            explanation:
                "Your endpoint skips the age check when the timestamp is 0, which is false in its language, so such a "
                + "request never expires."
        ) { $0.changeStaleness { timestamp, _, _, sound in timestamp == 0 ? nil : sound } },
        Flaw(
            "negative-skips", covers: ["E11"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It skips the age check for negative timestamps.",
            explanation:
                "Your endpoint checks the age only of positive timestamps, so a request with a negative one never "
                + "expires."
        ) { behaviour in
            behaviour.alsoReadTimestamps(Java.parseLong)
            behaviour.changeStaleness { timestamp, _, _, sound in timestamp < 0 ? nil : sound }
        },
        Flaw(
            "iso-timestamp-accepted", covers: ["E12"], needs: [.timestamp], caughtBy: ["timestamp/iso-8601"],
            "It also accepts timestamps in ISO 8601.",
            explanation: "Your endpoint also parses timestamps as dates, although the document specifies Unix seconds."
        ) { $0.alsoReadTimestamps(EventTime.iso) },
        Flaw(
            "non-ascii-timestamp-crashes", covers: ["B05", "E06"], needs: [.timestamp],
            caughtBy: ["timestamp/*", "signature/*"],
            "It throws on a timestamp that is not ASCII.",
            explanation:
                "Your endpoint throws on a timestamp with a byte outside ASCII, and nothing catches the exception."
        ) { behaviour in
            behaviour.crash(
                .traceback("UnicodeEncodeError: 'ascii' codec can't encode character: ordinal not in range", line: 24)
            ) {
                $0.timestamp?.contains { $0 >= 0x80 } == true
            }
        },
        Flaw(
            "malformed-timestamp-crashes", covers: ["E04", "E05", "J09"], needs: [.timestamp],
            caughtBy: ["timestamp/*"],
            "It throws on a timestamp that is not a number.",
            explanation:
                "Your endpoint parses the timestamp without catching the error, so it answers 500 to any malformed one."
        ) { behaviour in
            behaviour.crash(.traceback("ValueError: invalid literal for int() with base 10", line: 26)) {
                $0.timestamp.map { Python.int($0) == nil } ?? false
            }
        },
        Flaw(
            "body-timestamp-trusted", covers: ["E14"], needs: [.timestamp, .json], caughtBy: ["timestamp/*"],
            "It takes the age of a request from its body.",
            explanation:
                "Your endpoint uses the event's time when the request's timestamp is too old, so a captured request "
                + "stays valid."
        ) { behaviour in
            behaviour.acceptAnyway { reason, received in
                guard reason == .tooOld || reason == .tooFarAhead, let window = received.scheme.freshness else {
                    return false
                }
                return EventTime.seconds(in: received.json).map { window.rejection(of: $0, now: received.now) == nil }
                    ?? false
            }
        },
        Flaw(
            "old-event-refused", covers: ["E14"], needs: [.timestamp, .json],
            caughtBy: ["timestamp/event-1-day-old-accepted", "timestamp/event-1-hour-old-accepted"],
            "It rejects requests about events that happened a while ago.",
            explanation:
                "Your endpoint confuses the event's time with the request's, so it rejects retries of valid deliveries."
        ) { behaviour in
            behaviour.answerFirst { received in
                guard let window = received.scheme.freshness, let event = EventTime.seconds(in: received.json),
                    window.rejection(of: event, now: received.now) != nil
                else { return nil }
                return .answer(received.scheme.responses.rejected.response())
            }
        },
        Flaw(
            "ten-digits-read", covers: ["E05", "E15"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads only the first ten digits of a timestamp.",
            explanation:
                "Your endpoint truncates the timestamp to ten digits, so bytes of the body can be moved into the "
                + "timestamp."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { read(Array($0.prefix(10))) }
        },
        Flaw(
            "empty-timestamp-accepted", covers: ["E04", "E15"], needs: [.timestamp], caughtBy: ["timestamp/word-empty"],
            "It accepts an empty timestamp, which is never too old.",
            explanation:
                "Your endpoint skips the age check when the timestamp is present but empty, so such a request never "
                + "expires."
        ) { $0.acceptAnyway { reason, received in reason == .timestampMalformed && received.timestamp == [] } },
        Flaw(
            "other-timestamp-trusted", covers: ["E03", "E14"], needs: [.timestamp],
            caughtBy: ["timestamp/*", "header/*"],
            "It takes the age of a request from an unsigned header.",
            explanation:
                "Your endpoint checks the age with a header that is not signed, so a replay only needs a new value "
                + "there."
        ) { behaviour in
            behaviour.acceptAnyway { reason, received in
                guard reason == .tooOld || reason == .tooFarAhead, let window = received.scheme.freshness else {
                    return false
                }
                return ["X-Timestamp", "X-Request-Timestamp", "X-Webhook-Timestamp"].contains { name in
                    received.header(name).flatMap { TimestampRule.seconds($0[...]) }
                        .map { window.rejection(of: $0, now: received.now) == nil } ?? false
                }
            }
        },
        Flaw(
            "timestamp-of-32-bits", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/wrapped-at-32-bits"],
            "It keeps only the lower 32 bits of a timestamp.",
            explanation: "Your endpoint truncates timestamps to 32 bits, so one 136 years ahead looks like now."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { text in read(text).map { Int64(UInt32(truncatingIfNeeded: $0)) } }
        },
    ]
}
