internal import Bytes
internal import ReportModel
internal import Schemes

/// The timestamp in the signed message: whether it is part of it, and where it ends.
extension TimestampFamily {
    static let unsigned: [Case] = rewritten + leftOut + missing

    /// An old signature with a new timestamp, as an attacker would send it.
    private static let rewritten: [Case] = [
        ("1-second", "a second", Int64(-1), Profile.standard), ("1-minute", "a minute", -60, .standard),
        ("1-hour", "an hour", -3600, .smoke), ("1-day", "a day", -86_400, .standard),
    ].map { name, title, seconds, profile in
        Case(
            "timestamp/signed-\(name)-before-it-says", .must, .message, .high, covers: ["E03"], cwe: [294, 345],
            needs: [.timestamp], changes: .signedMessage,
            "A request signed \(title) before its timestamp is rejected.",
            why:
                "If the timestamp is not part of the signed message, an attacker makes a captured request fresh "
                + "by changing it.",
            fix: "Hash the timestamp's bytes exactly as received, and judge freshness by the same bytes.",
            expect: .rejected,
            profile: profile
        ) { $0.signed[.timestamp] = $0.stamp(after: seconds) }
    }

    /// A fresh timestamp that the signature does not cover.
    private static let leftOut: [Case] = [
        Case(
            "timestamp/old-beside-unsigned-fresh-one", .should, .freshness, .high, covers: ["E03", "E14"],
            cwe: [294, 345], needs: [.timestamp], changes: [.signedTimestamp, .headers],
            "A request signed an hour ago is rejected even if unsigned headers make it look new.",
            why: "If an endpoint, or a gateway before it, takes the age from such a header, anyone can make a "
                + "captured request fresh.",
            fix: "Judge freshness by the signed timestamp and by no other.", expect: .rejected
        ) { draft in
            let now = String(draft.context.now)
            draft.timestamp = draft.stamp(after: -.hours(1))
            for name in ["X-Timestamp", "X-Request-Timestamp", "X-Webhook-Timestamp"] { draft.addHeader(name, now) }
        },
        Case(
            "timestamp/not-in-message", .must, .message, .high, covers: ["E03"], cwe: [294, 345],
            needs: [.timestamp, .signedBody], changes: .signedMessage,
            "The signature of the body alone is rejected even if the timestamp is fresh.",
            why:
                "Anyone can change a timestamp that is not signed, so a captured request is always fresh.",
            fix: "Hash the timestamp with the body, as the document says.", expect: .rejected
        ) { $0.template = MessageTemplate(parts: [.field(.body)]) },
        Case(
            "timestamp/empty-in-message", .must, .message, .high, covers: ["E03"], cwe: [294, 345],
            needs: [.timestamp, .signedBody, .not(.ambiguousMessage)], changes: .signedMessage,
            "The signature of a message with an empty timestamp is rejected even if the one sent is fresh.",
            why: "An endpoint that loses the timestamp before hashing would accept this as genuine at any time.",
            fix: "Hash the timestamp's bytes exactly as received.", expect: .rejected
        ) { $0.signed[.timestamp] = [] },
        Case(
            "timestamp/undefined-in-message", .must, .message, .high, covers: ["E02", "E03"], cwe: [294, 345],
            needs: [.timestamp, .signedBody], changes: .signedMessage,
            "The signature of a message with the word undefined as its timestamp is rejected.",
            why: "An endpoint that reads the timestamp from the wrong place hashes this word at any time.",
            fix: "Hash the timestamp's bytes exactly as received, and reject the request when there are none.",
            expect: .rejected
        ) { $0.signed[.timestamp] = Array("undefined".utf8) },
    ]

    /// What an endpoint may hash in place of a missing timestamp.
    private static let standIns: [(name: String, title: String, text: String)] = [
        ("nothing", "with nothing in its place", ""),
        ("undefined", "with the word undefined in its place", "undefined"),
        ("null", "with the word null in its place", "null"), ("none", "with the word None in its place", "None"),
        ("nan", "with the word NaN in its place", "NaN"), ("zero", "with 0 in its place", "0"),
    ]

    /// Freshness is skipped when there is no timestamp to check.
    private static let missing: [Case] =
        [("removed", "without a timestamp", [UInt8]?.none), ("emptied", "with an empty timestamp", [])].flatMap {
            how, title, sent in
            [
                withoutTimestamp(how, "\(title), signed over the missing timestamp", sent),
                // Without a separator, that is the message with an empty timestamp.
                withoutTimestamp(
                    "\(how)-body-signed", "\(title), signed over the body alone", sent,
                    needs: [.not(.ambiguousMessage)]
                ) {
                    $0.template = MessageTemplate(parts: [.field(.body)])
                },
            ]
                // An empty timestamp signed as such belongs to E04, among the formats.
                + standIns.filter { how == "removed" || !$0.text.isEmpty }.map { standIn in
                    withoutTimestamp("\(how)-\(standIn.name)-signed", "\(title), signed \(standIn.title)", sent) {
                        $0.signed[.timestamp] = Array(standIn.text.utf8)
                    }
                }
        }

