internal import Bytes

/// Bytes as text for people.
enum ByteText {
    /// The longest text that is shown.
    private static let limit = 2048

    /// Printable ASCII and newlines as they are, every other byte as `\xNN`.
    static func lines(_ bytes: [UInt8]) -> String {
        var text = [UInt8]()
        for byte in bytes.prefix(limit) {
            switch byte {
            case 0x0A, 0x20...0x7E: text.append(byte)
            case 0x0D: continue
            default: text += Array("\\x".utf8) + Hex.encode([byte])
            }
        }
        if bytes.count > limit { text += "\n[\(bytes.count - limit) more bytes]".utf8 }
        return String(decoding: text, as: UTF8.self)
    }

    /// Sixteen bytes a line: offset, hexadecimal, text.
    static func hexDump(_ bytes: [UInt8]) -> String {
        let shown = bytes.prefix(512)
        var lines = stride(from: 0, to: shown.count, by: 16).map { start in
            let row = shown[start..<min(start + 16, shown.count)]
            let offset = String(start, radix: 16)
            let hex = row.map { Hex.string([$0]) }.joined(separator: " ")
            let text = String(decoding: row.map { $0 >= 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
            return String(repeating: "0", count: max(0, 4 - offset.utf8.count)) + offset + "  " + hex.padded(to: 49)
                + text
        }
        if bytes.count > shown.count { lines.append("[\(bytes.count - shown.count) more bytes]") }
        return lines.joined(separator: "\n")
    }
}
