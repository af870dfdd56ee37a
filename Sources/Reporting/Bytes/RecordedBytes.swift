internal import Bytes

/// The bytes of a recorded request or answer. Secrets in them were replaced by their names when they were recorded.
struct RecordedBytes {
    /// The bytes; those of the head end their lines as HTTP does.
    let bytes: [UInt8]
    /// What was not kept, such as `[512 more bytes]`; `nil` when everything was.
    let rest: String?

    /// Reads a record's text, in which `\xNN` is a byte, `\\` a backslash, and the head's lines end in a newline.
    init(_ text: String) {
        var body = text
        var rest: String?
        if let note = text.firstRange(of: /\n\[[0-9]+ more bytes\]$/) {
            rest = String(text[note].dropFirst())
            body = String(text[..<note.lowerBound])
        }
        self.rest = rest
        let end = body.firstRange(of: "\n\n")?.upperBound ?? body.endIndex
        bytes = Self.decoded(body[..<end].replacing("\n", with: "\r\n")) + Self.decoded(body[end...])
    }

    /// Reads a recorded text that is not a message, such as the bytes that were signed.
    init(message: String) {
        bytes = Self.decoded(message)
        rest = nil
    }

    private static func decoded(_ text: some StringProtocol) -> [UInt8] {
        let source = Array(text.utf8)
        var bytes = [UInt8]()
        bytes.reserveCapacity(source.count)
        var place = 0
        while place < source.count {
            let byte = source[place]
            if byte == UInt8(ascii: "\\"), place + 1 < source.count {
                if source[place + 1] == UInt8(ascii: "x"), place + 3 < source.count,
                    let value = Hex.decode(Array(source[place + 2...place + 3]))
                {
                    bytes += value
                    place += 4
                    continue
                }
                if source[place + 1] == UInt8(ascii: "\\") { place += 1 }
            }
            bytes.append(byte)
            place += 1
        }
        return bytes
    }

    /// Where the body begins.
    var bodyStart: Int {
        ASCII.firstRange(of: Array("\r\n\r\n".utf8), in: bytes)?.upperBound ?? bytes.count
    }

    /// The lines of the head without their ends, and the body.
    var parts: (head: [[UInt8]], body: [UInt8]) {
        let head = bytes[..<bodyStart].split(separator: 0x0A).map { line in
            Array(line.last == 0x0D ? line.dropLast() : line)
        }
        return (head.filter { !$0.isEmpty }, Array(bytes[bodyStart...]))
    }
}
