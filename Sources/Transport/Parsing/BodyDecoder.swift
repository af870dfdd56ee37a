/// Removes the framing of a body as its bytes arrive, keeping only the beginning.
struct BodyDecoder: Sendable {
    private enum Step: Sendable {
        case counted(UInt64)
        case untilClose
        case chunkLine
        case chunk(UInt64)
        case chunkEnd
        case trailers
        case complete
    }

    private var step: Step
    private var lines: LineReader
    private let keep: Int
    private let limit: Int
    private var received = 0
    private var chunks = 0
    private(set) var kept = [UInt8]()
    private(set) var firstChunkSize: Int?

    var isComplete: Bool { if case .complete = step { true } else { false } }
    var hasBegun: Bool { received > 0 || firstChunkSize != nil }
    var isCut: Bool { received > kept.count }

    private init(_ step: Step, keep: Int, limit: Int, lineLimit: Int) {
        self.step = step
        self.keep = keep
        self.limit = limit
        lines = LineReader(limit: lineLimit)
    }

    static func counted(_ length: UInt64, keep: Int, limit: Int) -> BodyDecoder {
        BodyDecoder(length == 0 ? .complete : .counted(length), keep: keep, limit: limit, lineLimit: 0)
    }

    static func untilClose(keep: Int, limit: Int) -> BodyDecoder {
        BodyDecoder(.untilClose, keep: keep, limit: limit, lineLimit: 0)
    }

    /// - Parameter lineLimit: bounds the bytes of all lines between the chunks, with their extensions and the trailers
    ///   (RFC 9112 §7.1.1), beyond the least that a chunk needs.
    static func chunked(keep: Int, limit: Int, lineLimit: Int) -> BodyDecoder {
        BodyDecoder(.chunkLine, keep: keep, limit: limit, lineLimit: lineLimit)
    }

    /// Consumes as many of the bytes as it can.
    /// - Returns: how many were consumed; pass the rest again, with more.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(MessageError) -> Int {
        var offset = 0
        while true {
            switch step {
            case .complete: return offset
            case .untilClose:
                try take(bytes[offset...])
                return bytes.count
            case .counted(let left):
                let count = Int(min(left, UInt64(bytes.count - offset)))
                try take(bytes[offset..<(offset + count)])
                offset += count
                step = left == UInt64(count) ? .complete : .counted(left - UInt64(count))
                if !isComplete { return offset }
            case .chunkLine:
                guard let line = try lines.next(in: bytes, from: &offset) else { return offset }
                lines.forgive(Self.plainChunkLine)
                let size = try Self.chunkSize(line)
                if firstChunkSize == nil, size > 0 { firstChunkSize = Int(clamping: size) }
                chunks += 1
                guard chunks <= Self.maximumChunks else { throw .bodyTooLarge }
                step = size == 0 ? .trailers : .chunk(size)
            case .chunk(let left):
                let count = Int(min(left, UInt64(bytes.count - offset)))
                try take(bytes[offset..<(offset + count)])
                offset += count
                step = left == UInt64(count) ? .chunkEnd : .chunk(left - UInt64(count))
                if left > UInt64(count) { return offset }
            case .chunkEnd:
                guard bytes.count - offset >= 2 else {
                    if offset < bytes.count, bytes[offset] != 0x0D { throw Self.badChunkEnd }
                    return offset
                }
                guard bytes[offset] == 0x0D, bytes[offset + 1] == 0x0A else { throw Self.badChunkEnd }
                offset += 2
                step = .chunkLine
            case .trailers:
                guard let line = try lines.next(in: bytes, from: &offset) else { return offset }
                if line.isEmpty { step = .complete } else { _ = try HeaderField(line: line) }
            }
        }
    }

    /// Records that the connection ended.
    mutating func end() throws(MessageError) {
        switch step {
        case .untilClose, .complete: step = .complete
        default: throw .truncated
        }
    }

    /// More than any body within the usual limits needs, and little enough that chunks of one byte can't keep a reader
    /// busy.
    private static let maximumChunks = 1 << 18

    /// The bytes of a chunk's line that has no extension: they do not count against the limit.
    private static let plainChunkLine = 18

    private static let badChunkEnd = MessageError.malformed("a chunk does not end in CRLF (RFC 9112 §7.1)")

    private mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) throws(MessageError) {
        received += bytes.count
        let room = keep - kept.count
        if room > 0 { kept += UnsafeRawBufferPointer(rebasing: bytes.prefix(room)) }
        // Bytes beyond the limit are kept if they are already here, so that an answer can be shown as far as it goes.
        guard received <= limit else { throw .bodyTooLarge }
    }

    /// Reads `chunk-size [ chunk-ext ]`; what an extension says is ignored (RFC 9112 §7.1.1).
    private static func chunkSize(_ line: UnsafeRawBufferPointer) throws(MessageError) -> UInt64 {
        var size: UInt64 = 0
        var place = 0
        while place < line.count, let digit = hexDigit(line[place]) {
            guard size < 1 << 58 else { throw .malformed("a chunk size is too large (RFC 9112 §7.1)") }
            size = size << 4 | digit
            place += 1
        }
        guard place > 0 else { throw .malformed("a chunk size is not hexadecimal (RFC 9112 §7.1)") }
        let digitsEnd = place
        while place < line.count && (line[place] == 0x20 || line[place] == 0x09) { place += 1 }
        guard digitsEnd == line.count || (place < line.count && line[place] == UInt8(ascii: ";")) else {
            throw .malformed("a chunk size is followed by something else than an extension (RFC 9112 §7.1.1)")
        }
        for byte in line[place...] where byte == 0 || byte == 0x0D {
            throw .malformed("a chunk extension has a NUL or a bare CR (RFC 9112 §7.1.1)")
        }
        return size
    }

    private static func hexDigit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        default: nil
        }
    }
}
