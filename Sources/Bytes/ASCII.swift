/// Byte classes and comparisons of ASCII text held as bytes.
/// Wire text is never converted to `String` for a decision: `String` compares by canonical equivalence (the Kelvin sign
/// equals `K`), and `Int("+5")` is 5. Every rule here looks at bytes alone.
package enum ASCII {
    /// Whether a byte is one of `0` to `9`.
    @inlinable
    package static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Whether a byte is a space or a horizontal tab (RFC 9110 §5.6.3, OWS).
    @inlinable
    package static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether a byte is a control character, DEL among them.
    package static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    /// Whether a byte may be part of a token, such as a header name (RFC 9110 §5.6.2).
    package static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// Folds `A` to `Z` to lower case and leaves every other byte alone.
    @inlinable
    package static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// Folds `a` to `z` to upper case and leaves every other byte alone.
    @inlinable
    package static func uppercased(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte & 0xDF : byte }

    /// Compares two byte strings, ignoring the case of ASCII letters.
    package static func equalsIgnoringCase(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                // Always to the end, so that the loop can be vectorised.
                var differences: UInt8 = 0
                for place in left.indices { differences |= lowercased(left[place]) ^ lowercased(right[place]) }
                return differences == 0
            }
        }
    }

    /// Compares two byte strings, ignoring the case of ASCII letters.
    package static func equalsIgnoringCase(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        equalsIgnoringCase(Array(left), Array(right))
    }

    /// Removes spaces and tabs from both ends.
    package static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// Reads an unsigned decimal number, strictly: digits only, no sign, no space, no leading zero, no overflow.
    ///
    /// - Returns: the number, or `nil` for any other text.
    package static func decimal(_ bytes: some Collection<UInt8>) -> UInt64? { decimal(Array(bytes)[...]) }

    /// Reads an unsigned decimal number, strictly: digits only, no sign, no space, no leading zero, no overflow.
    ///
    /// - Returns: the number, or `nil` for any other text.
    package static func decimal(_ bytes: ArraySlice<UInt8>) -> UInt64? {
        guard let first = bytes.first, bytes.count == 1 || first != UInt8(ascii: "0") else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            guard isDigit(byte) else { return nil }
            let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(UInt64(byte & 0x0F))
            guard !tooLarge, !carried else { return nil }
            value = sum
        }
        return value
    }

    /// Splits at every occurrence of a separator, keeping empty pieces.
    package static func split(_ bytes: [UInt8], separator: UInt8) -> [[UInt8]] {
        bytes.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
    }

    /// Returns the range of the first occurrence of a byte string, or `nil`.
    package static func firstRange(of needle: [UInt8], in haystack: [UInt8]) -> Range<Int>? {
        guard !needle.isEmpty, needle.count <= haystack.count else { return nil }
        for start in 0...(haystack.count - needle.count)
        where haystack[start] == needle[0] && haystack[start..<(start + needle.count)].elementsEqual(needle) {
            return start..<(start + needle.count)
        }
        return nil
    }
}
