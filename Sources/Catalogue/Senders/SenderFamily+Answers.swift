internal import ReportModel
internal import Schemes

// What the answers mean to a sender.
extension SenderFamily {
    static let answers: [Case] =
        [200, 201, 202, 204].map(success) + others + [301, 302, 303, 307, 308].flatMap(redirect)

    private static func success(_ status: Int) -> Case {
        .sender(
            "sender/success-\(status)", .must, .delivery, .medium, covers: ["S16"], cwe: [755],
            needs: [.success(status)], "A delivery that is answered \(status) is done.",
            why: "A sender that takes it for a failure sends the event again and again.",
            fix: "Take every 2xx as success.",
            answers: { _ in [.status(status, body: status == 204 ? "" : "{}")] }, watch: quiet
        ) { try $0.expectNoRetry(after: "answered \(status)") }
    }

    private static let others: [Case] = [
        .sender(
            "sender/success-whatever-the-body", .should, .delivery, .low, covers: ["S16"], cwe: [755],
            needs: [.success(200)], "A 200 is success whatever its body says.",
            why: "Bodies are for people. A sender that reads them sends events again that were taken.",
            fix: "Decide by the status alone.",
            answers: { _ in [.status(200, body: "{\"error\":\"something failed\",\"status\":500}")] }, watch: quiet
        ) { try $0.expectNoRetry(after: "answered 200 with a body that speaks of an error") },
        .sender(
            "sender/gone-stops", .must, .delivery, .medium, covers: ["S16"], cwe: [755], needs: [.stopped(410)],
            "After 410 nothing more is sent.",
            why: "410 is how a receiver says that it is gone for good.",
            fix: "Disable the endpoint on 410.", answers: { _ in [.status(410)] }, watch: quiet
        ) { try $0.expectNoRetry(after: "answered 410") },
        .sender(
            "sender/opt-out-stops", .must, .delivery, .medium, covers: ["S16"], cwe: [755], needs: [.optOut],
            "After an answer that declines further attempts, a delivery is not sent again.",
            why: "It is how a receiver says that it knows of its failure, and that another attempt would not help.",
            fix: "Look for the documented header in every answer, whatever its status.",
            answers: { rule in
                let line = rule.optOut.map { StagedAnswer.Header($0.name, $0.value ?? "1") }
                return [.status(500, headers: line.map { [$0] } ?? [])]
            }, watch: quiet
        ) { seen in
            try seen.expectNoRetry(after: "answered 500 with \(seen.rule.optOut?.name ?? "")")
        },
        .sender(
            "sender/not-retried", .must, .delivery, .low, covers: ["S16"], cwe: [755], needs: [.neverRetried],
            "A failed delivery is not sent again by itself.",
            why: "The document says so, and receivers rely on it.", fix: "Leave it to redelivery by hand.",
            answers: { _ in [.status(500)] }, watch: quiet
        ) { try $0.expectNoRetry(after: "answered 500") },
    ]

    private static func redirect(_ status: Int) -> [Case] {
        [
            .sender(
                "sender/redirect-\(status)", .must, .redirects, .high, covers: ["S08"], cwe: [918, 601],
                needs: [.redirectsNotFollowed],
                "A \(status) is not followed.",
                why:
                    "Redirects lead requests into the sender's own network, and events to anyone who can set one up.",
                fix: "Turn off redirects in the HTTP client, and take a 3xx as a failure.",
                answers: { _ in [.redirect(status, toOtherPort: false), .done] },
                watch: { _ in .init(thenQuietFor: 3) }
            ) { seen in
                guard seen.redirected.isEmpty else {
                    throw Finding(.leak, "the redirect was followed: a request arrived where it led")
                }
            },
            .sender(
                "sender/redirect-\(status)-elsewhere", .must, .redirects, .high, covers: ["S08"],
                cwe: [918, 601, 200],
                "A \(status) to another origin takes no signature there.",
                why: "Anyone who receives the signed request can send it on as if it were genuine.",
                fix: "Do not follow redirects to another origin.",
                answers: { _ in [.redirect(status, toOtherPort: true), .done] },
                watch: { _ in .init(thenQuietFor: 3) }
            ) { seen in
                for arrival in seen.redirected where !seen.lines(seen.scheme.signature.header, arrival).isEmpty {
                    throw Finding(.leak, "the signature was sent to another origin")
                }
            },
        ]
    }

