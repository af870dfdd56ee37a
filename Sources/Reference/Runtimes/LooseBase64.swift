internal import Bytes

/// Base64 as lenient decoders read it.
enum LooseBase64 {
    /// What a decoder tolerates.
    struct Leniency: OptionSet, Sendable {
        let rawValue: Int
        /// `-` and `_` for `+` and `/`.
        static let urlAlphabet = Leniency(rawValue: 1)
        /// No padding.
        static let missingPadding = Leniency(rawValue: 2)
        /// Non-zero bits after the last byte.
        static let trailingBits = Leniency(rawValue: 4)
        /// Characters of neither alphabet.
        static let junk = Leniency(rawValue: 8)
        /// All of it, as `Buffer.from(text, "base64")` does.
        static let node: Leniency = [.urlAlphabet, .missingPadding, .trailingBits, .junk]
    }

    /// Decodes text, tolerating only what is named; `nil` for anything else.
    static func decode(_ text: [UInt8], forgiving leniency: Leniency) -> [UInt8]? {
        var body = text
        if leniency.contains(.urlAlphabet) {
            body = body.map {
                $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
            }
        }
        if leniency.contains(.junk) { body = body.filter { isLetter($0) || $0 == UInt8(ascii: "=") } }
        let letters = body.prefix { $0 != UInt8(ascii: "=") }
        let isPadded = body.count.isMultiple(of: 4) && body.dropFirst(letters.count).count < 3
        guard isPadded || leniency.contains(.missingPadding) else { return nil }
        guard letters.allSatisfy(isLetter) else { return nil }
        if let bytes = Base64.decode(letters + padding(letters.count)) { return bytes }
        guard leniency.contains(.trailingBits), let last = letters.last else { return nil }
        let clean = letters.dropLast()
        // One of the letters with the same upper bits has zeros below them.
        return alphabet.filter { $0 != last }.lazy.compactMap { letter -> [UInt8]? in
            guard sharesUpperBits(letter, last, letters.count) else { return nil }
            return Base64.decode(clean + [letter] + padding(letters.count))
        }.first
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { alphabet.contains(byte) }

    private static func padding(_ count: Int) -> [UInt8] {
        Array(repeating: UInt8(ascii: "="), count: (4 - count % 4) % 4)
    }

    private static func sharesUpperBits(_ left: UInt8, _ right: UInt8, _ count: Int) -> Bool {
        guard let first = alphabet.firstIndex(of: left), let second = alphabet.firstIndex(of: right) else {
            return false
        }
        let unused = count % 4 == 2 ? 4 : count % 4 == 3 ? 2 : 0
        return first >> unused == second >> unused
    }
}
