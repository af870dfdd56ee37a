internal import Bytes
internal import ReportModel
internal import Schemes

/// Bodies changed in transit, with the signature of the original.
extension BodyFamily {
    static let tampered: [Case] = tamperings.map { tampering in
        Case(
            "body/\(tampering.name)", .must, .rawBody, tampering.severity, covers: tampering.covers, cwe: [345, 347],
            needs: [.signedBody] + tampering.needs, changes: .body, "\(tampering.title) is rejected.",
            why: "After capturing one delivery, an attacker can send another under its signature: \(tampering.gain).",
            fix: "Compute the MAC over every byte of the body that you parse afterwards.", expect: .rejected,
            profile: tampering.profile
        ) { tampering.edit(&$0) }
    }

    private struct Tampering {
        let name: String
        let title: String
        let gain: String
        let covers: [String]
        let severity: Severity
        let needs: [Requirement]
        let profile: Profile
        let edit: @Sendable (inout Draft) -> Void

        init(
            _ name: String, _ title: String, gain: String, _ covers: [String], _ severity: Severity = .high,
            needs: [Requirement] = [], profile: Profile = .standard, edit: @escaping @Sendable (inout Draft) -> Void
        ) {
            self.name = name
            self.title = title
            self.gain = gain
            self.covers = covers
            self.severity = severity
            self.needs = needs
            self.profile = profile
            self.edit = edit
        }
    }

    /// Both bodies are signed and sent, so neither is a change of the plain one.
    static let emptyObjectForNothing = Case(
        "body/empty-object-with-signature-of-nothing", .must, .rawBody, .medium, covers: ["D18"], cwe: [345, 755],
        needs: [.json], changes: .signedBody, "The body {} with the signature of an empty body is rejected.",
        why:
            "Parsers return an empty object for an empty body. An endpoint that hashes the parsed value can't "
            + "tell them apart.",
        fix: "Hash the raw bytes of the body.", expect: .rejected
    ) { draft in
        draft.body = []
        draft.sendBody(Array("{}".utf8))
    }

    private static let tamperings: [Tampering] = contents + edges + spellings

    private static let contents: [Tampering] = [
        Tampering(
            "text-changed", "A body whose text was changed after signing", gain: "any message to anyone",
            ["A01", "D04"], .critical, needs: [.json], profile: .smoke
        ) { draft in draft.sendBody { $0.say("changed") } },
        Tampering(
            "member-added", "A body with a member added after signing", gain: "options that the sender never set",
            ["D04"], .critical, needs: [.json]
        ) { draft in draft.sendBody { $0.addMember("countersign_added", true) } },
        Tampering(
            "member-removed", "A body with a member removed after signing", gain: "restrictions that vanish",
            ["D04"], .critical, needs: [.json]
        ) { draft in
            draft.sendBody { $0.payload = .object(Array(($0.payload.members ?? []).dropLast())) }
        },
        Tampering(
            "duplicate-key-after", "A body with a key repeated at its end after signing",
            gain: "parsers that take the last value read the attacker's", ["D02", "D15"], needs: [.json]
        ) { draft in
            draft.sendBody(withDuplicate(of: draft, text: "changed", inFront: false))
        },
        Tampering(
            "duplicate-key-in-front", "A body with a key repeated at its start after signing",
            gain: "parsers that take the first value read the attacker's", ["D02", "D15"], needs: [.json]
        ) { draft in
            draft.sendBody(withDuplicate(of: draft, text: "changed", inFront: true))
        },
        Tampering(
            "of-another-request", "The body of another delivery", gain: "bodies can be swapped between requests",
            ["D04"], .critical, needs: [.json]
        ) { draft in
            draft.sendBody {
                $0.eventID += Array("-other".utf8)
                $0.say("other")
            }
        },
        Tampering(
            "emptied", "A body that was emptied after signing", gain: "deliveries become empty events",
            ["D05", "D18"]
        ) { $0.sendBody([]) },
        Tampering(
            "replaced-by-empty-object", "The body {} with the signature of another body",
            gain: "an event without members",
            ["D04", "D18"]
        ) { $0.sendBody(Array("{}".utf8)) },
        Tampering(
            "one-bit-flipped", "A body with one bit flipped", gain: "amounts and names change by one character",
            ["D04"],
            .critical
        ) { draft in
            var body = draft.body
            if let place = body.lastIndex(where: { $0 >= 0x61 && $0 <= 0x79 }) { body[place] ^= 1 }
            draft.sendBody(body)
        },
    ]

