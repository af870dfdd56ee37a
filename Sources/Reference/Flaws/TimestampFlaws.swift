internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// How a timestamp is read, and how old a request may be.
enum TimestampFlaws {
    static let all: [Flaw] = [
        Flaw(
            "no-freshness", covers: ["E01", "E16"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It never looks how old a request is.",
            explanation:
                "Your endpoint verifies the timestamp's signature, and never compares the timestamp with the clock."
        ) { $0.changeStaleness { _, _, _, _ in nil } },
        Flaw(
            "future-accepted", covers: ["E07"], needs: [.timestamp], caughtBy: ["timestamp/future-*"],
            "It accepts requests from the future.",
            explanation: "Your endpoint checks that a request is not too old, but not that it is not from the future."
        ) { $0.changeStaleness { _, _, _, sound in sound == .tooFarAhead ? nil : sound } },
        Flaw(
            "past-accepted", covers: ["E01"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts requests however old they are.",
            explanation: "Your endpoint checks that a request is not from the future, but not that it is not too old."
        ) { $0.changeStaleness { _, _, _, sound in sound == .tooOld ? nil : sound } },
        Flaw(
            "window-of-a-day", covers: ["E01"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts requests up to a day old or ahead.",
            explanation: "Your endpoint accepts timestamps up to a day away, where the document says five minutes."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, now, _, _ in
                Freshness(past: 86_400, future: 86_400).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "window-of-ten-minutes", covers: ["E08"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It accepts requests up to ten minutes old or ahead.",
            explanation: "Your endpoint accepts timestamps up to ten minutes away, where the document says five."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, now, _, _ in
                Freshness(past: 600, future: 600).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "window-of-a-minute", covers: ["E08", "E13"], needs: [.timestamp],
            caughtBy: ["control/clock-2-minutes-slow", "control/clock-290-seconds-slow"],
            "It refuses requests that are more than a minute old.",
            explanation:
                "Your endpoint refuses timestamps more than a minute away, where the document says five minutes."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, now, _, _ in
                Freshness(past: 60, future: 60).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "window-of-3-seconds", covers: ["E13"], needs: [.timestamp],
            caughtBy: ["control/clock-*", "timestamp/*-accepted"],
            "It refuses requests that are more than three seconds old.",
            explanation:
                "Your endpoint leaves no room for the way a request takes, nor for a clock that is a little behind."
        ) { behaviour in
            behaviour.steps.staleness = { timestamp, now, window in
                Freshness(past: 3, future: window.future).rejection(of: timestamp, now: now)
            }
        },
        Flaw(
            "future-refused", covers: ["E13"], needs: [.timestamp],
            caughtBy: ["control/clock-30-seconds-ahead", "control/clock-5-seconds-ahead"],
            "It refuses a sender whose clock is a second ahead.",
            explanation:
                "Your endpoint refuses every timestamp ahead of its own clock, and clocks are never quite equal."
        ) { $0.changeStaleness { timestamp, now, _, sound in timestamp > now ? .tooFarAhead : sound } },
        Flaw(
            "timestamp-optional", covers: ["E02", "A12"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It does without a timestamp, and then verifies the body alone.",
            explanation:
                "Your endpoint accepts requests without a timestamp when the body alone is signed, and those never expire."
        ) { behaviour in
            behaviour.alsoAcceptMissingTimestamps()
            behaviour.alsoAcceptSignatures { values, key, scheme in
                values.timestamp.isEmpty ? [scheme.signature.algorithm.sign(values.body, key: key)] : []
            }
        },
        Flaw(
            "timestamp-undefined", covers: ["E02", "E04"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It joins a missing timestamp to the message as the word undefined.",
            explanation:
                "Your endpoint turns a missing timestamp into the word undefined, which passes the check of its age."
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
            "It accepts timestamps that are no numbers.",
            explanation:
                "Your endpoint compares a timestamp that is not a number, which is never too old and never too far ahead."
        ) { $0.skip(.timestampMalformed) },
        Flaw(
            "timestamp-prefix-parsed", covers: ["E05"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads the digits at the start of a timestamp, and ignores the rest.",
            explanation: "Your endpoint reads timestamps with parseInt, which ignores whatever follows the digits."
        ) { $0.alsoReadTimestamps(JavaScript.parseInt) },
        Flaw(
            "timestamp-number-parsed", covers: ["E05", "E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads timestamps as JavaScript's Number does.",
            explanation:
                "Your endpoint reads timestamps as any number: with fractions, exponents, blanks or in hexadecimal."
        ) { $0.alsoReadTimestamps(JavaScript.number) },
        Flaw(
            "timestamp-float-parsed", covers: ["E04", "E05"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads timestamps as Python's float does, not-a-number included.",
            explanation: "Your endpoint reads timestamps as floating-point numbers, and nan is never too old."
        ) { behaviour in
            behaviour.changeStaleness { timestamp, _, _, sound in timestamp == .min ? nil : sound }
            // The least integer stands for not-a-number, which passes every comparison with a tolerance.
            behaviour.alsoReadTimestamps { text in Python.float(text).flatMap { $0 ?? .min } }
        },
        Flaw(
            "timestamp-int-parsed", covers: ["E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads timestamps as Python's int does.",
            explanation: "Your endpoint reads timestamps leniently: with blanks, a sign, leading zeros or underscores."
        ) { $0.alsoReadTimestamps(Python.int) },
        Flaw(
            "timestamp-long-parsed", covers: ["E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It reads timestamps as Java's parseLong does.",
            explanation: "Your endpoint reads timestamps with a sign, leading zeros, or digits of other scripts."
        ) { $0.alsoReadTimestamps(Java.parseLong) },
        Flaw(
            "milliseconds-accepted", covers: ["E09"], needs: [.timestamp], caughtBy: ["timestamp/in-milliseconds"],
            "It accepts timestamps in milliseconds too.",
            explanation: "Your endpoint takes a large timestamp for milliseconds, where the document says seconds."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { text in read(text).map { $0 > 100_000_000_000 ? $0 / 1000 : $0 } }
        },
        Flaw(
            "fine-units-accepted", covers: ["E09"], needs: [.timestamp],
            caughtBy: ["timestamp/in-microseconds", "timestamp/in-nanoseconds"],
            "It accepts timestamps in microseconds and nanoseconds too.",
            explanation: "Your endpoint divides a timestamp by a thousand until it looks like seconds."
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
            "It fails with an exception on a timestamp of more than 18 digits.",
            explanation: "Your endpoint reads timestamps into 64 bits, and throws when one does not fit."
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
            "It subtracts timestamps without looking for overflow.",
            explanation:
                "Your endpoint's age of a request overflows for the least timestamp, and becomes negative: not too old."
        ) { behaviour in
            behaviour.alsoReadTimestamps(Java.parseLong)
            behaviour.changeStaleness { timestamp, now, window, sound in
                timestamp < now ? (now &- timestamp > window.past ? .tooOld : nil) : sound
            }
        },
        Flaw(
            "timestamp-overflow-accepted", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It takes a timestamp that does not fit for one without an age.",
            explanation:
                "Your endpoint reads a timestamp of hundreds of digits as infinity, and an infinite age passes its check."
        ) { behaviour in
            behaviour.acceptAnyway { reason, received in
                let digits = received.timestamp ?? []
                return reason == .timestampMalformed && digits.count > 18 && digits.allSatisfy(ASCII.isDigit)
            }
        },
        Flaw(
            "zero-skips", covers: ["E11"], needs: [.timestamp], caughtBy: ["timestamp/zero"],
            "It takes a timestamp of zero for none, and skips the check of its age.",
            explanation:
                "Your endpoint skips the check of the age when the timestamp is 0, which is false in its language."
        ) { $0.changeStaleness { timestamp, _, _, sound in timestamp == 0 ? nil : sound } },
        Flaw(
            "negative-skips", covers: ["E11"], needs: [.timestamp], caughtBy: ["timestamp/*"],
            "It skips the check of the age for negative timestamps.",
            explanation: "Your endpoint checks the age of positive timestamps only."
        ) { behaviour in
            behaviour.alsoReadTimestamps(Java.parseLong)
            behaviour.changeStaleness { timestamp, _, _, sound in timestamp < 0 ? nil : sound }
        },
        Flaw(
            "iso-timestamp-accepted", covers: ["E12"], needs: [.timestamp], caughtBy: ["timestamp/iso-8601"],
            "It accepts timestamps in ISO 8601 too.",
            explanation: "Your endpoint also reads timestamps as dates, where the document says Unix seconds."
        ) { $0.alsoReadTimestamps(EventTime.iso) },
        Flaw(
            "non-ascii-timestamp-crashes", covers: ["B05", "E06"], needs: [.timestamp],
            caughtBy: ["timestamp/*", "signature/*"],
            "It fails with an exception on a timestamp that is not ASCII.",
            explanation: "Your endpoint throws on a timestamp with a byte outside ASCII, and nobody catches it."
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
            "It fails with an exception on a timestamp that is no number.",
            explanation:
                "Your endpoint reads the timestamp without catching the error, and so answers 500 to any odd one."
        ) { behaviour in
            behaviour.crash(.traceback("ValueError: invalid literal for int() with base 10", line: 26)) {
                $0.timestamp.map { Python.int($0) == nil } ?? false
            }
        },
        Flaw(
            "body-timestamp-trusted", covers: ["E14"], needs: [.timestamp, .json], caughtBy: ["timestamp/*"],
            "It takes the age of a request from its body.",
            explanation:
                "Your endpoint takes the time of the event for the time of the request, when that one is too old."
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
            "It refuses requests about events that happened a while ago.",
            explanation:
                "Your endpoint takes the time of the event for the time of the request, and so refuses what was retried."
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
            "It reads the first ten digits of a timestamp as the time.",
            explanation:
                "Your endpoint cuts the timestamp at ten digits, so that bytes of the body can be moved behind them."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { read(Array($0.prefix(10))) }
        },
        Flaw(
            "empty-timestamp-accepted", covers: ["E04", "E15"], needs: [.timestamp], caughtBy: ["timestamp/word-empty"],
            "It accepts an empty timestamp, which is never too old.",
            explanation: "Your endpoint skips the check of the age when the timestamp is there but empty."
        ) { $0.acceptAnyway { reason, received in reason == .timestampMalformed && received.timestamp == [] } },
        Flaw(
            "other-timestamp-trusted", covers: ["E03", "E14"], needs: [.timestamp],
            caughtBy: ["timestamp/*", "header/*"],
            "It takes the age of a request from a header that nobody signed.",
            explanation: "Your endpoint checks the age by a header that is not part of the signature."
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
            "It keeps the lower 32 bits of a timestamp.",
            explanation: "Your endpoint keeps 32 bits of the timestamp, so that one 136 years ahead looks like now."
        ) { behaviour in
            let read = behaviour.steps.readTimestamp
            behaviour.steps.readTimestamp = { text in read(text).map { Int64(UInt32(truncatingIfNeeded: $0)) } }
        },
    ]
}
