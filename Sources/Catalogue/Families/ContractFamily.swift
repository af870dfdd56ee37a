internal import Bytes
internal import ReportModel
internal import Schemes

/// The answers: which status, in which order the checks run, and what an answer reveals.
enum ContractFamily {
    static let cases: [Case] = statuses + checksInOrder + secretsKept + internalsKept + unusableBodies + oddMembers

    /// Rejections whose status is documented. Senders act on it: they give up on 401 and retry a 5xx for hours.
    private static let statuses: [Case] = [
        status(
            "wrong-signature", "a signature that belongs to another message", ["J08", "J09", "J10"], .signature,
            profile: .smoke
        ) { $0.spoilSignature() },
        status("missing-signature", "no signature", ["J03", "J08"], .signature) { $0.dropSignature() },
        status("empty-signature", "an empty signature header", ["J03", "J08"], .signature) { draft in
            draft.onceSigned { $0.headerText = [] }
        },
        status("malformed-signature", "a signature header that lacks all of its parts", ["J03", "J09"], .signature) {
            draft in
            draft.onceSigned { $0.headerText = Array("countersign".utf8) }
        },
        status("cut-signature", "the first half of its signature", ["J03", "J09"], .signature) { draft in
            draft.onceSigned { $0.signature = Array($0.signature.prefix($0.signature.count / 2)) }
        },
        status(
            "non-ascii-signature", "non-ASCII bytes in its signature", ["J03", "J09"], .signature, ceiling: .should
        ) {
            draft in
            draft.onceSigned { $0.signature = [0xC3, 0xA9] + $0.signature.dropFirst(2) }
        },
        status("changed-body", "a body that was changed", ["J03", "J08"], .body) { draft in
            draft.sendBody(draft.body + [0x20])
        },
        status(
            "stale", "a timestamp an hour old", ["J03", "J08"], .signedTimestamp, .freshness, needs: [.timestamp],
            ceiling: .should
        ) { draft in
            draft.timestamp = draft.stamp(after: -.hours(1))
        },
        status("missing-timestamp", "no timestamp", ["J03", "J09"], .timestamp, needs: [.timestamp], ceiling: .should) {
            draft in
            draft.onceSigned { $0.timestamp = nil }
        },
        status(
            "unreadable-timestamp", "the timestamp abc", ["J03", "J09"], .signedTimestamp, .timestamp,
            needs: [.timestamp], ceiling: .should
        ) {
            $0.timestamp = Array("abc".utf8)
        },
        status("missing-credential", "no credential", ["J03", "J08"], .credential, needs: [.credential]) { draft in
            draft.onceSigned { $0.credentials = [:] }
        },
        status("wrong-credential", "a wrong credential", ["J03", "J08"], .credential, needs: [.credential]) { draft in
            draft.onceSigned { $0.credentials = $0.credentials.mapValues { $0 + Array("-other".utf8) } }
        },
    ]

