internal import Bytes

/// A text as its readers see it: an answer may be HTML, JSON or a query, each with its own way to write a character.
enum ShownText {
    /// Returns the readings of a text: as it is, and with the escapes of HTML, JSON and URLs resolved where it has any.
    static func readings(of text: [UInt8]) -> [[UInt8]] {
        var readings = [text]
        if text.contains(UInt8(ascii: "&")) { readings.append(unescapedHTML(text)) }
        if text.contains(UInt8(ascii: "\\")) { readings.append(unescapedJSON(text)) }
        if text.contains(UInt8(ascii: "%")) { readings.append(unescapedURL(text)) }
        return readings
    }

    private static let names: [String: UInt8] = [
        "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "quot": UInt8(ascii: "\""),
        "apos": UInt8(ascii: "'"), "nbsp": UInt8(ascii: " "), "sol": UInt8(ascii: "/"), "plus": UInt8(ascii: "+"),
        "equals": UInt8(ascii: "="), "lowbar": UInt8(ascii: "_"), "hyphen": UInt8(ascii: "-"),
    ]
    private static let longestEntity = 10

    /// Resolves entities by name and number; one that is not known, or no ASCII, stays.
    private static func unescapedHTML(_ text: [UInt8]) -> [UInt8] {
        replacing(UInt8(ascii: "&"), in: text) { rest in
            let window = rest.prefix(longestEntity)
            guard let end = window.firstIndex(of: UInt8(ascii: ";")) else { return nil }
            let name = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
            guard let byte = names[name] ?? character(name) else { return nil }
            return (byte, end + 1)
        }
    }

    private static func character(_ entity: String) -> UInt8? {
        guard entity.hasPrefix("#") else { return nil }
        let digits = entity.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        guard let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else { return nil }
        // A space that does not break is a space.
        if code == 0xA0 { return 0x20 }
        return code < 0x80 ? UInt8(code) : nil
    }

    private static func unescapedJSON(_ text: [UInt8]) -> [UInt8] {
        replacing(UInt8(ascii: "\\"), in: text) { rest in
            switch rest.first {
            case UInt8(ascii: "n"): return (0x0A, rest.startIndex + 1)
            case UInt8(ascii: "t"): return (0x09, rest.startIndex + 1)
            case UInt8(ascii: "u"):
                let digits = rest.dropFirst().prefix(4)
                guard digits.count == 4, let code = UInt16(String(decoding: digits, as: UTF8.self), radix: 16),
                    code < 0x80
                else { return nil }
                return (UInt8(code), digits.endIndex)
            case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
                return rest.first.map { ($0, rest.startIndex + 1) }
            default: return nil
            }
        }
    }

    private static func unescapedURL(_ text: [UInt8]) -> [UInt8] {
        replacing(UInt8(ascii: "%"), in: text) { rest in
            let digits = rest.prefix(2)
            guard digits.count == 2, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                return nil
            }
            return (byte, digits.endIndex)
        }
    }

    /// Replaces what a mark begins.
    ///
    /// - Parameter resolve: returns the byte for what follows the mark, and where the text goes on after it.
    private static func replacing(
        _ mark: UInt8, in text: [UInt8], resolve: (ArraySlice<UInt8>) -> (byte: UInt8, end: Int)?
    ) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            if text[place] == mark, let (byte, end) = resolve(text[(place + 1)...]) {
                out.append(byte)
                place = end
            } else {
                out.append(text[place])
                place += 1
            }
        }
        return out
    }
}