    private static func withoutTimestamp(
        _ name: String, _ title: String, _ sent: [UInt8]?, needs: [Requirement] = [],
        sign: (@Sendable (inout Draft) -> Void)? = nil
    ) -> Case {
        Case(
            "timestamp/\(name)", .must, .message, .high, covers: ["E02"], cwe: [294, 636],
            needs: [.timestamp, .signedBody] + needs,
            changes: sign == nil ? .timestamp : .signedTimestamp,
            "A request \(title), is rejected.",
            why: "An endpoint that checks freshness only if there is a timestamp accepts old requests forever.",
            fix: "Reject a request without its timestamp before you check anything else.", expect: .rejected
        ) { draft in
            sign?(&draft)
            draft.onceSigned { $0.timestamp = sent }
        }
    }
}

/// Bytes that move between the timestamp and the body while the signed bytes stay the same (E15).
///
/// Without a separator, the MAC verifies and only a strict timestamp rejects the request. With one, the same moves
/// break the MAC unless the separator moves along.
extension TimestampFamily {
    static let shifts: [Case] = [
        shift(
            "digit-moved-into-timestamp", "A request whose body's first digit was moved to the end of its timestamp",
            changes: .signedTimestamp
        ) { draft in
            let (time, body) = (draft.timestamp, draft.body)
            draft.signBody(as: [0x35] + body)
            draft.onceSigned { $0.timestamp = time + [0x35] }
        },
        shift(
            "separator-moved-into-timestamp",
            "A request whose body begins like a timestamp, with that beginning moved into the timestamp",
            changes: .signedTimestamp, needs: [.not(.ambiguousMessage)]
        ) { draft in
            let (time, body, separator) = (draft.timestamp, draft.body, draft.template.behindTimestamp)
            draft.signBody(as: [0x35] + separator + body)
            draft.onceSigned { $0.timestamp = time + separator + [0x35] }
        },
        shift(
            "digits-moved-into-body",
            "A request whose timestamp is empty because it was moved to the front of its body",
            changes: [.timestamp, .body], profile: .smoke
        ) { draft in
            let (body, front) = (draft.body, draft.timestamp + draft.template.behindTimestamp)
            draft.onceSigned {
                $0.timestamp = []
                $0.body = front + body
            }
        },
        shift(
            "timestamp-removed-into-body",
            "A request whose timestamp is missing because it was moved to the front of its body",
            changes: [.timestamp, .body]
        ) { draft in
            let (body, front) = (draft.body, draft.timestamp + draft.template.behindTimestamp)
            draft.onceSigned {
                $0.timestamp = nil
                $0.body = front + body
            }
        },
        shift(
            "last-digit-moved-into-body", "A request whose timestamp's last digit was moved into its body",
            changes: [.timestamp, .body]
        ) { draft in
            let (time, body) = (draft.timestamp, draft.body)
            draft.onceSigned {
                $0.timestamp = Array(time.dropLast())
                $0.body = time.suffix(1) + body
            }
        },
        shift(
            "brace-moved-into-timestamp", "A request whose body's first byte was moved into its timestamp",
            changes: [.timestamp, .body]
        ) { draft in
            let (time, body) = (draft.timestamp, draft.body)
            draft.onceSigned {
                $0.timestamp = time + body.prefix(1)
                $0.body = Array(body.dropFirst())
            }
        },
    ]

    private static func shift(
        _ name: String, _ title: String, changes: Change, needs: [Requirement] = [], profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "timestamp/\(name)", .must, .timestamp, .high, covers: ["E15"], cwe: [345, 1286],
            needs: [.timestamp, .signedBody] + needs, changes: changes, "\(title) is rejected.",
            why: "If two readings yield the same signed bytes, an attacker turns a captured request into another one, "
                + "with another time and body, without a key.",
            fix: "Accept only digits in the timestamp, ten of them today, before you hash; sign with a separator.",
            expect: .rejected, profile: profile, probe: edit)
    }
}

/// Times inside the payload, which say when something happened, not when it was sent (E14).
extension TimestampFamily {
    static let bodyTimes: [Case] = [("1-hour", "an hour", Int64(3600)), ("1-day", "a day", 86_400)].map {
        name, title, seconds in
        Case(
            "timestamp/event-\(name)-old-accepted", .should, .timestamp, .medium, covers: ["E14"], cwe: [345],
            needs: [.json, .bodyTime, .timestamp], changes: .signedBody,
            "A fresh request about an event \(title) ago is accepted.",
            why:
                "A retried delivery gets a new timestamp, but its event stays as old as it is. An endpoint that "
                + "judges freshness by the body loses every retry.",
            fix: "Judge freshness by the signed timestamp of the request, never by a member of the body.",
            expect: .accepted
        ) { draft in
            draft.payload = withOlderTimes(draft.payload, now: draft.context.now, by: seconds)
        }
    }

    private static func withOlderTimes(_ value: JSON, now: Int64, by seconds: Int64) -> JSON {
        switch value {
        case .string(ISOTime.text(now)): .string(ISOTime.text(now - seconds))
        case .number(String(now)): .number(String(now - seconds))
        case .array(let elements): .array(elements.map { withOlderTimes($0, now: now, by: seconds) })
        case .object(let members):
            .object(members.map { JSON.Member($0.key, withOlderTimes($0.value, now: now, by: seconds)) })
        default: value
        }
    }
}

extension MessageTemplate {
    /// The text between the timestamp and what follows it in the signed message.
    fileprivate var behindTimestamp: [UInt8] {
        guard let place = parts.firstIndex(of: .field(.timestamp)), parts.indices.contains(place + 1),
            case .literal(let bytes) = parts[place + 1]
        else { return [] }
        return bytes
    }
}