    private static func status(
        _ name: String, _ what: String, _ covers: [String], _ changes: Change, _ topic: Topic = .rejection,
        needs: [Requirement] = [], ceiling: Level = .must, profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "contract/\(name)-status", ceiling, topic, .medium, covers: covers, cwe: [393, 755],
            needs: [.rejectedStatus] + needs, changes: changes,
            "A request with \(what) is answered with the documented status.",
            why:
                "Senders act on the status. Another status hides an attack in their logs, and a 5xx makes them "
                + "retry the same request for hours.",
            fix: "Answer every request that does not verify the same way, with the documented status.",
            expect: .rejectedAsDocumented, profile: profile, probe: edit)
    }

    /// Answers to bad signatures that must not contain the correct one.
    private static let secretsKept: [Case] = [
        secret("wrong-signature", "a wrong signature", ["J01", "J10"]) { $0.spoilSignature() },
        secret("missing-signature", "no signature") { $0.dropSignature() },
        secret("empty-signature", "an empty signature") { draft in draft.onceSigned { $0.signature = [] } },
        secret("short-signature", "a short signature") { draft in
            draft.onceSigned { $0.signature = Array($0.signature.prefix(8)) }
        },
        secret("constant-signature", "a signature that repeats a single letter") { draft in
            draft.onceSigned { $0.signature = $0.signature.map { _ in UInt8(ascii: "a") } }
        },
        secret("malformed-signature", "a malformed signature header") { draft in
            draft.onceSigned { $0.headerText = Array("countersign".utf8) }
        },
    ]

    private static func secret(
        _ name: String, _ what: String, _ covers: [String] = ["J01"],
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "contract/\(name)-keeps-the-right-one", .must, .signature, .critical, covers: covers, cwe: [209],
            changes: .signature, "The answer to a request with \(what) does not contain the correct signature.",
            why:
                "An answer that contains the expected signature signs any request for anyone: send it unsigned, "
                + "read the answer, send it signed.",
            fix: "Say that the signature is invalid, and nothing else.", expect: .rejected(hiding: .rightSignature),
            probe: edit)
    }

    /// Odd input on which libraries throw errors that frameworks print.
    private static let internalsKept: [Case] =
        [
            internals("wrong-signature", "a wrong signature", .signature) { $0.spoilSignature() },
            internals("missing-signature", "no signature", .signature) { $0.dropSignature() },
            internals("malformed-signature", "a malformed signature header", .signature) { draft in
                draft.onceSigned { $0.headerText = Array("=,=;;%00".utf8) }
            },
            internals("non-ascii-signature", "non-ASCII bytes in its signature", .signature) { draft in
                draft.onceSigned { $0.signature = [0xFF, 0xFE] + $0.signature }
            },
            internals("odd-signature", "a signature of odd length", .signature) { draft in
                draft.onceSigned { $0.signature = Array($0.signature.dropLast()) }
            },
            internals("long-signature", "a signature of 4000 characters", .signature) { draft in
                draft.onceSigned { $0.signature = [UInt8](repeating: UInt8(ascii: "a"), count: 4000) }
            },
            internals("bad-json", "a wrong signature and a body that is not JSON", .signedBody, needs: [.json]) {
                draft in
                draft.body = Array(#"{"unfinished": "#.utf8)
                draft.spoilSignature()
            },
            internals("bad-utf-8", "a wrong signature and a body that is not UTF-8", .signedBody) { draft in
                draft.body = [0xFF, 0xFE, 0xC0, 0xAF]
                draft.spoilSignature()
            },
            internals("unreadable-timestamp", "the timestamp abc", .signedTimestamp, needs: [.timestamp]) {
                $0.timestamp = Array("abc".utf8)
            },
            internals("huge-timestamp", "a timestamp of 400 digits before 1970", .signedTimestamp, needs: [.timestamp])
            {
                $0.timestamp = Array(("-" + String(repeating: "9", count: 400)).utf8)
            },
        ] + [
            Case(
                "contract/signed-bad-json-hides-internals", .should, .disclosure, .low, covers: ["J02"], cwe: [209],
                needs: [.json], changes: .signedBody,
                "The answer to a signed body that is not JSON reveals no internals.",
                why: "Stack traces and paths tell an attacker which library to look up.",
                fix: "Catch the parser's errors, log them, and answer with a fixed text.",
                expect: Expectation(decision: .either, status: .any, hides: .internals)
            ) { $0.body = Array(#"{"unfinished": "#.utf8) }
        ]

    private static func internals(
        _ name: String, _ what: String, _ changes: Change, needs: [Requirement] = [],
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "contract/\(name)-hides-internals", .should, .disclosure, .low, covers: ["J02", "J09", "J11"],
            cwe: [209, 755],
            needs: needs, changes: changes, "The answer to a request with \(what) reveals no internals.",
            why: "Stack traces, paths and exception names tell an attacker which library to look up.",
            fix: "Catch the verifier's errors, log them, and answer with a fixed text.",
            expect: .rejected(hiding: .internals), probe: edit)
    }
}
