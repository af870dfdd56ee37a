internal import Bytes

/// JavaScript's text conversions, as endpoints use them.
enum JavaScript {
    /// `parseInt(text)`: leading whitespace, a sign, then as many digits as there are; `nil` is `NaN`.
    static func parseInt(_ text: [UInt8]) -> Int64? {
        var rest = text.drop(while: isBlank)
        var sign: Int64 = 1
        if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            sign = first == UInt8(ascii: "-") ? -1 : 1
            rest = rest.dropFirst()
        }
        let radix: Int64 = rest.prefix(2).map(ASCII.lowercased) == Array("0x".utf8) ? 16 : 10
        if radix == 16 { rest = rest.dropFirst(2) }
        let digits = rest.prefix { hexDigit($0).map { $0 < radix } ?? false }
        guard !digits.isEmpty else { return nil }
        return sign * saturated(digits.compactMap(hexDigit), radix: radix)
    }

    /// `Number(text)`: surrounding whitespace, decimal with fraction and exponent, hexadecimal, the empty string; `nil`
    /// is `NaN`.
    static func number(_ text: [UInt8]) -> Int64? {
        let body = Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        if body.isEmpty { return 0 }
        if body.starts(with: "0x".utf8) {
            return Array(body.dropFirst(2)).allSatisfy { hexDigit($0) != nil } ? parseInt(body) : nil
        }
        guard body.allSatisfy({ ASCII.isDigit($0) || "+-.eE".utf8.contains($0) }),
            let value = Double(String(decoding: body, as: UTF8.self))
        else { return nil }
        return Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }

    /// `Buffer.from(text, "hex")`: stops at the first character that is not a digit, and drops an odd one (nodejs/node
    /// issue 28863).
    static func hexBuffer(_ text: [UInt8]) -> [UInt8] {
        let digits = text.prefix { hexDigit($0) != nil }
        return Hex.decode(digits.prefix(digits.count & ~1)) ?? []
    }

    /// `text.replace(part, "")` with a string: the first occurrence, anywhere.
    static func removingFirst(_ part: String, from text: [UInt8]) -> [UInt8] {
        guard let range = ASCII.firstRange(of: Array(part.utf8), in: text) else { return text }
        return Array(text[..<range.lowerBound] + text[range.upperBound...])
    }

    /// Bytes decoded to text and encoded again: invalid UTF-8 becomes U+FFFD.
    static func decodedUTF8(_ bytes: [UInt8]) -> [UInt8] { Array(String(decoding: bytes, as: UTF8.self).utf8) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func hexDigit(_ byte: UInt8) -> Int64? {
        switch byte {
        case 0x30...0x39: Int64(byte - 0x30)
        case 0x41...0x46: Int64(byte - 0x41 + 10)
        case 0x61...0x66: Int64(byte - 0x61 + 10)
        default: nil
        }
    }

    /// A double does not overflow; anything this large counts as infinite.
    private static func saturated(_ digits: [Int64], radix: Int64) -> Int64 {
        digits.reduce(0) { value, digit in
            let (tens, tooLarge) = value.multipliedReportingOverflow(by: radix)
            let (sum, carried) = tens.addingReportingOverflow(digit)
            return tooLarge || carried ? .max : sum
        }
    }
}
