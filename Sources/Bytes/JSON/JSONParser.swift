extension JSON {
    /// Why a text is not JSON, and where.
    package struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was expected or found.
        package let reason: String
        /// Byte offset from the start of the text.
        package let offset: Int
        /// Line, from 1.
        package let line: Int
        /// Column in bytes, from 1.
        package let column: Int

        /// The position and the reason in one line.
        package var description: String { "line \(line), column \(column): \(reason)" }
    }

    /// Reads one JSON text (RFC 8259), strictly: no comments, no trailing commas, nothing after the value.
    ///
    /// - Parameters:
    ///   - text: the bytes, in UTF-8 without a byte-order mark.
    ///   - maximumDepth: how deep arrays and objects may nest, so that hostile input can't exhaust the stack.
    ///  - allowsComments: whether `//` to the end of a line and `/* … */` count as whitespace, as in files written by
    ///  hand.
    /// - Throws: `SyntaxError` with the position of the first mistake.
    package static func parse(
        _ text: some Collection<UInt8>, maximumDepth: Int = 512, allowsComments: Bool = false
    ) throws(SyntaxError) -> JSON {
        var parser = JSONParser(text: Array(text), maximumDepth: maximumDepth, allowsComments: allowsComments)
        return try parser.document()
    }
}

private struct JSONParser {
    let text: [UInt8]
    let maximumDepth: Int
    let allowsComments: Bool
    var position = 0
    var depth = 0

    init(text: [UInt8], maximumDepth: Int, allowsComments: Bool) {
        self.text = text
        self.maximumDepth = maximumDepth
        self.allowsComments = allowsComments
    }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    mutating func document() throws(JSON.SyntaxError) -> JSON {
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { throw error("there is a byte-order mark before the value") }
        let value = try value()
        skipSpace()
        guard position == text.count else { throw error("something follows the value") }
        return value
    }

    private mutating func value() throws(JSON.SyntaxError) -> JSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("the text ends where a value was expected")
        case let byte? where byte == UInt8(ascii: "-") || ASCII.isDigit(byte): return .number(try number())
        default: throw error("expected a value")
        }
    }

    private mutating func object() throws(JSON.SyntaxError) -> JSON {
        try open()
        var members = [JSON.Member]()
        skipSpace()
        if take(UInt8(ascii: "}")) { return close(.object([])) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("expected ':' after the key") }
            members.append(JSON.Member(key, try value()))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("expected ',' or '}' in the object") }
        return close(.object(members))
    }

    private mutating func array() throws(JSON.SyntaxError) -> JSON {
        try open()
        var elements = [JSON]()
        skipSpace()
        if take(UInt8(ascii: "]")) { return close(.array([])) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("expected ',' or ']' in the array") }
        return close(.array(elements))
    }

    private mutating func open() throws(JSON.SyntaxError) {
        depth += 1
        guard depth <= maximumDepth else { throw error("more than \(maximumDepth) levels deep") }
        position += 1
    }

    private mutating func close(_ value: JSON) -> JSON {
        depth -= 1
        return value
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSON.SyntaxError) -> JSON {
        guard text[position...].starts(with: word.utf8) else { throw error("expected a value") }
        position += word.utf8.count
        return value
    }

    /// RFC 8259 §6: no leading zero, no bare point, no plus sign.
    private mutating func number() throws(JSON.SyntaxError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        if let next, ASCII.isDigit(next) { throw error("a number has a leading zero") }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSON.SyntaxError) {
        let start = position
        while let next, ASCII.isDigit(next) { position += 1 }
        guard position > start else { throw error("expected a digit") }
    }

    private mutating func string() throws(JSON.SyntaxError) -> String {
        position += 1
        let start = position
        // What comes before the last escape, and where the rest begins: most strings have no escape.
        var bytes = [UInt8]()
        var rest = position
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let end = text[rest..<position]
                let result = String(validating: bytes.isEmpty ? end : bytes + end, as: UTF8.self)
                guard let result else {
                    position = start
                    throw error("the string is not valid UTF-8")
                }
                position += 1
                return result
            case UInt8(ascii: "\\"):
                bytes += text[rest..<position]
                position += 1
                bytes += try escape()
                rest = position
            case 0..<0x20: throw error("a string contains an unescaped control character")
            default: position += 1
            }
        }
        throw error("the text ends inside a string")
    }

    private mutating func escape() throws(JSON.SyntaxError) -> [UInt8] {
        guard let byte = next else { throw error("the text ends inside an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default:
            position -= 1
            throw error("unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSON.SyntaxError) -> [UInt8] {
        let unit = try hexUnit()
        guard (0xD800...0xDBFF).contains(unit) else {
            return Array(String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
        }
        let afterHigh = position
        if take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let low = try hexUnit()
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            {
                return Array(String(scalar).utf8)
            }
        }
        position = afterHigh
        return Array("\u{FFFD}".utf8)
    }

    private mutating func hexUnit() throws(JSON.SyntaxError) -> UInt32 {
        guard position + 4 <= text.count, let bytes = Hex.decode(text[position..<(position + 4)]) else {
            throw error("expected four hexadecimal digits")
        }
        position += 4
        return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let next {
            if next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D {
                position += 1
            } else if !allowsComments || !skipComment() {
                return
            }
        }
    }

    /// An unterminated comment is not a comment, so that the error is reported where it begins.
    private mutating func skipComment() -> Bool {
        let rest = text[position...]
        if rest.starts(with: "//".utf8) {
            position = rest.firstIndex(of: 0x0A) ?? text.count
            return true
        }
        guard rest.starts(with: "/*".utf8),
            let end = rest.indices.dropFirst(3).first(where: { rest[$0 - 1] == 0x2A && rest[$0] == 0x2F })
        else { return false }
        position = end + 1
        return true
    }

    private func error(_ reason: String) -> JSON.SyntaxError {
        let before = text[..<min(position, text.count)]
        let lastBreak = before.lastIndex(of: 0x0A)
        return JSON.SyntaxError(
            reason: reason, offset: before.count,
            line: before.count { $0 == 0x0A } + 1,
            column: before.count - (lastBreak.map { $0 + 1 } ?? 0) + 1)
    }
}
