/// Numbers as people mean them: `Int("+5")` and `Double("0x1p3")` would be accepted by the standard library.
enum StrictNumber {
    /// Reads digits without a leading zero, with or without `-` before them; `nil` for any other text, `-0` included.
    static func integer(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = bytes.dropFirst(isNegative ? 1 : 0)
        guard isWhole(digits), !(isNegative && digits.first == UInt8(ascii: "0")) else { return nil }
        return Int(text)
    }

    /// Reads `2` or `0.5`: a whole number, and perhaps a point and one to nine digits.
    static func seconds(_ text: String) -> Duration? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, isWhole(parts[0]), let whole = Int64(String(decoding: parts[0], as: UTF8.self)) else {
            return nil
        }
        // A Duration counts attoseconds in 128 bits; no limit worth setting is longer than this one.
        guard whole <= 1_000_000_000_000 else { return nil }
        guard parts.count == 2 else { return .seconds(whole) }
        guard (1...9).contains(parts[1].count), parts[1].allSatisfy(isDigit) else { return nil }
        let digits = String(decoding: parts[1], as: UTF8.self)
        let padded = digits + String(repeating: "0", count: 9 - digits.utf8.count)
        return .seconds(whole) + .nanoseconds(Int64(padded) ?? 0)
    }

    /// Writes a length of time as `seconds` reads it, without needless zeros.
    static func text(_ length: Duration) -> String {
        let (whole, attoseconds) = length.components
        guard attoseconds != 0 else { return String(whole) }
        var digits = String(attoseconds / 1_000_000_000)
        digits = String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }

    private static func isWhole(_ digits: some Collection<UInt8>) -> Bool {
        guard let first = digits.first, digits.allSatisfy(isDigit) else { return false }
        return digits.count == 1 || first != UInt8(ascii: "0")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
