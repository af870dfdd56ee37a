internal import Bytes

extension Serialiser {
    /// Which characters of a string are escaped, and how; control characters always are.
    struct StringStyle: Sendable, Hashable {
        /// What gets a backslash in front.
        var backslashed = "\"\\"
        /// What is written as `\u` and four digits, beside control characters.
        var hexed = ""
        /// The first code point from which all are written as `\u` escapes, in surrogate pairs beyond U+FFFF.
        var hexedFrom: UInt32 = 0x11_0000
        /// The digits of `\u` escapes.
        var digits = Self.lower

        static let lower = Array("0123456789abcdef".utf8)
        static let upper = Array("0123456789ABCDEF".utf8)

        /// Appends a string in quotation marks.
        func write(_ text: String, to out: inout [UInt8]) {
            out.append(UInt8(ascii: "\""))
            for scalar in text.unicodeScalars { write(scalar, to: &out) }
            out.append(UInt8(ascii: "\""))
        }

        private func write(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
            switch scalar {
            case "\u{08}": out.append(contentsOf: "\\b".utf8)
            case "\u{0C}": out.append(contentsOf: "\\f".utf8)
            case "\n": out.append(contentsOf: "\\n".utf8)
            case "\r": out.append(contentsOf: "\\r".utf8)
            case "\t": out.append(contentsOf: "\\t".utf8)
            case _ where isHexed(scalar):
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { writeHex(unit, to: &out) }
            default:
                if backslashed.unicodeScalars.contains(scalar) { out.append(UInt8(ascii: "\\")) }
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }

        private func isHexed(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value < 0x20 || scalar.value >= hexedFrom || hexed.unicodeScalars.contains(scalar)
        }

        private func writeHex(_ unit: UInt16, to out: inout [UInt8]) {
            out.append(contentsOf: "\\u".utf8)
            for shift in [12, 8, 4, 0] { out.append(digits[Int(unit >> shift) & 0x0F]) }
        }
    }
}
