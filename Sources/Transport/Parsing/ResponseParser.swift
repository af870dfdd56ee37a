internal import Bytes

/// Reads one answer from bytes that arrive in any pieces (RFC 9112 §4 to §7); interim answers are skipped.
package struct ResponseParser: Sendable {
    /// How much of an answer is read and kept.
    package struct Limits: Sendable, Hashable {
        /// The most bytes of status line and header lines, and of the lines between chunks.
        package var head: Int
        /// The most bytes of body that are kept; the rest is read and dropped.
        package var kept: Int
        /// The most bytes of body that are read.
        package var body: Int

        /// Creates limits.
        package init(head: Int = 64 * 1024, kept: Int = 64 * 1024, body: Int = 4 * 1024 * 1024) {
            self.head = head
            self.kept = kept
            self.body = body
        }
    }

    private enum Stage: Sendable { case statusLine, fields, body, complete }

    private let limits: Limits
    private let method: [UInt8]
    private var stage = Stage.statusLine
    private var lines: LineReader
    private var decoder: BodyDecoder?
    private var fields = [HeaderField]()
    private var status = 0
    private var reason = [UInt8]()
    private var isVersion10 = false
    private var interimAnswers = 0

    /// Whether the connection may carry another exchange, once the answer is complete (RFC 9112 §9.3).
    package private(set) var keepsConnection = false

    /// Prepares to read the answer to a request with this method: an answer to `HEAD` has no body (RFC 9110 §9.3.2).
    package init(requestMethod: [UInt8], limits: Limits = Limits()) {
        method = requestMethod
        self.limits = limits
        lines = LineReader(limit: limits.head)
    }

    /// Whether the whole answer has been read.
    package var isComplete: Bool { stage == .complete }

    /// Whether the status line and the header lines have been read, so that `response` means something.
    package var hasHead: Bool { decoder != nil }

    /// The answer as far as it has been read; its body is marked as cut when not all of it is kept.
    package var response: HTTPResponse {
        var answer = HTTPResponse(status: status)
        answer.reason = reason
        answer.headers.fields = fields
        answer.body = decoder?.kept ?? []
        answer.bodyIsCut = decoder?.isCut ?? false
        return answer
    }

    /// Consumes as many of the bytes as it can.
    /// - Returns: how many were consumed; pass the rest again, followed by more.
    /// - Throws: what is wrong with the answer. After `bodyTooLarge`, `response` has what was read.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(MessageError) -> Int {
        var offset = 0
        while true {
            switch stage {
            case .complete: return offset
            case .statusLine:
                let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
                guard rest.agrees(with: "HTTP/") else { throw .notHTTP }
                guard let line = try lines.next(in: bytes, from: &offset) else { return offset }
                try readStatusLine(line)
                stage = .fields
            case .fields:
                guard let line = try lines.next(in: bytes, from: &offset) else { return offset }
                if line.isEmpty { try finishHead() } else { fields.append(try HeaderField(line: line)) }
            case .body:
                let used = try decoder?.consume(UnsafeRawBufferPointer(rebasing: bytes[offset...])) ?? 0
                offset += used
                guard decoder?.isComplete == true else { return offset }
                stage = .complete
            }
        }
    }

    /// Records that the connection ended, which completes an answer that lasts until then.
    package mutating func end() throws(MessageError) {
        guard stage == .body || stage == .complete else { throw .truncated }
        keepsConnection = false
        try decoder?.end()
        stage = .complete
    }

    /// Reads `HTTP-version SP status-code [ SP [ reason-phrase ] ]` (RFC 9112 §4). The second space is required, but so
    /// many servers omit it before an empty reason that rejecting them would say nothing about a webhook.
    private mutating func readStatusLine(_ line: UnsafeRawBufferPointer) throws(MessageError) {
        guard line.count >= 12, line[5] == UInt8(ascii: "1"), line[6] == UInt8(ascii: "."), ASCII.isDigit(line[7]),
            line[8] == 0x20
        else { throw .malformed("the status line does not begin with HTTP/1.x and a status (RFC 9112 §4)") }
        guard line[9..<12].allSatisfy(ASCII.isDigit), line[9] != 0x30, line.count == 12 || line[12] == 0x20 else {
            throw .malformed("the status is not three digits (RFC 9112 §4)")
        }
        status = line[9..<12].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
        let phrase = line[min(13, line.count)...]
        guard !phrase.contains(0), !phrase.contains(0x0D) else {
            throw .malformed("the reason phrase has a NUL or a bare CR (RFC 9112 §4)")
        }
        reason = [UInt8](phrase)
        isVersion10 = line[7] == 0x30
    }

    /// Decides where the body ends (RFC 9112 §6.3).
    private mutating func finishHead() throws(MessageError) {
        // RFC 9110 §15.2: interim answers end with their head; after 101 the connection speaks another protocol.
        if status < 200 && status != 101 {
            interimAnswers += 1
            guard interimAnswers <= 16 else { throw .headTooLarge("more than 16 interim answers") }
            fields.removeAll(keepingCapacity: true)
            lines.reset()
            stage = .statusLine
            return
        }
        let framing = try FramingFields(Headers(fields))
        keepsConnection = !framing.saysClose && (!isVersion10 || framing.saysKeepAlive) && status != 101
        stage = .body
        if FramingFields.matches(method, "head") || status == 101 || status == 204 || status == 304 {
            decoder = .counted(0, keep: 0, limit: 0)
        } else if framing.isChunked {
            // RFC 9112 §6.1: with a length beside it, or in HTTP/1.0, the framing cannot be trusted afterwards.
            if framing.length != nil || isVersion10 { keepsConnection = false }
            decoder = .chunked(keep: limits.kept, limit: limits.body, lineLimit: limits.head)
        } else if let length = framing.length, framing.codings == nil {
            decoder = .counted(length, keep: limits.kept, limit: limits.body)
        } else {
            keepsConnection = false
            decoder = .untilClose(keep: limits.kept, limit: limits.body)
        }
    }
}