    /// How long a sender waits, and how much it reads.
    static let limits: [Case] = [
        .sender(
            "sender/timeout", .should, .patience, .medium, covers: ["S16"], cwe: [400],
            "A sender gives up on a receiver that does not answer.",
            why: "One silent receiver ties up a worker of the sender for good.",
            fix: "Set a limit for the whole exchange.", profile: .audit, answers: { _ in [.silence, .done] },
            watch: untilEnd
        ) { try expectEnd(of: $0, "an answer that never came") },
        .sender(
            "sender/timeout-slow-head", .should, .patience, .medium, covers: ["S16"], cwe: [400],
            "A sender gives up on a receiver that sends its status line one byte a second.",
            why: "A limit for silence is not a limit: a byte now and then holds the connection for hours.",
            fix: "Limit the whole exchange, not the time between bytes.", profile: .audit,
            answers: { _ in [.slowHead, .done] },
            watch: untilEnd
        ) { try expectEnd(of: $0, "a status line that came one byte a second") },
        .sender(
            "sender/timeout-slow-body", .should, .patience, .medium, covers: ["S16"], cwe: [400],
            "A sender gives up on a body that comes one byte a second.",
            why: "A limit that ends with the head lets the body take hours.",
            fix: "Limit the whole exchange; a sender needs no more than the status.", profile: .audit,
            answers: { _ in [.slowBody, .done] },
            watch: untilEnd
        ) { try expectEnd(of: $0, "a body that came one byte a second") },
        endless("endless-body", "a body without end", .chunked),
        endless("endless-gzip", "a compressed body without end", .gzip),
    ]

    /// Watches until a second attempt would have come.
    private static func quiet(_ rule: DeliveryRule) -> SenderProcedure.Watch {
        .init(thenQuietFor: rule.longest())
    }

    /// Watches until the sender gives up, or a while longer than it may take.
    private static func untilEnd(_ rule: DeliveryRule) -> SenderProcedure.Watch {
        .init(thenQuietFor: Double(rule.timeout?.upperBound ?? 60) * 1.5 + 5, endsWithAnswer: true)
    }

    private static func endless(_ name: String, _ title: String, _ coding: StagedAnswer.Coding) -> Case {
        .sender(
            "sender/\(name)", .should, .patience, .medium, covers: ["S16"], cwe: [400, 409],
            "A sender stops reading \(title).",
            why: "Receivers are not trusted. One of them could fill the memory of every worker.",
            fix: "Read the status and at most some kilobytes of the body, then close the connection.",
            answers: { _ in [.endless(coding), .done] }, watch: untilEnd
        ) { seen in
            guard seen.first.taken < mostBytes else {
                throw Finding(.crash, "the sender read \(seen.first.taken >> 20) MiB of \(title), and more")
            }
            guard seen.first.held != nil else {
                throw Finding(
                    .crash,
                    "the sender read \(seen.first.taken >> 10) KiB of \(title), and still held the connection when "
                        + "the watch ended")
            }
        }
    }

    /// More than any answer to a delivery needs.
    private static let mostBytes = 16 << 20

    private static func expectEnd(of seen: SenderObservation, _ what: String) throws {
        let limit = seen.rule.timeout.map { Double($0.upperBound) * 1.25 + 1 } ?? 60
        guard let held = seen.first.held.map({ $0 * seen.pace.schedule }) else {
            throw Finding(.crash, "the sender still waited for \(what) after \(SenderObservation.time(limit))")
        }
        guard held <= limit else {
            throw Finding(.contract, "the sender waited \(SenderObservation.time(held)) for \(what)")
        }
        if let least = seen.rule.timeout?.lowerBound, held < Double(least) * 0.75 {
            throw Finding(
                .contract,
                "the sender gave up after \(SenderObservation.time(held)), sooner than documented, on \(what)")
        }
    }
}
