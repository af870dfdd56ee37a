internal import Bytes

/// One character as an escape at the beginning of some bytes: in a URL, in a string of JSON, JavaScript or Python, or
/// in HTML.
struct Escape {
    /// The bytes that it says, in UTF-8.
    let bytes: [UInt8]
    /// How many bytes it takes.
    let length: Int

    /// What an escape begins with.
    static let introducers = Array(#"%\&"#.utf8)

    /// Reads the escape that the text begins with; `nil` where it begins with none.
    init?(_ text: ArraySlice<UInt8>) {
        let found: Escape? =
            switch text.first {
            case UInt8(ascii: "%"): Self.percent(text)
            case UInt8(ascii: "\\"): Self.backslash(text)
            case UInt8(ascii: "&"): Self.reference(text)
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    private init(_ bytes: [UInt8], _ length: Int) {
        self.bytes = bytes
        self.length = length
    }

    private init?(scalar: UInt32, _ length: Int) {
        guard let scalar = Unicode.Scalar(scalar) else { return nil }
        self.init(Array(String(Character(scalar)).utf8), length)
    }

    /// `%2F` (RFC 3986 §2.1).
    private static func percent(_ text: ArraySlice<UInt8>) -> Escape? {
        number(text.dropFirst().prefix(2), radix: 16, digits: 2).map { Escape([UInt8(truncatingIfNeeded: $0)], 3) }
    }

    /// `\/`, `\u002F` and `\ud83d\ude00` (RFC 8259 §7), and `\x2f`.
    private static func backslash(_ text: ArraySlice<UInt8>) -> Escape? {
        guard let letter = text.dropFirst().first else { return nil }
        switch letter {
        case UInt8(ascii: "u"):
            guard let first = number(text.dropFirst(2).prefix(4), radix: 16, digits: 4) else { return nil }
            let rest = text.dropFirst(6)
            if (0xD800...0xDBFF).contains(first), rest.starts(with: "\\u".utf8),
                let second = number(rest.dropFirst(2).prefix(4), radix: 16, digits: 4),
                (0xDC00...0xDFFF).contains(second)
            {
                return Escape(scalar: 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), 12)
            }
            return Escape(scalar: first, 6)
        case UInt8(ascii: "x"):
            return number(text.dropFirst(2).prefix(2), radix: 16, digits: 2).map {
                Escape([UInt8(truncatingIfNeeded: $0)], 4)
            }
        default: return letters[letter].map { Escape([$0], 2) }
        }
    }

    private static let letters: [UInt8: UInt8] = [
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D,
        UInt8(ascii: "t"): 0x09, UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "/"): 0x2F,
        UInt8(ascii: "\\"): 0x5C,
    ]

    /// `&amp;`, `&#43;` and `&#x2B;`, with or without the semicolon after a number.
    private static func reference(_ text: ArraySlice<UInt8>) -> Escape? {
        let name = text.dropFirst().prefix(while: isReferenceCharacter)
        let isEnded = text.dropFirst(1 + name.count).first == UInt8(ascii: ";")
        let length = 1 + name.count + (isEnded ? 1 : 0)
        if name.first == UInt8(ascii: "#") {
            let isHex = name.dropFirst().first.map(ASCII.lowercased) == UInt8(ascii: "x")
            let digits = name.dropFirst(isHex ? 2 : 1)
            return number(digits, radix: isHex ? 16 : 10, digits: digits.count).flatMap {
                Escape(scalar: $0 == hardSpace ? 0x20 : $0, length)
            }
        }
        return isEnded ? names[String(decoding: name, as: UTF8.self)].map { Escape([$0], length) } : nil
    }

    private static let isReferenceCharacter: @Sendable (UInt8) -> Bool = { byte in
        ASCII.isDigit(byte) || (0x61...0x7A).contains(ASCII.lowercased(byte)) || byte == UInt8(ascii: "#")
    }

    /// A space that does not break is a space.
    private static let hardSpace: UInt32 = 0xA0

    /// Those for what secrets are made of, and for space.
    private static let names: [String: UInt8] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "plus": 0x2B, "equals": 0x3D, "sol": 0x2F,
        "colon": 0x3A, "lowbar": 0x5F, "num": 0x23, "percnt": 0x25, "excl": 0x21, "dollar": 0x24, "period": 0x2E,
        "comma": 0x2C, "semi": 0x3B, "quest": 0x3F, "commat": 0x40, "ast": 0x2A, "bsol": 0x5C, "grave": 0x60,
        "lpar": 0x28, "rpar": 0x29, "lsqb": 0x5B, "rsqb": 0x5D, "lcub": 0x7B, "rcub": 0x7D, "verbar": 0x7C,
        "nbsp": 0x20, "hyphen": 0x2D,
    ]

    /// Reads a number of so many digits; `nil` for any other character and beyond 32 bits.
    private static func number(_ text: ArraySlice<UInt8>, radix: UInt32, digits: Int) -> UInt32? {
        guard text.count == digits, digits > 0, text.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != 0x2D }) else {
            return nil
        }
        return UInt32(String(decoding: text, as: UTF8.self), radix: Int(radix))
    }
}
