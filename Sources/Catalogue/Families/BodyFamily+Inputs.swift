internal import Bytes
internal import ReportModel
internal import Schemes

/// Signatures over what endpoints take for the body.
extension BodyFamily {
    static let foreignInputs: [Case] = inputs.map { input in
        Case(
            "body/signature-of-\(input.name)", .must, .rawBody, input.severity, covers: input.covers, cwe: input.cwe,
            needs: [.signedBody] + input.needs, changes: input.send == nil ? .signedMessage : .signedBody,
            "The signature of \(input.title) is refused in place of that of the body.", why: input.why,
            fix: "Hash the raw bytes of the body as they came, and refuse the request when they are not at hand.",
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
        /// What is sent in place of the plain body.
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

    /// Values that stand for a body which got lost, so that one signature is good for every body.
    private static let constants: [Input] = [
        ("nothing", "", ["D05", "D18"], Profile.smoke), ("undefined", "undefined", ["D05"], .standard),
        ("null", "null", ["D05"], .standard), ("none", "None", ["D05"], .standard), ("nil", "nil", ["D05"], .standard),
        ("empty-object", "{}", ["D05", "D18"], .standard), ("empty-array", "[]", ["D05"], .standard),
        ("object-object", "[object Object]", ["D04"], .standard), ("array", "Array", ["D04"], .standard),
        ("object-promise", "[object Promise]", ["D04"], .standard), ("empty-string", #""""#, ["D05"], .standard),
    ].map { name, text, covers, profile in
        Input(
            name, text.isEmpty ? "no bytes at all" : "the text \(text)", covers, cwe: [345, 636], .high,
            why:
                "The MAC does not depend on the body. One signature seen, or made by an empty request, is good for every "
                + "body that the attacker likes.", profile: profile
        ) { _ in Array(text.utf8) }
    }

    private static let wrappings: [Input] = [
        Input(
            "json-string", "the body written as one JSON string", ["D03"],
            why:
                "The endpoint serialises a text that is JSON already: it refuses its real sender, and accepts who made "
                + "the same mistake."
        ) { JSON.string(String(decoding: $0, as: UTF8.self)).serialized() },
        Input(
            "buffer-json", "the JSON that Node makes of a Buffer", ["D03"],
            why: "JSON.stringify of a Buffer lists its bytes as numbers: the endpoint refuses its real sender."
        ) { body in
            JSON.object([
                JSON.Member("type", "Buffer"), JSON.Member("data", .array(body.map { .number(String($0)) })),
            ]).serialized()
        },
        Input(
            "python-bytes", "what Python's str makes of bytes", ["D03"],
            why: "Python's str(body) is the text b'…', quotes and all: the endpoint refuses its real sender."
        ) { Array("b'".utf8) + $0 + Array("'".utf8) },
        Input(
            "base64", "the Base64 of the body", ["D20"], cwe: [436],
            why: "A gateway handed the body over in Base64, and the endpoint hashes that: it refuses its real sender."
        ) { Base64.encode($0) },
        Input(
            "hex", "the hexadecimal digits of the body", ["D20"], cwe: [436],
            why: "A binary body was made text on the way, and the endpoint hashes that: it refuses its real sender."
        ) { Hex.encode($0) },
        Input(
            "lower-case-body", "the body in lower case", ["D21"], cwe: [178],
            why: "Folding case before hashing makes many bodies share a MAC, and refuses senders that don't fold."
        ) { $0.map(ASCII.lowercased) },
        Input(
            "upper-case-body", "the body in upper case", ["D21"], cwe: [178],
            why: "Folding case before hashing makes many bodies share a MAC, and refuses senders that don't fold."
        ) { $0.map(ASCII.uppercased) },
        Input(
            "first-half", "the first half of the body", ["D04"], cwe: [345], .high,
            why: "What stands behind the bytes that were hashed is the attacker's to write."
        ) { Array($0.prefix($0.count / 2)) },
        Input(
            "body-twice", "the body twice over", ["D04"], cwe: [345], .low,
            why: "A hash that is fed in two places sees the body twice: the endpoint refuses its real sender."
        ) { $0 + $0 },
    ]

    /// Text mode rewrites the ends of lines.
    private static let newlines: [Input] = [
        ("lf-for-crlf", "the body with LF for CR LF", "\r\n", "\r\n", "\n"),
        ("crlf-for-lf", "the body with CR LF for LF", "\n", "\n", "\r\n"),
        ("lf-for-cr", "the body with LF for CR", "\r", "\r", "\n"),
        ("joined-lines", "the body without its line feeds", "\n", "\n", ""),
    ].map { name, title, lineEnd, old, new in
        Input(
            name, title, ["D10"], cwe: [436, 345], .low,
            why: "The body was read in text mode: bodies that differ in their line ends share a MAC, and senders with "
                + "others are refused.", needs: [.json], send: { $0.body = $0.pretty(lineEnd: lineEnd) }
        ) { Rewriting.replacing(old, with: new, in: $0) }
    }

    /// The body was decoded and encoded again before it was hashed.
    private static let decodings: [Input] = [
        Input(
            "replacement-character", "a body with U+FFFD for a byte that is not UTF-8", ["D07"],
            why: "Lossy decoding makes different bodies share a MAC: a captured one can be exchanged for another.",
            needs: [.json], send: { $0.sayExactly([0x61, 0xFF, 0x62]) }
        ) { String(decoding: $0, as: UTF8.self).utf8.map { $0 } },
        Input(
            "another-bad-byte", "a body with FE where FF was sent", ["D07"],
            why: "Lossy decoding makes different bodies share a MAC: a captured one can be exchanged for another.",
            needs: [.json], send: { $0.sayExactly([0x61, 0xFF, 0x62]) }
        ) { $0.map { $0 == 0xFF ? 0xFE : $0 } },
        Input(
            "dropped-bad-byte", "a body without the byte that is not UTF-8", ["D07"],
            why: "Decoding that drops bytes makes different bodies share a MAC.",
            needs: [.json], send: { $0.sayExactly([0x61, 0xFF, 0x62]) }
        ) { $0.filter { $0 != 0xFF } },
        Input(
            "latin-1-reading", "the UTF-8 of a body read as Latin-1", ["D08"],
            why: "Every message with an accent is refused, and one that was mangled on the way passes.",
            needs: [.json], send: { $0.say("café") }
        ) { Array(String(String.UnicodeScalarView($0.map { Unicode.Scalar($0) })).utf8) },
        Input(
            "ascii-reading", "a body with question marks for accents", ["D08"],
            why: "Encoding as ASCII makes bodies share a MAC that differ in any character beyond it.",
            needs: [.json], send: { $0.say("café") }
        ) { Rewriting.replacing("é", with: "?", in: $0) },
        Input(
            "composed-accents", "a body in normalisation form C", ["D08"], cwe: [176, 345],
            why: "Normalising before hashing makes different bodies share a MAC, and refuses senders that don't.",
            needs: [.json], send: { $0.say("cafe\u{301}") }
        ) { Rewriting.replacing("e\u{301}", with: "\u{E9}", in: $0) },
        Input(
            "utf-16", "the body in UTF-16", ["D09"],
            why: "A declared or guessed charset made the endpoint hash another encoding of the text.", needs: [.json]
        ) { String(decoding: $0, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } },
        Input(
            "body-with-bom", "the body with a byte order mark", ["D09"], .low,
            why: "The endpoint writes the text anew with a mark: it refuses its real sender."
        ) { [0xEF, 0xBB, 0xBF] + $0 },
        Input(
            "unescaped-text", "a body with é for its escape", ["D02", "D14"], cwe: [116, 345],
            why: "The endpoint hashes the strings that it parsed: a body can be written anew under one signature.",
            needs: [.json], send: { $0.sayExactly(Array(#"caf\u00e9"#.utf8)) }
        ) { Rewriting.replacing(#"\u00e9"#, with: "é", in: $0) },
        Input(
            "shortened-number", "a body with 1 for the number 1.0", ["D02", "D12"], cwe: [436, 345],
            why: "The endpoint hashes the numbers that it parsed: a body can be written anew under one signature.",
            needs: [.json], send: { $0.addMember("countersign_number", .number("1.0")) }
        ) { Rewriting.replacing(#""countersign_number":1.0"#, with: #""countersign_number":1"#, in: $0) },
        Input(
            "form-decoded-text", "the body read as a form's text", ["D19"], cwe: [436, 345],
            why: "Percent signs and pluses were decoded before hashing: different bodies share a MAC.",
            needs: [.json], send: { $0.say("a%2Bb+c") }
        ) {
            Rewriting.replacing("%2B", with: "+", in: Rewriting.replacing("+", with: " ", in: $0))
        },
    ]
}
