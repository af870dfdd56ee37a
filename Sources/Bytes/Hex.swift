/// Strict hexadecimal text (RFC 4648 §8).
/// Lenient decoders are the root of flaw B07: they stop at the first invalid character, so that many texts represent
/// one MAC.
package enum Hex {
    private static let lowerDigits = Array("0123456789abcdef".utf8)

    /// Writes two lower-case digits for each byte.
    package static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var text = [UInt8]()
        text.reserveCapacity(bytes.count * 2)
        for byte in Array(bytes) {
            text.append(lowerDigits[Int(byte >> 4)])
            text.append(lowerDigits[Int(byte & 0x0F)])
        }
        return text
    }

    /// Writes two lower-case digits for each byte, as a string for people and files.
    package static func string(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: encode(bytes), as: UTF8.self)
    }

    /// Reads pairs of digits of either case.
    ///
    /// - Returns: the bytes, or `nil` when the count is odd or any character is not a digit.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let text = Array(text)[...]
        var isHex = false
        let bytes = [UInt8](unsafeUninitializedCapacity: text.count / 2) { buffer, count in
            isHex = decode(text, into: UnsafeMutableBufferPointer(rebasing: buffer[..<(text.count / 2)]))
            count = text.count / 2
        }
        return isHex ? bytes : nil
    }

    /// Reads pairs of digits of either case into a buffer of half as many bytes, and fills it.
    ///
    /// - Returns: `false` when the count is odd or any character is not a digit.
    package static func decode(_ text: ArraySlice<UInt8>, into bytes: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        precondition(bytes.count == text.count / 2)
        return text.withUnsafeBufferPointer { text in
            values.withUnsafeBufferPointer { values in
                var seen: UInt8 = 0
                for place in bytes.indices {
                    let (high, low) = (values[Int(text[2 * place])], values[Int(text[2 * place + 1])])
                    seen |= high | low
                    bytes[place] = high << 4 | low
                }
                return seen <= 0x0F && text.count.isMultiple(of: 2)
            }
        }
    }

    /// The value of each character as a digit; 0xFF for characters that are not digits.
    private static let values: [UInt8] = (0...255).map { (character: UInt8) in
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x41 + 10
        case 0x61...0x66: character - 0x61 + 10
        default: 0xFF
        }
    }
}
