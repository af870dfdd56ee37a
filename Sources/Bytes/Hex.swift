/// Strict hexadecimal text (RFC 4648 §8).
///
/// Lenient decoders are the root of flaw B07: they stop at the first odd character, so that many texts carry one MAC.
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
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes = [UInt8]()
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for character in text {
            guard let digit = value(of: character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x41 + 10
        case 0x61...0x66: character - 0x61 + 10
        default: nil
        }
    }
}
