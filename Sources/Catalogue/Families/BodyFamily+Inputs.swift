internal import Bytes
internal import ReportModel
internal import Schemes

/// Signatures over what endpoints mistake for the body.
extension BodyFamily {
    static let foreignInputs: [Case] = inputs.map { input in
        Case(
            "body/signature-of-\(input.name)", .must, .rawBody, input.severity, covers: input.covers, cwe: input.cwe,
            needs: [.signedBody] + input.needs, changes: input.send == nil ? .signedMessage : .signedBody,
            "The signature of \(input.title) is rejected in place of the body's own.", why: input.why,
            fix: "Hash the raw bytes of the body exactly as received, and reject the request when they are not "
                + "available.",
            expect: .rejected, profile: input.profile
        ) { draft in
            input.send?(&draft)
            draft.signBody(as: input.text(draft.body))
        }
    }

    private struct Input {
        let name: String
        let title: String
        let covers: [String]
        let cwe: [Int]
        let severity: Severity
        let why: String
        let needs: [Requirement]
        let profile: Profile
        /// The body that is sent instead of the plain one.
        let send: (@Sendable (inout Draft) -> Void)?
        let text: @Sendable ([UInt8]) -> [UInt8]

        init(
            _ name: String, _ title: String, _ covers: [String], cwe: [Int] = [838, 345],
            _ severity: Severity = .medium,
            why: String, needs: [Requirement] = [], profile: Profile = .standard,
            send: (@Sendable (inout Draft) -> Void)? = nil, text: @escaping @Sendable ([UInt8]) -> [UInt8]
        ) {
            self.name = name
            self.title = title
            self.covers = covers
            self.cwe = cwe
            self.severity = severity
            self.why = why
            self.needs = needs
            self.profile = profile
            self.send = send
            self.text = text
        }
    }

    private static let inputs: [Input] = constants + wrappings + newlines + decodings

