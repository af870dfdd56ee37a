internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// The forms that bodies are found in when they are no longer what was sent.
enum BodySteps {
    static let all: [Step] = serialisers + edges + texts + readings + encodings + pieces

    /// Whatever parsed the body and wrote it again.
    static let serialisers: [Step] = Serialiser.all.enumerated().map { place, serialiser in
        step(serialiser.id, "\(serialiser.title) in place of the body", weight: max(20, 60 - 3 * place)) {
            $0.json.map(serialiser.serialise)
        }
    }

    /// White space and line ends.
    static let edges: [Step] = [
        step("without-last-newline", "the body without its last line end", weight: 40) { body in
            guard body.bytes.last == 0x0A else { return nil }
            let end = body.bytes.dropLast()
            return Array(end.last == 0x0D ? end.dropLast() : end)
        },
        step("trimmed", "the body without white space around it", weight: 35) { Forms.trimmed($0.bytes) },
        step("with-newline", "the body and a line end", weight: 34) { $0.bytes + [0x0A] },
        step("with-crlf", "the body and CR LF", weight: 20) { $0.bytes + [0x0D, 0x0A] },
        step("lf", "the body with LF where CR LF was sent", weight: 30) {
            Forms.replacing([0x0D, 0x0A], [0x0A], $0.bytes)
        },
        step("crlf", "the body with CR LF where LF was sent", weight: 25) { body in
            Forms.replacing([0x0A], [0x0D, 0x0A], Forms.replacing([0x0D, 0x0A], [0x0A], body.bytes) ?? body.bytes)
        },
        step("bom", "the body with a byte order mark before it", weight: 12) { [0xEF, 0xBB, 0xBF] + $0.bytes },
        step("without-bom", "the body without its byte order mark", weight: 25) { body in
            body.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.bytes.dropFirst(3)) : nil
        },
        step("without-white-space", "the body without any white space", weight: 12) { body in
            body.bytes.filter { !Forms.isWhiteSpace($0) }
        },
    ]

    /// The same for every body.
    static let texts: [Step] = [
        ("empty", "nothing in place of the body", "", 45),
        ("object-object", "the text [object Object]", "[object Object]", 40),
        ("undefined", "the text undefined in place of the body", "undefined", 25),
        ("null", "the text null in place of the body", "null", 20),
        ("none", "the text None in place of the body", "None", 18),
        ("braces", "the text {} in place of the body", "{}", 22),
        ("array", "the text Array in place of the body", "Array", 12),
        ("empty-bytes", "the text b'' in place of the body", "b''", 10),
    ].map { id, actual, text, weight in step(id, actual, weight: weight) { _ in Array(text.utf8) } }

    /// A value of the language in place of its bytes.
    static let readings: [Step] = [
        step("python-repr", "str(json.loads(body)) in place of the body", weight: 24) { body in
            body.json.map { Array(Forms.pythonText($0).utf8) }
        },
        step("python-bytes", "str(body), the text b'…' with the body inside", weight: 26) {
            Forms.pythonBytes($0.bytes)
        },
        step("ruby-inspect", "the parsed body as Ruby's to_s writes it", weight: 12) { body in
            body.json.map { Array(Forms.rubyText($0).utf8) }
        },
        step("json-string", "the body encoded once more, as a JSON string", weight: 28) { body in
            JSON.string(String(decoding: body.bytes, as: UTF8.self)).serialized()
        },
        step("escaped-slashes", "the body with \\/ for /", weight: 14) {
            Forms.replacing([0x2F], [0x5C, 0x2F], $0.bytes)
        },
        step("plain-slashes", "the body with / for \\/", weight: 14) {
            Forms.replacing([0x5C, 0x2F], [0x2F], $0.bytes)
        },
        step("html-escaped", "the body escaped for HTML", weight: 12) { Forms.htmlEscaped($0.bytes) },
        step("html-unescaped", "the body with its HTML entities resolved", weight: 10) {
            Forms.htmlUnescaped($0.bytes)
        },
        step("form-decoded", "the body decoded as a form", weight: 18) { Forms.formDecoded($0.bytes) },
        step("form-value", "the value of payload= alone, decoded", weight: 18) {
            Forms.formValue(of: "payload", in: $0.bytes)
        },
        step("percent-encoded", "the body encoded for a URL", weight: 12) { Forms.percentEncoded($0.bytes) },
    ]

    /// Other characters for the same text.
    static let encodings: [Step] = [
        step("nfc", "the body in Unicode's composed form (NFC)", weight: 14) {
            Forms.normalised($0.bytes, composed: true)
        },
        step("nfd", "the body in Unicode's decomposed form (NFD)", weight: 8) {
            Forms.normalised($0.bytes, composed: false)
        },
        step("utf-16le", "the body in UTF-16, the low byte first", weight: 14) {
            Forms.utf16($0.bytes, bigEndian: false)
        },
        step("utf-16be", "the body in UTF-16, the high byte first", weight: 8) {
            Forms.utf16($0.bytes, bigEndian: true)
        },
        step("mojibake", "the body read as Latin-1 and written as UTF-8", weight: 22) { Forms.mojibake($0.bytes) },
        step("latin-1", "the body in Latin-1", weight: 14) { Forms.latin1($0.bytes) },
        step("question-marks", "the body with ? for every character beyond ASCII", weight: 12) {
            Forms.asciiOnly($0.bytes)
        },
        step("replaced", "the body with U+FFFD for bytes that are not UTF-8", weight: 18) {
            Array(String(decoding: $0.bytes, as: UTF8.self).utf8)
        },
        step("base64", "the body in Base64", weight: 18) { Base64.encode($0.bytes) },
        step("hex", "the body in hexadecimal", weight: 12) { Hex.encode($0.bytes) },
        step("sha256-hex", "the SHA-256 of the body in hexadecimal", weight: 22) {
            Hex.encode(HashFunction.sha256.digest($0.bytes))
        },
        step("sha256-base64", "the SHA-256 of the body in Base64", weight: 10) {
            Base64.encode(HashFunction.sha256.digest($0.bytes))
        },
        step("md5-hex", "the MD5 of the body in hexadecimal", weight: 8) {
            Hex.encode(HashFunction.md5.digest($0.bytes))
        },
    ]

    /// The beginning of a long body: the first piece that was read.
    static let pieces: [Step] = [1024, 1460, 4096, 8192, 16_384, 65_536].map { count in
        step("first-\(count)", "the first \(count) bytes of the body", weight: 15) { body in
            body.bytes.count > count ? Array(body.bytes.prefix(count)) : nil
        }
    }

    /// The members of a body, each alone. They depend on the body, so they are no part of the list.
    static func members(of body: JSON?) -> [Step] {
        (body?.members ?? []).prefix(20).map { member in
            let name = String(printable(member.key).prefix(40))
            return step("member-\(name)", "JSON.stringify(body.\(name)) in place of the body", weight: 9) { body in
                body.json?[member.key].map { $0.string.map { Array($0.utf8) } ?? javaScript.serialise($0) }
            }
        }
    }

    private static let javaScript = Serialiser.all[0]

    private static func step(
        _ id: String, _ actual: String, weight: Int, _ form: @escaping @Sendable (BodySource) -> [UInt8]?
    ) -> Step {
        Step(Deviation(.body, id, actual: actual, documented: "the body as it is sent"), weight: weight, .body(form))
    }
}
