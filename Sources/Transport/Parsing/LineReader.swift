internal import Bytes

/// Finds the lines of a head, whatever pieces they arrive in, and bounds their length together.
struct LineReader: Sendable {
    private let limit: Int
    private var used = 0
    private var scanned = 0

    init(limit: Int) { self.limit = limit }

    /// Returns the next complete line without its end and moves past it; `nil` when more bytes are needed.
    mutating func next(
        in bytes: UnsafeRawBufferPointer, from offset: inout Int
    ) throws(MessageError) -> UnsafeRawBufferPointer? {
        var place = offset + scanned
        while place < bytes.count && bytes[place] != 0x0A { place += 1 }
        scanned = place - offset
        guard used + scanned < limit else { throw .headTooLarge("the header lines exceed \(limit) bytes") }
        guard place < bytes.count else { return nil }
        // RFC 9112 §2.2 lets a recipient accept a bare LF; a harness that did would miss the fault.
        guard scanned > 0, bytes[place - 1] == 0x0D else {
            throw .malformed("a line ends in a bare LF (RFC 9112 §2.2)")
        }
        let line = UnsafeRawBufferPointer(rebasing: bytes[offset..<(place - 1)])
        used += scanned + 1
        scanned = 0
        offset = place + 1
        return line
    }

    /// Subtracts some bytes from the count.
    mutating func forgive(_ count: Int) { used = max(0, used - count) }

    /// Restarts the count for the next head.
    mutating func reset() {
        used = 0
        scanned = 0
    }
}

extension HeaderField {
    /// Reads one header line, strictly.
    init(line: UnsafeRawBufferPointer) throws(MessageError) {
        if let first = line.first, ASCII.isBlank(first) {
            throw .malformed("a header line is folded (RFC 9112 §5.2)")
        }
        var colon = 0
        while colon < line.count && Self.isToken[Int(line[colon])] { colon += 1 }
        guard colon < line.count, line[colon] == UInt8(ascii: ":"), colon > 0 else {
            throw .malformed("a header name is empty, has a space before the colon, or is not a token (RFC 9112 §5.1)")
        }
        var first = colon + 1
        var end = line.count
        while first < end && ASCII.isBlank(line[first]) { first += 1 }
        while end > first && ASCII.isBlank(line[end - 1]) { end -= 1 }
        for place in first..<end where line[place] == 0 || line[place] == 0x0D {
            throw .malformed("a header value has a NUL or a bare CR (RFC 9110 §5.5)")
        }
        self.init(
            name: [UInt8](UnsafeRawBufferPointer(rebasing: line[..<colon])),
            value: [UInt8](UnsafeRawBufferPointer(rebasing: line[first..<end])))
    }

    private static let isToken: [Bool] = (0...255).map { ASCII.isTokenCharacter(UInt8($0)) }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes begin with a text, or are the beginning of it.
    func agrees(with text: StaticString) -> Bool {
        text.withUTF8Buffer { expected in
            for place in 0..<Swift.min(count, expected.count) where self[place] != expected[place] { return false }
            return true
        }
    }
}