    /// Values that replace a lost body, so that one signature is valid for every body.
    private static let constants: [Input] = [
        ("nothing", "", ["D05", "D18"], Profile.smoke), ("undefined", "undefined", ["D05"], .standard),
        ("null", "null", ["D05"], .standard), ("none", "None", ["D05"], .standard), ("nil", "nil", ["D05"], .standard),
        ("empty-object", "{}", ["D05", "D18"], .standard), ("empty-array", "[]", ["D05"], .standard),
        ("object-object", "[object Object]", ["D04"], .standard), ("array", "Array", ["D04"], .standard),
        ("object-promise", "[object Promise]", ["D04"], .standard), ("empty-string", #""""#, ["D05"], .standard),
    ].map { name, text, covers, profile in
        Input(
            name, text.isEmpty ? "an empty body" : "the text \(text)", covers, cwe: [345, 636], .high,
            why:
                "The MAC does not depend on the body. A single signature, captured or made for an empty request, "
                + "is valid for any body an attacker likes.", profile: profile
        ) { _ in Array(text.utf8) }
    }

    private static let wrappings: [Input] = [
        Input(
            "json-string", "the body written as one JSON string", ["D03"],
            why:
                "The endpoint serialises text that is already JSON. It rejects its real sender, and accepts one "
                + "that makes the same mistake."
        ) { JSON.string(String(decoding: $0, as: UTF8.self)).serialized() },
        Input(
            "buffer-json", "Node's JSON of a Buffer", ["D03"],
            why: "JSON.stringify lists the bytes of a Buffer as numbers, so the endpoint rejects its real sender."
        ) { body in
            JSON.object([
                JSON.Member("type", "Buffer"), JSON.Member("data", .array(body.map { .number(String($0)) })),
            ]).serialized()
        },
        Input(
            "python-bytes", "Python's str() of the bytes", ["D03"],
            why: "Python's str(body) is the text b'…', quotes included, so the endpoint rejects its real sender."
        ) { Array("b'".utf8) + $0 + Array("'".utf8) },
        Input(
            "base64", "the Base64 of the body", ["D20"], cwe: [436],
            why: "A gateway passed on the body in Base64, and the endpoint hashes that. It rejects its real sender."
        ) { Base64.encode($0) },
        Input(
            "hex", "the hexadecimal digits of the body", ["D20"], cwe: [436],
            why: "A binary body was converted to text on the way, and the endpoint hashes that. It rejects its real "
                + "sender."
        ) { Hex.encode($0) },
        Input(
            "lower-case-body", "the body in lower case", ["D21"], cwe: [178],
            why: "With case folded before hashing, many bodies share a MAC, and senders that do not fold are rejected."
        ) { $0.map(ASCII.lowercased) },
        Input(
            "upper-case-body", "the body in upper case", ["D21"], cwe: [178],
            why: "With case folded before hashing, many bodies share a MAC, and senders that do not fold are rejected."
        ) { $0.map(ASCII.uppercased) },
        Input(
            "first-half", "the first half of the body", ["D04"], cwe: [345], .high,
            why: "An attacker can write anything after the bytes that were hashed."
        ) { Array($0.prefix($0.count / 2)) },
        Input(
            "body-twice", "the body repeated twice", ["D04"], cwe: [345], .low,
            why: "A hash that is fed in two places sees the body twice, so the endpoint rejects its real sender."
        ) { $0 + $0 },
    ]

    /// Text mode rewrites newlines.
    private static let newlines: [Input] = [
        ("lf-for-crlf", "the body with LF for CR LF", "\r\n", "\r\n", "\n"),
        ("crlf-for-lf", "the body with CR LF for LF", "\n", "\n", "\r\n"),
        ("lf-for-cr", "the body with LF for CR", "\r", "\r", "\n"),
        ("joined-lines", "the body without its newlines", "\n", "\n", ""),
    ].map { name, title, lineEnd, old, new in
        Input(
            name, title, ["D10"], cwe: [436, 345], .low,
            why: "The body was read in text mode. Bodies that differ only in newlines share a MAC, and senders with "
                + "other newlines are rejected.", needs: [.json], send: { $0.body = $0.pretty(lineEnd: lineEnd) }
        ) { Rewriting.replacing(old, with: new, in: $0) }
    }

    /// The body was decoded and re-encoded before hashing.
    private static let decodings: [Input] = [
        Input(
            "replacement-character", "a body with U+FFFD in place of a byte that is not UTF-8", ["D07"],
            why: "With lossy decoding, different bodies share a MAC, so a captured body can be replaced by another.",
            needs: [.json], send: { $0.sayExactly([0x61, 0xFF, 0x62]) }
        ) { String(decoding: $0, as: UTF8.self).utf8.map { $0 } },
        Input(
            "another-bad-byte", "a body with FE where FF was sent", ["D07"],
            why: "With lossy decoding, different bodies share a MAC, so a captured body can be replaced by another.",
            needs: [.json], send: { $0.sayExactly([0x61, 0xFF, 0x62]) }
        ) { $0.map { $0 == 0xFF ? 0xFE : $0 } },
        Input(
            "dropped-bad-byte", "a body without the byte that is not UTF-8", ["D07"],
            why: "If decoding drops bytes, different bodies share a MAC.",
            needs: [.json], send: { $0.sayExactly([0x61, 0xFF, 0x62]) }
        ) { $0.filter { $0 != 0xFF } },
        Input(
            "latin-1-reading", "the UTF-8 of a body read as Latin-1", ["D08"],
            why: "Every message with an accent is rejected, and one that was garbled on the way passes.",
            needs: [.json], send: { $0.say("café") }
        ) { Array(String(String.UnicodeScalarView($0.map { Unicode.Scalar($0) })).utf8) },
        Input(
            "ascii-reading", "a body with question marks in place of accented letters", ["D08"],
            why: "Encoded as ASCII, bodies that differ in any other character share a MAC.",
            needs: [.json], send: { $0.say("café") }
        ) { Rewriting.replacing("é", with: "?", in: $0) },
        Input(
            "composed-accents", "a body in normalisation form C", ["D08"], cwe: [176, 345],
            why: "With normalisation before hashing, different bodies share a MAC, and senders that do not normalise "
                + "are rejected.",
            needs: [.json], send: { $0.say("cafe\u{301}") }
        ) { Rewriting.replacing("e\u{301}", with: "\u{E9}", in: $0) },
        Input(
            "utf-16", "the body in UTF-16", ["D09"],
            why: "A declared or guessed charset makes the endpoint hash another encoding of the text.", needs: [.json]
        ) { String(decoding: $0, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } },
        Input(
            "body-with-bom", "the body with a byte order mark", ["D09"], .low,
            why: "The endpoint writes the text again with a byte order mark, so it rejects its real sender."
        ) { [0xEF, 0xBB, 0xBF] + $0 },
        Input(
            "unescaped-text", "a body with é in place of its escape", ["D02", "D14"], cwe: [116, 345],
            why: "The endpoint hashes the strings it parsed, so an attacker can rewrite the body under the same "
                + "signature.",
            needs: [.json], send: { $0.sayExactly(Array(#"caf\u00e9"#.utf8)) }
        ) { Rewriting.replacing(#"\u00e9"#, with: "é", in: $0) },
        Input(
            "shortened-number", "a body with 1 in place of the number 1.0", ["D02", "D12"], cwe: [436, 345],
            why: "The endpoint hashes the numbers it parsed, so an attacker can rewrite the body under the same "
                + "signature.",
            needs: [.json], send: { $0.addMember("countersign_number", .number("1.0")) }
        ) { Rewriting.replacing(#""countersign_number":1.0"#, with: #""countersign_number":1"#, in: $0) },
        Input(
            "form-decoded-text", "the body decoded as form text", ["D19"], cwe: [436, 345],
            why: "Percent signs and pluses are decoded before hashing, so different bodies share a MAC.",
            needs: [.json], send: { $0.say("a%2Bb+c") }
        ) {
            Rewriting.replacing("%2B", with: "+", in: Rewriting.replacing("+", with: " ", in: $0))
        },
    ]
}
