internal import Bytes
internal import ReportModel
internal import Schemes

/// The raw bytes of the body against everything endpoints hash instead.
enum BodyFamily {
    static let cases: [Case] =
        rewritten + spacing + values + tampered + [emptyObjectForNothing] + foreignInputs + encodings
}

/// Bodies with unusual formatting, each signed over its own bytes: D01, and D10 to D14 one by one.
extension BodyFamily {
    static let spacing: [Case] = spacings.map { spacing in
        Case(
            "body/\(spacing.name)-accepted", .must, .rawBody, .high, covers: ["D01"] + spacing.covers, cwe: [436, 345],
            needs: [.json], changes: .signedBody, "A valid request whose body has \(spacing.title) is accepted.",
            why: "The endpoint hashes a body that it serialised itself, so it rejects every sender that formats JSON "
                + "differently.",
            fix: "Hash the raw bytes of the body before you parse or trim them.", expect: .accepted
        ) { draft in draft.body = spacing.write(draft) }
    }

    private struct Spacing {
        let name: String
        let title: String
        let covers: [String]
        let write: @Sendable (Draft) -> [UInt8]

        init(
            _ name: String, _ title: String, _ covers: [String] = [], write: @escaping @Sendable (Draft) -> [UInt8]
        ) {
            self.name = name
            self.title = title
            self.covers = covers
            self.write = write
        }
    }

    private static let spacings: [Spacing] = [
        Spacing("line-feeds", "lines that end with LF", ["D10"]) { $0.pretty(lineEnd: "\n") },
        Spacing("crlf", "lines that end with CR LF", ["D10"]) { $0.pretty(lineEnd: "\r\n") },
        Spacing("lone-cr", "lines that end with CR", ["D10"]) { $0.pretty(lineEnd: "\r") },
        Spacing("trailing-newline", "a trailing newline", ["D11"]) { $0.body + [0x0A] },
        Spacing("trailing-crlf", "a trailing CR LF", ["D10", "D11"]) { $0.body + [0x0D, 0x0A] },
        Spacing("trailing-spaces", "trailing whitespace", ["D11"]) { $0.body + [0x20, 0x20, 0x09] },
        Spacing("leading-space", "a leading space", ["D11"]) { [0x20] + $0.body },
        Spacing("leading-newline", "a leading newline", ["D11"]) { [0x0A] + $0.body },
        Spacing("tabs", "tabs between its tokens") { $0.pretty(lineEnd: "\t") },
        Spacing("odd-spacing", "spacing that no serialiser produces") { $0.oddlySpaced },
    ]

    static let values: [Case] =
        numbers + escapes + [
            Case(
                "body/members-reversed-accepted", .must, .rawBody, .high, covers: ["D13"], cwe: [436], needs: [.json],
                changes: .signedBody, "A valid request whose members are in reverse order is accepted.",
                why: "An endpoint that sorts keys, or keeps them in a hash map, hashes a different text from the one "
                    + "sent.",
                fix: "Hash the raw bytes of the body.", expect: .accepted
            ) { draft in
                draft.payload = reversed(draft.payload)
            },
            Case(
                "body/keys-like-integers-accepted", .should, .rawBody, .medium, covers: ["D13"], cwe: [436],
                needs: [.json], changes: .signedBody,
                "A valid request with the keys 10 and 9, in this order, is accepted.",
                why:
                    "JavaScript moves keys that look like integers to the front and sorts them, so the text it "
                    + "writes is different.",
                fix: "Hash the raw bytes of the body.", expect: .accepted
            ) { $0.addMember("countersign_keys", ["b": 1, "10": 1, "9": 2, "a": 2]) },
            Case(
                "body/duplicate-key-decided", .must, .payload, .medium, covers: ["D15"], cwe: [436, 694],
                needs: [.json], changes: .signedBody,
                "A correctly signed body with a duplicate key is accepted or "
                    + "rejected without an error.",
                why: "Two readers of one body may see two values. If the endpoint crashes on it, the sender retries "
                    + "for hours.",
                fix: "Reject duplicate keys, or parse the body once and use that value everywhere.", expect: .either
            ) { draft in draft.body = withDuplicate(of: draft, text: draft.context.text, inFront: false) },
        ]

