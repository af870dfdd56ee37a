internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// Keys that are made from a secret in another way than the document says.
enum KeySteps {
    static func all(for scheme: Scheme) -> [Step] {
        guard !scheme.signature.algorithm.hasPublicKey else { return [] }
        let documented = documented(scheme.signature.secret)
        return forms.map { form in
            Step(
                Deviation(.key, form.id, actual: form.actual, documented: documented), weight: form.weight,
                .key(form.key))
        }
    }

    private static func documented(_ rule: SecretRule) -> String {
        let decoded = rule.decoding == .utf8 ? "the secret's text" : "the secret decoded from \(rule.decoding.rawValue)"
        return rule.prefix.isEmpty ? decoded : "\(decoded), without its prefix \(rule.prefix)"
    }

    private struct Form: Sendable {
        let id: String
        let actual: String
        let weight: Int
        let key: @Sendable (KeySource) -> [UInt8]?
    }

    private static let forms: [Form] = decoded + spaced + written + derived

    private static let decoded: [Form] = [
        Form(id: "text", actual: "the secret's text as it is", weight: 50) { $0.text },
        Form(id: "without-prefix", actual: "the secret's text without its prefix", weight: 40) { unprefixed($0.text) },
        Form(id: "base64", actual: "the secret decoded from Base64", weight: 40) { base64($0.text) },
        Form(id: "base64-without-prefix", actual: "the secret without its prefix, decoded from Base64", weight: 38) {
            unprefixed($0.text).flatMap(base64)
        },
        Form(id: "hex", actual: "the secret decoded from hexadecimal", weight: 36) { Hex.decode($0.text) },
        Form(id: "hex-without-prefix", actual: "the secret without its prefix, decoded from hexadecimal", weight: 18) {
            unprefixed($0.text).flatMap { Hex.decode($0) }
        },
        Form(id: "twice-base64", actual: "the secret decoded from Base64 twice", weight: 12) {
            base64($0.text).flatMap(base64)
        },
        Form(id: "empty", actual: "an empty key", weight: 25) { _ in [] },
        Form(id: "undefined", actual: "the text undefined as the key", weight: 26) { _ in Array("undefined".utf8) },
        Form(id: "none", actual: "the text None as the key", weight: 26) { _ in Array("None".utf8) },
        Form(id: "null", actual: "the text null as the key", weight: 8) { _ in Array("null".utf8) },
    ]

    private static let spaced: [Form] = [
        Form(id: "newline", actual: "the secret with a line end after it", weight: 38) { $0.text + [0x0A] },
        Form(id: "crlf", actual: "the secret with CR LF after it", weight: 12) { $0.text + [0x0D, 0x0A] },
        Form(id: "trailing-space", actual: "the secret with a space after it", weight: 14) { $0.text + [0x20] },
        Form(id: "leading-space", actual: "the secret with a space before it", weight: 12) { [0x20] + $0.text },
        Form(id: "trimmed", actual: "the secret without white space around it", weight: 30) { Forms.trimmed($0.text) },
        Form(id: "quoted", actual: "the secret in quotation marks", weight: 30) { quoted($0.text, "\"") },
        Form(id: "single-quoted", actual: "the secret in single quotation marks", weight: 22) { quoted($0.text, "'") },
        Form(id: "unquoted", actual: "the secret without its quotation marks", weight: 30) { source in
            let marks = Array("\"'`".utf8)
            guard let first = source.text.first, marks.contains(first), source.text.last == first else { return nil }
            return Array(source.text.dropFirst().dropLast())
        },
    ]

    private static let written: [Form] = [
        Form(id: "as-hex", actual: "the key written in hexadecimal", weight: 16) { Hex.encode($0.key) },
        Form(id: "as-base64", actual: "the key written in Base64", weight: 16) { Base64.encode($0.key) },
        Form(id: "upper-case", actual: "the secret in upper case", weight: 12) { $0.text.map(ASCII.uppercased) },
        Form(id: "lower-case", actual: "the secret in lower case", weight: 12) { $0.text.map(ASCII.lowercased) },
        Form(id: "html-escaped", actual: "the secret escaped for HTML", weight: 12) { Forms.htmlEscaped($0.text) },
        Form(id: "percent-encoded", actual: "the secret encoded for a URL", weight: 12) {
            Forms.percentEncoded($0.text)
        },
        Form(id: "form-decoded", actual: "the secret decoded as a form", weight: 12) { Forms.formDecoded($0.text) },
        Form(id: "python-bytes", actual: "str(secret), the text b'…' with the secret inside", weight: 16) {
            Forms.pythonBytes($0.text)
        },
        Form(id: "utf-16", actual: "the secret in UTF-16", weight: 8) { Forms.utf16($0.text, bigEndian: false) },
    ]

    private static let derived: [Form] = [
        Form(id: "sha256", actual: "the SHA-256 of the secret", weight: 20) { HashFunction.sha256.digest($0.text) },
        Form(id: "sha256-hex", actual: "the SHA-256 of the secret in hexadecimal", weight: 20) {
            Hex.encode(HashFunction.sha256.digest($0.text))
        },
        Form(id: "sha1", actual: "the SHA-1 of the secret", weight: 8) { HashFunction.sha1.digest($0.text) },
        Form(id: "md5-hex", actual: "the MD5 of the secret in hexadecimal", weight: 8) {
            Hex.encode(HashFunction.md5.digest($0.text))
        },
        Form(id: "first-32", actual: "the first 32 bytes of the secret", weight: 12) { source in
            source.text.count > 32 ? Array(source.text.prefix(32)) : nil
        },
        Form(id: "first-64", actual: "the first 64 bytes of the secret", weight: 6) { source in
            source.text.count > 64 ? Array(source.text.prefix(64)) : nil
        },
    ]

    private static func quoted(_ text: [UInt8], _ mark: String) -> [UInt8] {
        Array(mark.utf8) + text + Array(mark.utf8)
    }

    /// Removes a prefix of lower-case letters, digits and underscores up to the last underscore, as in `whsec_`.
    static func unprefixed(_ text: [UInt8]) -> [UInt8]? {
        let head = text.prefix(16)
        guard let end = head.lastIndex(of: UInt8(ascii: "_")), end > 0,
            head[..<end].allSatisfy({ (0x61...0x7A).contains($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "_") })
        else { return nil }
        return Array(text[(end + 1)...])
    }

    /// Decodes Base64 of either alphabet, with or without padding.
    static func base64(_ text: [UInt8]) -> [UInt8]? {
        guard !text.isEmpty else { return nil }
        let plain = Array(text.prefix { $0 != UInt8(ascii: "=") })
        let url = plain.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return Base64.decode(url, alphabet: .url)
    }
}
