internal import Bytes
internal import ReportModel
internal import Schemes

/// Bodies changed on the way, under the signature of what was there before.
extension BodyFamily {
    static let tampered: [Case] = tamperings.map { tampering in
        Case(
            "body/\(tampering.name)", .must, .rawBody, tampering.severity, covers: tampering.covers, cwe: [345, 347],
            needs: [.signedBody] + tampering.needs, changes: .body, "\(tampering.title) is refused.",
            why: "Whoever sees one delivery can send another in its name: \(tampering.gain).",
            fix: "Compute the MAC over every byte of the body that is then parsed.", expect: .rejected,
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

    /// Both are signed and sent, so that neither is a change of the plain body.
    static let emptyObjectForNothing = Case(
        "body/empty-object-with-signature-of-nothing", .must, .rawBody, .medium, covers: ["D18"], cwe: [345, 755],
        needs: [.json], changes: .signedBody, "The body {} under the signature of no bytes at all is refused.",
        why:
            "Parsers give an empty object for an empty body; an endpoint that hashes what they gave can't tell the two "
            + "apart.",
        fix: "Hash the raw bytes of the body.", expect: .rejected
    ) { draft in
        draft.body = []
        draft.sendBody(Array("{}".utf8))
    }

    private static let tamperings: [Tampering] = contents + edges + spellings

    private static let contents: [Tampering] = [
        Tampering(
            "text-changed", "A body whose text was changed after it was signed", gain: "any message to anyone",
            ["A01", "D04"], .critical, needs: [.json], profile: .smoke
        ) { draft in draft.sendBody { $0.say("changed") } },
        Tampering(
            "member-added", "A body with a member added after it was signed", gain: "options that were never set",
            ["D04"], .critical, needs: [.json]
        ) { draft in draft.sendBody { $0.addMember("countersign_added", true) } },
        Tampering(
            "member-removed", "A body with a member removed after it was signed", gain: "restrictions that vanish",
            ["D04"], .critical, needs: [.json]
        ) { draft in
            draft.sendBody { $0.payload = .object(Array(($0.payload.members ?? []).dropLast())) }
        },
        Tampering(
            "duplicate-key-behind", "A body with a key repeated at its end after it was signed",
            gain: "parsers that take the last value read the attacker's", ["D02", "D15"], needs: [.json]
        ) { draft in
            draft.sendBody(withDuplicate(of: draft, text: "changed", inFront: false))
        },
        Tampering(
            "duplicate-key-in-front", "A body with a key repeated in front after it was signed",
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
            "emptied", "A body that was emptied after it was signed", gain: "deliveries become empty events",
            ["D05", "D18"]
        ) { $0.sendBody([]) },
        Tampering(
            "replaced-by-empty-object", "The body {} under the signature of another", gain: "an event without members",
            ["D04", "D18"]
        ) { $0.sendBody(Array("{}".utf8)) },
        Tampering(
            "one-bit-flipped", "A body with one bit flipped", gain: "amounts and names change by a digit", ["D04"],
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
            "with-newline-appended", "A body with a line feed appended", gain: "trimmed bodies share a MAC",
            ["D11"], .low
        ) { $0.sendBody($0.body + [0x0A]) },
        Tampering(
            "with-blank-in-front", "A body with a blank put in front", gain: "trimmed bodies share a MAC",
            ["D11"], .low
        ) { $0.sendBody([0x20] + $0.body) },
        Tampering(
            "with-newline-in-front", "A body with a line feed put in front", gain: "trimmed bodies share a MAC",
            ["D11"], .low
        ) { $0.sendBody([0x0A] + $0.body) },
        Tampering(
            "with-blanks-around", "A body with blanks put at both ends", gain: "trimmed bodies share a MAC", ["D11"],
            .low
        ) { $0.sendBody([0x20] + $0.body + [0x20, 0x09]) },
        Tampering(
            "with-nul-appended", "A body with a NUL byte appended", gain: "what follows a NUL is not hashed",
            ["D11"], .medium
        ) { $0.sendBody($0.body + [0]) },
        Tampering(
            "with-text-behind-nul", "A body with a NUL byte and more behind it",
            gain: "what follows a NUL is not hashed", ["D11"]
        ) { $0.sendBody($0.body + [0] + Array("more".utf8)) },
        Tampering(
            "with-byte-appended", "A body with a byte appended", gain: "a length is trusted that is not the body's",
            ["D04"]
        ) { $0.sendBody($0.body + [UInt8(ascii: "}")]) },
        Tampering(
            "with-document-appended", "A body with a second JSON document behind it",
            gain: "a reader of streams takes the attacker's", ["D04", "D15"], needs: [.json]
        ) { $0.sendBody($0.body + [0x0A] + $0.body) },
        Tampering(
            "without-last-byte", "A body without its last byte", gain: "a read that stopped early goes unseen",
            ["D04"]
        ) { $0.sendBody(Array($0.body.dropLast())) },
        Tampering(
            "without-first-byte", "A body without its first byte", gain: "a read that started late goes unseen",
            ["D04"]
        ) { $0.sendBody(Array($0.body.dropFirst())) },
        Tampering(
            "cut-in-half", "The first half of a body", gain: "a read that stopped early goes unseen",
            ["D04"]
        ) { $0.sendBody(Array($0.body.prefix($0.body.count / 2))) },
        Tampering(
            "with-bom", "A body with a byte order mark put in front", gain: "decoded bodies share a MAC", ["D09"],
            .low
        ) { $0.sendBody([0xEF, 0xBB, 0xBF] + $0.body) },
    ]

    /// The same JSON, or what a gateway makes of it, in other bytes.
    private static let spellings: [Tampering] = [
        Tampering(
            "with-blank-inside", "A body with a blank added between two tokens",
            gain: "the parsed value is hashed, not what was sent", ["D02"], .medium, needs: [.json]
        ) { $0.sendBody([UInt8(ascii: "{"), 0x20] + $0.body.dropFirst()) },
        Tampering(
            "with-letter-escaped", "A body with a letter written as an escape",
            gain: "the parsed value is hashed, not what was sent", ["D02", "D14"], .medium, needs: [.json]
        ) { draft in
            // The first letter of the first key, right behind the brace and the quote.
            let escape = Array(#"\u00"#.utf8) + Hex.encode(draft.body.dropFirst(2).prefix(1))
            draft.sendBody(draft.body.prefix(2) + escape + draft.body.dropFirst(3))
        },
        Tampering(
            "with-members-reversed", "A body whose members were put in another order",
            gain: "sorted keys are hashed, not what was sent", ["D02", "D13"], .medium, needs: [.json]
        ) { draft in
            draft.sendBody { $0.payload = .object(($0.payload.members ?? []).reversed()) }
        },
        Tampering(
            "with-case-changed", "A body with the case of its letters changed",
            gain: "folded bodies share a MAC", ["D21"], .medium
        ) { $0.sendBody($0.body.map(ASCII.uppercased)) },
        Tampering(
            "as-base64", "The Base64 of a body under the body's signature",
            gain: "what is verified is not what is read", ["D20"], .medium
        ) { $0.sendBody(Base64.encode($0.body)) },
        Tampering(
            "as-json-string", "The body written as one JSON string under the body's signature",
            gain: "what is verified is not what is read", ["D03"], .medium, needs: [.json]
        ) { $0.sendBody(JSON.string(String(decoding: $0.body, as: UTF8.self)).serialized()) },
    ]
}
