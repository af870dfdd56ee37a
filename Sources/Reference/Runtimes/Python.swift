internal import Bytes

/// Python's text conversions, as endpoints use them.
enum Python {
    /// `int(text)` of a header, which frameworks decode as Latin-1: surrounding whitespace (including U+0085 and
    /// U+00A0), a sign, leading zeros, underscores between digits; `nil` is a `ValueError`.
    static func int(_ text: [UInt8]) -> Int64? {
        var body = Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        let isNegative = body.first == UInt8(ascii: "-")
        if isNegative || body.first == UInt8(ascii: "+") { body.removeFirst() }
        let groups = ASCII.split(body, separator: UInt8(ascii: "_"))
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ASCII.isDigit) }) else { return nil }
        let digits = Array(groups.joined())
        // CPython 3.11 rejects more digits than this.
        guard digits.count <= 4300 else { return nil }
        let significant = digits.drop { $0 == 0x30 }
        let value = significant.isEmpty ? 0 : ASCII.decimal(significant).flatMap(Int64.init(exactly:)) ?? .max
        return isNegative ? -value : value
    }

    /// `float(text)` as a whole number: fractions, exponents, whitespace, infinities; `nil` is a `ValueError`.
    ///
    /// - Returns: `.some(nil)` for not-a-number, which compares false with everything.
    static func float(_ text: [UInt8]) -> Int64?? {
        let body = Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        guard !body.isEmpty, body.allSatisfy({ $0 < 0x80 }),
            let value = Double(String(decoding: body, as: UTF8.self))
        else { return nil }
        if value.isNaN { return .some(nil) }
        return .some(Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max))
    }

    /// `text.replace(part, "")`: every occurrence.
    static func removingAll(_ part: String, from text: [UInt8]) -> [UInt8] {
        var kept = [UInt8]()
        var rest = text
        while let range = ASCII.firstRange(of: Array(part.utf8), in: rest) {
            kept += rest[..<range.lowerBound]
            rest = Array(rest[range.upperBound...])
        }
        return kept + rest
    }

    /// The UTF-8 bytes of a header that was decoded as Latin-1.
    static func reencodedLatin1(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte) || byte == 0x85 || byte == 0xA0
    }
}