    /// Bytes added or taken away at either end.
    private static let edges: [Tampering] = [
        Tampering(
            "with-newline-appended", "A body with a newline appended", gain: "trimmed bodies share a MAC",
            ["D11"], .low
        ) { $0.sendBody($0.body + [0x0A]) },
        Tampering(
            "with-space-in-front", "A body with a leading space added", gain: "trimmed bodies share a MAC",
            ["D11"], .low
        ) { $0.sendBody([0x20] + $0.body) },
        Tampering(
            "with-newline-in-front", "A body with a leading newline added", gain: "trimmed bodies share a MAC",
            ["D11"], .low
        ) { $0.sendBody([0x0A] + $0.body) },
        Tampering(
            "with-spaces-around", "A body with whitespace added at both ends", gain: "trimmed bodies share a MAC",
            ["D11"],
            .low
        ) { $0.sendBody([0x20] + $0.body + [0x20, 0x09]) },
        Tampering(
            "with-nul-appended", "A body with a NUL byte appended", gain: "what follows a NUL is not hashed",
            ["D11"], .medium
        ) { $0.sendBody($0.body + [0]) },
        Tampering(
            "with-text-after-nul", "A body with a NUL byte and more text after it",
            gain: "what follows a NUL is not hashed", ["D11"]
        ) { $0.sendBody($0.body + [0] + Array("more".utf8)) },
        Tampering(
            "with-byte-appended", "A body with a byte appended", gain: "a length other than the body's is trusted",
            ["D04"]
        ) { $0.sendBody($0.body + [UInt8(ascii: "}")]) },
        Tampering(
            "with-document-appended", "A body with a second JSON document appended",
            gain: "a streaming parser reads the attacker's document", ["D04", "D15"], needs: [.json]
        ) { $0.sendBody($0.body + [0x0A] + $0.body) },
        Tampering(
            "without-last-byte", "A body without its last byte", gain: "a read that stopped early goes unnoticed",
            ["D04"]
        ) { $0.sendBody(Array($0.body.dropLast())) },
        Tampering(
            "without-first-byte", "A body without its first byte", gain: "a read that started late goes unnoticed",
            ["D04"]
        ) { $0.sendBody(Array($0.body.dropFirst())) },
        Tampering(
            "cut-in-half", "The first half of a body", gain: "a read that stopped early goes unnoticed",
            ["D04"]
        ) { $0.sendBody(Array($0.body.prefix($0.body.count / 2))) },
        Tampering(
            "with-bom", "A body with a byte order mark added at its start", gain: "decoded bodies share a MAC", ["D09"],
            .low
        ) { $0.sendBody([0xEF, 0xBB, 0xBF] + $0.body) },
    ]

    /// The same JSON in other bytes, or a gateway's version of it.
    private static let spellings: [Tampering] = [
        Tampering(
            "with-space-inside", "A body with a space added between two tokens",
            gain: "the parsed value is hashed instead of the bytes sent", ["D02"], .medium, needs: [.json]
        ) { $0.sendBody([UInt8(ascii: "{"), 0x20] + $0.body.dropFirst()) },
        Tampering(
            "with-letter-escaped", "A body with a letter written as an escape",
            gain: "the parsed value is hashed instead of the bytes sent", ["D02", "D14"], .medium, needs: [.json]
        ) { draft in
            // The first letter of the first key, right after the brace and the quote.
            let escape = Array(#"\u00"#.utf8) + Hex.encode(draft.body.dropFirst(2).prefix(1))
            draft.sendBody(draft.body.prefix(2) + escape + draft.body.dropFirst(3))
        },
        Tampering(
            "with-members-reversed", "A body whose members were reordered",
            gain: "sorted keys are hashed instead of the bytes sent", ["D02", "D13"], .medium, needs: [.json]
        ) { draft in
            draft.sendBody { $0.payload = .object(($0.payload.members ?? []).reversed()) }
        },
        Tampering(
            "with-case-changed", "A body with the case of its letters changed",
            gain: "folded bodies share a MAC", ["D21"], .medium
        ) { $0.sendBody($0.body.map(ASCII.uppercased)) },
        Tampering(
            "as-base64", "The Base64 of a body with the body's own signature",
            gain: "what is verified is not what is read", ["D20"], .medium
        ) { $0.sendBody(Base64.encode($0.body)) },
        Tampering(
            "as-json-string", "The body written as one JSON string, with the body's own signature",
            gain: "what is verified is not what is read", ["D03"], .medium, needs: [.json]
        ) { $0.sendBody(JSON.string(String(decoding: $0.body, as: UTF8.self)).serialized()) },
    ]
}
