internal import Bytes
// For the normal forms of Unicode. Foundation has them too, and with them 40 MB of data about languages.
@_spi(_Unicode) internal import Swift

/// What programs make of bytes that they should leave alone. Each returns `nil` where it does not apply.
enum Forms {
    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { !isWhiteSpace($0) }),
            let last = bytes.lastIndex(where: { !isWhiteSpace($0) })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// Replaces every occurrence; `nil` when there is none.
    static func replacing(_ old: [UInt8], _ new: [UInt8], _ bytes: [UInt8]) -> [UInt8]? {
        var out = [UInt8]()
        var place = 0
        var isChanged = false
        while place < bytes.count {
            if bytes[place] == old[0], bytes[place...].starts(with: old) {
                out += new
                place += old.count
                isChanged = true
            } else {
                out.append(bytes[place])
                place += 1
            }
        }
        return isChanged ? out : nil
    }

    // MARK: Characters

    static func normalised(_ bytes: [UInt8], composed: Bool) -> [UInt8]? {
        guard bytes.contains(where: { $0 >= 0x80 }), let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        var form = String.UnicodeScalarView()
        if composed { form.append(contentsOf: text._nfc) } else { form.append(contentsOf: text._nfd) }
        return Array(String(form).utf8)
    }

    static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8]? {
        String(validating: bytes, as: UTF8.self).map { text in
            text.utf16.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
    }

    static func mojibake(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
        return bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
    }

    static func latin1(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(where: { $0 >= 0x80 }), let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.value < 0x100 })
        else { return nil }
        return text.unicodeScalars.map { UInt8($0.value) }
    }

    static func asciiOnly(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(where: { $0 >= 0x80 }), let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        return text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }
    }

    // MARK: The web

    private static let entities: [(UInt8, String)] = [
        (UInt8(ascii: "&"), "&amp;"), (UInt8(ascii: "<"), "&lt;"), (UInt8(ascii: ">"), "&gt;"),
        (UInt8(ascii: "\""), "&quot;"), (UInt8(ascii: "'"), "&#39;"),
    ]

    static func htmlEscaped(_ bytes: [UInt8]) -> [UInt8]? {
        let out = bytes.flatMap { byte in entities.first { $0.0 == byte }.map { Array($0.1.utf8) } ?? [byte] }
        return out.count == bytes.count ? nil : out
    }

    static func htmlUnescaped(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(UInt8(ascii: "&")) else { return nil }
        let out = entities.reversed().reduce(bytes) { replacing(Array($1.1.utf8), [$1.0], $0) ?? $0 }
        return out.count == bytes.count ? nil : out
    }

    /// Percent-decodes, with a space for each plus sign.
    static func formDecoded(_ bytes: [UInt8]) -> [UInt8]? {
        var out = [UInt8]()
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%"), place + 2 < bytes.count,
                let value = Hex.decode(bytes[(place + 1)...(place + 2)])
            {
                out += value
                place += 3
            } else {
                out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                place += 1
            }
        }
        return out == bytes ? nil : out
    }

    /// The decoded value of a form's field.
    static func formValue(of name: String, in bytes: [UInt8]) -> [UInt8]? {
        let mark = Array("\(name)=".utf8)
        let field = ASCII.split(bytes, separator: UInt8(ascii: "&")).first { $0.starts(with: mark) }
        return field.map { Array($0.dropFirst(mark.count)) }.map { formDecoded($0) ?? $0 }
    }

    /// As JavaScript's `encodeURIComponent` does it.
    static func percentEncoded(_ bytes: [UInt8]) -> [UInt8]? {
        let out = bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: [byte]
            case _ where "-_.!~*'()".utf8.contains(byte): [byte]
            default: [UInt8(ascii: "%")] + Hex.encode([byte]).map(ASCII.uppercased)
            }
        }
        return out.count == bytes.count ? nil : out
    }

    // MARK: Values of a language as text

    /// `str` of what `json.loads` returns.
    static func pythonText(_ value: JSON) -> String {
        switch value {
        case .null: "None"
        case .bool(let value): value ? "True" : "False"
        case .number(let text): text
        case .string(let text): pythonQuoted(text)
        case .array(let elements): "[" + elements.map(pythonText).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(pythonQuoted($0.key)): \(pythonText($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    private static func pythonQuoted(_ text: String) -> String {
        let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
            .replacing("\t", with: "\\t")
        return quote + (quote == "'" ? escaped.replacing("'", with: "\\'") : escaped) + quote
    }

    /// `str` of a `bytes` value.
    static func pythonBytes(_ bytes: [UInt8]) -> [UInt8] {
        let hasSingle = bytes.contains(UInt8(ascii: "'"))
        let quote = hasSingle && !bytes.contains(UInt8(ascii: "\"")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        var out: [UInt8] = [UInt8(ascii: "b"), quote]
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0D: out += "\\r".utf8
            case 0x09: out += "\\t".utf8
            case quote: out += [UInt8(ascii: "\\"), byte]
            case 0x20...0x7E: out.append(byte)
            default: out += Array("\\x".utf8) + Hex.encode([byte])
            }
        }
        return out + [quote]
    }

    /// `to_s` of what `JSON.parse` returns, before Ruby 3.4.
    static func rubyText(_ value: JSON) -> String {
        switch value {
        case .null: "nil"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): String(decoding: JSON.string(text).serialized(), as: UTF8.self)
        case .array(let elements): "[" + elements.map(rubyText).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(rubyText(.string($0.key)))=>\(rubyText($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}
