internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Every flaw of the reference sender.
package enum SenderFlaws {
    /// The flaws, in the order in which they are listed.
    package static let all: [SenderFlaw] = [
        signing, contents, retrying, pacing, answers, reading, trusting,
    ].flatMap { $0 }

    /// Returns the flaw with this name, or `nil`.
    package static func named(_ id: String) -> SenderFlaw? { all.first { $0.id == id } }

    private static let signing: [SenderFlaw] = [
        SenderFlaw(
            "signs-other-bytes", covers: ["S01"], needs: [.signedBody, .json], caughtBy: ["sender/signed*"],
            "It signs a serialisation with spaces and sends one without."
        ) { $0.edit = { draft, _ in draft.signed[.body] = draft.payload.serialized(.pretty) } },
        SenderFlaw(
            "signs-escaped-text", covers: ["S01"], needs: [.signedBody, .json],
            caughtBy: ["sender/signed-odd-text"], "It signs text with every character beyond ASCII escaped."
        ) { $0.edit = { draft, _ in draft.signed[.body] = escaped(draft.body) } },
        SenderFlaw(
            "signs-with-other-key", covers: ["S12"], needs: [.hmac], caughtBy: ["sender/signed"],
            "It signs with a key that is not the shared secret."
        ) { $0.edit = { draft, _ in draft.key = Array("another key, 32 bytes in length.".utf8) } },
        SenderFlaw(
            "signature-repeated", covers: ["S02"], caughtBy: ["sender/signature-once"],
            "It sends the signature header twice."
        ) { behaviour in
            behaviour.edit = { draft, _ in
                let name = draft.context.scheme.signature.header
                draft.onTheWire { request in
                    guard let value = request.headers.values(named: name).first else { return }
                    request.headers.append(name, value)
                }
            }
        },
        SenderFlaw(
            "timestamp-in-milliseconds", covers: ["S06"], needs: [.timestamp], caughtBy: ["sender/timestamp-unit"],
            "It writes the timestamp in milliseconds."
        ) { $0.edit = { draft, _ in draft.timestamp += Array("000".utf8) } },
        SenderFlaw(
            "clock-slow", covers: ["S06"], needs: [.timestamp], caughtBy: ["sender/clock"],
            "Its clock is a minute slow."
        ) { $0.signingTime = { $1 - 60 } },
        SenderFlaw(
            "timestamp-unsigned", covers: ["S07"], needs: [.timestamp, .hmac], caughtBy: ["sender/timestamp-signed"],
            "It sends a timestamp and signs the body alone."
        ) { $0.edit = { draft, _ in draft.template = MessageTemplate(parts: [.field(.body)]) } },
    ]

    private static let contents: [SenderFlaw] = [
        SenderFlaw(
            "one-id-for-all", covers: ["S05"], needs: [.eventID], caughtBy: ["sender/ids-differ"],
            "It gives every event the same id."
        ) { $0.eventID = { _, _ in "evt_1" } },
        SenderFlaw(
            "sends-put", covers: ["S12"], caughtBy: ["sender/method"], "It sends PUT."
        ) { $0.edit = { draft, _ in draft.onTheWire { $0.method = Array("PUT".utf8) } } },
        SenderFlaw(
            "type-missing", covers: ["S12"], caughtBy: ["sender/method"], "It sends no Content-Type."
        ) { $0.edit = { draft, _ in draft.contentType = nil } },
        SenderFlaw(
            "secret-in-header", covers: ["S10"], needs: [.hmac], caughtBy: ["sender/secret-not-sent"],
            "It sends the shared secret in a header."
        ) { behaviour in
            behaviour.edit = { draft, _ in
                let secret = draft.context.secret.text
                draft.onTheWire { $0.headers.append("X-Webhook-Secret", secret) }
            }
        },
        SenderFlaw(
            "cookie-forwarded", covers: ["S11"], caughtBy: ["sender/no-platform-credentials"],
            "It forwards the cookie of the request that caused the event."
        ) { $0.edit = { draft, _ in draft.onTheWire { $0.headers.append("Cookie", Array("session=1".utf8)) } } },
    ]

    private static let retrying: [SenderFlaw] = [
        SenderFlaw(
            "never-retries", covers: ["S16"], needs: [.retried(500)], caughtBy: ["sender/retry-on-*"],
            "It sends each event once."
        ) { $0.wait = { _, _ in nil } },
        SenderFlaw(
            "retries-no-faults", covers: ["S16"], needs: [.retriedWithoutAnswer],
            caughtBy: ["sender/retry-on-reset", "sender/retry-on-close"], "It does not retry where no answer came."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .unanswered = outcome { nil } else { wait(attempt, outcome) }
            }
        },
        SenderFlaw(
            "retries-no-refusals", covers: ["S16"], needs: [.retriedWithoutAnswer],
            caughtBy: ["sender/retry-on-refused"], "It does not retry where it got no connection."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .refused = outcome { nil } else { wait(attempt, outcome) }
            }
        },
        SenderFlaw(
            "retries-500-only", covers: ["S16"], needs: [.retried(503)],
            caughtBy: ["sender/retry-on-502", "sender/retry-on-503", "sender/retry-on-504"],
            "It retries after 500 and after no other status."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .answered(let answer) = outcome, answer.status != 500 { return nil }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "new-id-each-attempt", covers: ["S05"], needs: [.eventID, .retried(500)],
            caughtBy: ["sender/retry-same-id"], "It draws a new id for each attempt."
        ) { $0.eventID = { "\($0)_\($1)" } },
        SenderFlaw(
            "counts-attempts-in-body", covers: ["S04"], needs: [.json, .retried(500)],
            caughtBy: ["sender/retry-same-body"], "It counts the attempts in the body."
        ) { behaviour in
            behaviour.edit = { draft, attempt in
                draft.payload = draft.payload.replacing(pointer: "/attempt", with: .number("\(attempt)"))
            }
        },
        SenderFlaw(
            "retries-unsigned", covers: ["S02"], needs: [.retried(500)], caughtBy: ["sender/retry-each-signed"],
            "It does not sign retries."
        ) { behaviour in
            behaviour.edit = { draft, attempt in
                guard attempt > 1 else { return }
                let name = draft.context.scheme.signature.header
                draft.onTheWire { $0.headers.remove(name) }
            }
        },
        SenderFlaw(
            "keeps-timestamp", covers: ["S03"], needs: [.timestamp, .retried(500)],
            caughtBy: ["sender/retry-fresh-timestamp"], "It signs once, and sends retries with the first timestamp."
        ) { $0.signingTime = { first, _ in first } },
    ]

    private static let pacing: [SenderFlaw] = [
        SenderFlaw(
            "no-backoff", covers: ["S16"], needs: [.retried(503)], caughtBy: ["sender/backoff-grows"],
            "It waits equally long before each attempt."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in wait(attempt, outcome).map { _ in 5 } }
        },
        SenderFlaw(
            "never-gives-up", covers: ["S16"], needs: [.attemptsAfter(429)], caughtBy: ["sender/limited-attempts"],
            "It goes on sending after the documented number of attempts."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { wait(min($0, 2), $1) }
        },
        SenderFlaw(
            "gives-up-early", covers: ["S16"], needs: [.retryTime], caughtBy: ["sender/limited-time"],
            "It gives up an unreachable receiver after three attempts."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .unanswered = outcome, attempt >= 3 { return nil }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "tries-without-end", covers: ["S16"], needs: [.retryTime], caughtBy: ["sender/limited-time"],
            "It tries an unreachable receiver again and again."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .unanswered = outcome { return wait(min(attempt, 7), outcome) }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "never-lets-up", covers: ["S16"], needs: [.retryTime], caughtBy: ["sender/limited-time"],
            "It tries an unreachable receiver ten times a second."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .unanswered = outcome { 0.1 } else { wait(attempt, outcome) }
            }
        },
        SenderFlaw(
            "ignores-retry-after", covers: ["S16"], needs: [.retried(429)], caughtBy: ["sender/honours-retry-after"],
            "It comes back after three seconds whatever Retry-After says."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in wait(attempt, outcome).map { min($0, 3) } }
            behaviour.asked = { _, _ in 0 }
        },
        SenderFlaw(
            "ignores-dates-to-retry", covers: ["S16"], needs: [.retried(429)],
            caughtBy: ["sender/honours-retry-after-date"], "It reads a Retry-After in seconds, and no date."
        ) { behaviour in
            let asked = behaviour.asked
            behaviour.asked = { outcome, now in
                guard case .answered(let answer) = outcome,
                    answer.headers.values(named: "Retry-After").first.flatMap(ASCII.decimal) == nil
                else { return asked(outcome, now) }
                return 0
            }
        },
        SenderFlaw(
            "hurried-by-odd-waits", covers: ["S16"], needs: [.retried(429)], caughtBy: ["sender/odd-retry-after-*"],
            "A Retry-After that it can't use makes it send without a wait."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                guard case .answered(let answer) = outcome,
                    let value = answer.headers.values(named: "Retry-After").first
                else { return wait(attempt, outcome) }
                let seconds = ASCII.decimal(value) ?? 0
                return attempt < 50 ? (seconds < 3601 ? Double(seconds) : 0) : nil
            }
        },
    ]

    private static let answers: [SenderFlaw] = [
        SenderFlaw(
            "sends-again-after-success", covers: ["S16"], caughtBy: ["sender/success-200"],
            "It sends each event twice, whatever the answer."
        ) { behaviour in
            behaviour.isDone = { _, _ in false }
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .answered(let answer) = outcome, answer.status == 200 { return attempt < 2 ? 5 : nil }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "only-200-is-success", covers: ["S16"], needs: [.success(204)],
            caughtBy: ["sender/success-201", "sender/success-202", "sender/success-204"],
            "It sends again whatever is not answered with exactly 200."
        ) { behaviour in
            behaviour.isDone = { status, _ in status == 200 }
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .answered(let answer) = outcome, (201...299).contains(answer.status) {
                    return attempt < 5 ? 5 : nil
                }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "reads-answers", covers: ["S16"], caughtBy: ["sender/success-whatever-the-body"],
            "It takes a 200 whose body speaks of an error for a failure."
        ) { behaviour in
            let isDone = behaviour.isDone
            behaviour.isDone = { status, answer in
                isDone(status, answer) && ASCII.firstRange(of: Array("error".utf8), in: answer.body) == nil
            }
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .answered(let answer) = outcome, answer.status == 200 { return attempt < 5 ? 5 : nil }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "gone-retried", covers: ["S16"], needs: [.stopped(410)], caughtBy: ["sender/gone-stops"],
            "It sends again after 410."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                if case .answered(let answer) = outcome, answer.status == 410 { return attempt < 5 ? 5 : nil }
                return wait(attempt, outcome)
            }
        },
        SenderFlaw(
            "ignores-opt-out", covers: ["S16"], needs: [.optOut], caughtBy: ["sender/opt-out-stops"],
            "It sends again although the answer declines further attempts."
        ) { behaviour in
            let wait = behaviour.wait
            behaviour.wait = { attempt, outcome in
                guard case .answered(let answer) = outcome else { return wait(attempt, outcome) }
                return wait(attempt, .answered(HTTPResponse(status: answer.status)))
            }
        },
        SenderFlaw(
            "retries-unannounced", covers: ["S16"], needs: [.retryHeaders], caughtBy: ["sender/retry-headers"],
            "Its retries have no headers that say so."
        ) { $0.attemptHeaders = { _, _ in [] } },
        SenderFlaw(
            "counts-attempts-as-retries", covers: ["S16"], needs: [.retryHeaders], caughtBy: ["sender/retry-headers"],
            "It announces the second attempt as the second retry."
        ) { behaviour in
            let headers = behaviour.attemptHeaders
            behaviour.attemptHeaders = { rule, attempt in attempt > 1 ? headers(rule, attempt + 1) : [] }
        },
        SenderFlaw(
            "retries-undocumented", covers: ["S16"], needs: [.neverRetried], caughtBy: ["sender/not-retried"],
            "It sends again although the document says that nothing is."
        ) { $0.wait = { attempt, _ in attempt < 5 ? 5 : nil } },
        SenderFlaw(
            "follows-redirects", covers: ["S08"], needs: [.redirectsNotFollowed], caughtBy: ["sender/redirect-30*"],
            "It follows redirects within the origin."
        ) { $0.redirects = (10, false) },
        SenderFlaw(
            "follows-redirects-elsewhere", covers: ["S08"], caughtBy: ["sender/redirect-*-elsewhere"],
            "It follows redirects to other origins, signature and all."
        ) { $0.redirects = (10, true) },
    ]

    private static let reading: [SenderFlaw] = [
        SenderFlaw(
            "waits-for-ever", covers: ["S16"], caughtBy: ["sender/timeout*"],
            "It waits for an answer without a limit."
        ) { $0.timeout = nil },
        SenderFlaw(
            "reads-everything", covers: ["S16"], caughtBy: ["sender/endless-*"],
            "It reads the whole answer, however long it is."
        ) { $0.readLimit = 1 << 30 },
    ]

    private static let trusting: [SenderFlaw] = [
        SenderFlaw(
            "tls-unverified", covers: ["S17"],
            caughtBy: ["sender/tls-self-signed", "sender/tls-expired", "sender/tls-wrong-name"],
            "It takes every certificate."
        ) { $0.trust = { $0.insecure = true } },
        SenderFlaw(
            "tls-any-date", covers: ["S17"], caughtBy: ["sender/tls-expired"],
            "It takes certificates that have expired."
        ) { $0.trust = { $0.lenience.insert(.expired) } },
        SenderFlaw(
            "tls-any-name", covers: ["S17"], caughtBy: ["sender/tls-wrong-name"],
            "It takes trusted certificates of other hosts."
        ) { $0.trust = { $0.lenience.insert(.otherNames) } },
        SenderFlaw(
            "tls-old-versions", covers: ["S17"], caughtBy: ["sender/tls-old-versions"], "It takes TLS 1.0 and 1.1."
        ) { $0.trust = { $0.lenience.insert(.oldVersions) } },
        SenderFlaw(
            "falls-back-to-http", covers: ["S17"], caughtBy: ["sender/tls-no-fallback"],
            "It sends without TLS what it can't send with it."
        ) { $0.fallsBackToHTTP = true },
        SenderFlaw(
            "one-at-a-time", covers: ["S16"], caughtBy: ["sender/overlapping"],
            "It begins a delivery when the one before is done."
        ) { $0.isSerial = true },
        SenderFlaw(
            "every-other-late", covers: ["S16"], caughtBy: ["sender/in-turn"],
            "It sends every second event twenty seconds later than the others."
        ) { $0.delay = { $0.isMultiple(of: 2) ? 20 : 0 } },
        SenderFlaw(
            "calls-internal-addresses", covers: ["S09"], caughtBy: ["sender/internal-*"],
            "It delivers to whatever address was registered."
        ) { $0.isInside = { _ in false } },
        SenderFlaw(
            "reads-addresses-as-text", covers: ["S09"],
            caughtBy: ["decimal", "octal", "hexadecimal", "unspecified", "ipv4-in-ipv6"].map {
                "sender/internal-\($0)"
            },
            "It refuses localhost, ::1 and what begins with 127., and no other way to write the same addresses."
        ) { $0.isInside = { ["localhost", "::1"].contains($0) || $0.hasPrefix("127.") } },
        SenderFlaw(
            "one-secret-for-all", covers: ["S15"], needs: [.hmac], caughtBy: ["sender/secret-per-registration"],
            "It signs for every registered receiver with the secret of the first."
        ) { $0.secretOfAnother = { first, _ in first } },
        SenderFlaw(
            "keeps-old-secret", covers: ["S13"], needs: [.grace], caughtBy: ["sender/rotation-after-grace"],
            "It signs with the secret that it read when it started."
        ) { $0.secretAfterRotation = { old, _ in old } },
        SenderFlaw(
            "new-secret-with-newline", covers: ["S13"], needs: [.grace, .hmac],
            caughtBy: ["sender/rotation-within-grace"], "It reads a new secret with the newline that follows it."
        ) { $0.keyAfterRotation = { $0 + [0x0A] } },
    ]

    /// Returns JSON with every character beyond ASCII escaped, as Python's default writer does.
    private static func escaped(_ body: [UInt8]) -> [UInt8] {
        var out = [UInt8]()
        for unit in String(decoding: body, as: UTF8.self).utf16 {
            if unit < 0x80 {
                out.append(UInt8(unit))
            } else {
                let digits = String(unit, radix: 16)
                out += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            }
        }
        return out
    }
}
