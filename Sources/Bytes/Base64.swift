/// Strict Base64 text (RFC 4648 §4 and §5).
/// Foundation's decoder accepts non-zero trailing bits, so that two texts represent the same bytes. This one does not:
/// RFC 4648 §3.5 allows rejecting them, and a signature must have one spelling.
package enum Base64 {
    /// Which 64 characters are used, and whether there is padding at the end.
    package enum Alphabet: Sendable {
        /// `+` and `/`, padded (RFC 4648 §4).
        case standard
        /// `-` and `_`, without padding (RFC 4648 §5, as JOSE uses it).
        case url
    }

    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let standardCharacters = common + Array("+/".utf8)
    private static let urlCharacters = common + Array("-_".utf8)

    /// Writes bytes as Base64 text.
    package static func encode(_ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard) -> [UInt8] {
        let characters = alphabet == .standard ? standardCharacters : urlCharacters
        var text = [UInt8]()
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0
        var bits = 0
        // An array, so that the loop is not generic: vector files consist mainly of long encoded bodies.
        for byte in Array(bytes) {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(characters[Int(buffer >> UInt32(bits) & 0x3F)])
            }
        }
        if bits > 0 { text.append(characters[Int(buffer << UInt32(6 - bits) & 0x3F)]) }
        if alphabet == .standard { while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) } }
        return text
    }

    /// Writes bytes as Base64 text, as a string for people and files.
    package static func string(_ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard) -> String {
        String(decoding: encode(bytes, alphabet: alphabet), as: UTF8.self)
    }

    /// Reads Base64 text in its one canonical spelling.
    ///
    /// - Returns: the bytes, or `nil` for an invalid character, wrong padding, or non-zero trailing bits.
    package static func decode(_ text: some Collection<UInt8>, alphabet: Alphabet = .standard) -> [UInt8]? {
        let text = Array(text)[...]
        guard let length = decodedLength(of: text, alphabet: alphabet) else { return nil }
        var isCanonical = false
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            isCanonical = decode(
                text, alphabet: alphabet, into: UnsafeMutableBufferPointer(rebasing: buffer[..<length]))
            count = isCanonical ? length : 0
        }
        return isCanonical ? bytes : nil
    }

    /// Returns the number of decoded bytes by the text's length and padding, or `nil` when they are impossible.
    package static func decodedLength(of text: ArraySlice<UInt8>, alphabet: Alphabet) -> Int? {
        var count = text.count
        if alphabet == .standard {
            guard count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where count > 0 && text[text.startIndex + count - 1] == UInt8(ascii: "=") { count -= 1 }
        }
        return count % 4 == 1 ? nil : count * 3 / 4
    }

    /// Reads Base64 text in its one canonical spelling into a buffer of `decodedLength` bytes.
    ///
    /// - Returns: `false` for an invalid character, wrong padding, or non-zero trailing bits; the buffer is then only
    ///   partly filled.
    package static func decode(
        _ text: ArraySlice<UInt8>, alphabet: Alphabet, into bytes: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        precondition(bytes.count == decodedLength(of: text, alphabet: alphabet))
        return text.withUnsafeBufferPointer { text in
            var buffer: UInt32 = 0
            var bits = 0
            var filled = 0
            for character in text[..<((bytes.count * 4 + 2) / 3)] {
                guard let value = value(of: character, alphabet: alphabet) else { return false }
                buffer = buffer << 6 | UInt32(value)
                bits += 6
                if bits >= 8 {
                    bits -= 8
                    bytes[filled] = UInt8(truncatingIfNeeded: buffer >> UInt32(bits))
                    filled += 1
                }
            }
            return buffer & ((1 << UInt32(bits)) - 1) == 0
        }
    }

    private static func value(of character: UInt8, alphabet: Alphabet) -> UInt8? {
        switch character {
        case 0x41...0x5A: character - 0x41
        case 0x61...0x7A: character - 0x61 + 26
        case 0x30...0x39: character - 0x30 + 52
        case UInt8(ascii: "+") where alphabet == .standard: 62
        case UInt8(ascii: "/") where alphabet == .standard: 63
        case UInt8(ascii: "-") where alphabet == .url: 62
        case UInt8(ascii: "_") where alphabet == .url: 63
        default: nil
        }
    }
}