    /// Numbers that serialisers rewrite.
    private static let numbers: [Case] =
        [
            ("one-point-zero", "1.0"), ("trailing-zero", "1.50"), ("exponent", "1e2"),
            ("upper-case-exponent", "1.5E-7"),
            ("tiny", "0.1e-6"), ("long-fraction", "0.30000000000000004"), ("beyond-2-to-53", "9007199254740993"),
            ("beyond-64-bits", "12345678901234567890"), ("negative-zero", "-0"),
        ].map { name, text in
            Case(
                "body/number-\(name)-accepted", .should, .rawBody, .medium, covers: ["D12"], cwe: [436], needs: [.json],
                changes: .signedBody, "A valid request with the number \(text) is accepted.",
                why: "Parsers turn \(text) into a machine number and write it back in another form or with another "
                    + "value.",
                fix: "Hash the raw bytes of the body.", expect: .accepted
            ) { $0.addMember("countersign_number", .number(text)) }
        } + [
            Case(
                "body/number-beyond-a-double-decided", .should, .payload, .low, covers: ["D12"], cwe: [436, 755],
                needs: [.json], changes: .signedBody,
                "A correctly signed body with the number 1E400 is accepted or "
                    + "rejected without an error.",
                why: "Some parsers make it infinity, some null, and some throw an error that nothing catches.",
                fix: "Answer a number that you can't represent with a 4xx status.", expect: .either
            ) { $0.addMember("countersign_number", .number("1E400")) }
        ]

    private static func reversed(_ value: JSON) -> JSON {
        guard let members = value.members else { return value }
        return .object(members.reversed().map { JSON.Member($0.key, reversed($0.value)) })
    }
}

/// Strings that serialisers rewrite.
extension BodyFamily {
    private static let escapes: [Case] =
        [
            ("letter", "an ASCII letter as an escape", #"\u0043"#), ("accent", "an escaped accent", #"caf\u00e9"#),
            ("upper-case-digits", "an escape in upper case", #"caf\u00E9"#), ("slash", "an escaped slash", #"a\/b"#),
            ("html", "escaped angle brackets", #"\u003cb\u003e\u0026"#),
            ("emoji", "escaped surrogates", #"\ud83d\ude00"#),
            ("short", "every short escape", #"\"\\\b\f\n\r\t"#), ("delete", "an escaped U+007F", #"\u007f"#),
            ("line-separator", "an escaped U+2028", #"\u2028"#),
        ].map { name, title, content in
            Case(
                "body/escaped-\(name)-accepted", .must, .rawBody, .medium, covers: ["D14"], cwe: [116, 436],
                needs: [.json], changes: .signedBody, "A valid request whose text has \(title) is accepted.",
                why:
                    "A JSON string has many spellings. An endpoint that re-serialises it picks a different one "
                    + "from the sender's.",
                fix: "Hash the raw bytes of the body.", expect: .accepted
            ) { $0.sayExactly(Array(content.utf8)) }
        }
        + [
            ("escaped-nul", "an escaped U+0000", Array(#"a\u0000b"#.utf8), ["D08", "D14"]),
            ("lone-surrogate", "half of a surrogate pair", Array(#"a\ud83db"#.utf8), ["D14"]),
            ("byte-ff", "a byte that is not UTF-8", [0x61, 0xFF, 0x62], ["D07"]),
            ("overlong-slash", "an overlong slash in UTF-8", [0x61, 0xC0, 0xAF, 0x62], ["D07"]),
            ("cut-character", "half of a character in UTF-8", [0x61, 0xE2, 0x82], ["D07"]),
            ("raw-control-character", "a control character that JSON forbids", [0x61, 0x01, 0x62], ["D14"]),
        ].map { name, title, content, covers in
            Case(
                "body/\(name)-decided", .should, .payload, .low, covers: covers, cwe: [838, 755], needs: [.json],
                changes: .signedBody, "A correctly signed body with \(title) is accepted or rejected without an error.",
                why:
                    "The signature verifies, but databases and parsers reject such text. After an unhandled "
                    + "error the sender retries for hours.",
                fix: "Verify the raw bytes, and answer text that you can't store with a 4xx status.", expect: .either
            ) { $0.sayExactly(content) }
        }

    /// The body with the first text member of its top-level object written a second time, by hand.
    static func withDuplicate(of draft: Draft, text: String, inFront: Bool) -> [UInt8] {
        guard let member = draft.payload.members?.first(where: { $0.value.string != nil }) else { return draft.body }
        let copy = JSON.object([JSON.Member(member.key, .string(text))]).serialized().dropFirst().dropLast()
        return inFront
            ? [UInt8(ascii: "{")] + copy + [UInt8(ascii: ",")] + draft.body.dropFirst()
            : draft.body.dropLast() + [UInt8(ascii: ",")] + copy + [UInt8(ascii: "}")]
    }
}

extension Draft {
    /// The payload over several lines.
    func pretty(lineEnd: String) -> [UInt8] {
        let lines = Serialiser.named("pretty-2")?.serialise(payload) ?? body
        return Rewriting.replacing("\n", with: lineEnd, in: lines)
    }

    /// The payload in spacing that no serialiser produces, so that it differs from the output of each of them.
    var oddlySpaced: [UInt8] { Rewriting.replacing("\n", with: "\n ", in: pretty(lineEnd: "\n")) }
}
