internal import Bytes

/// Reads one request from bytes that arrive in any pieces (RFC 9112 §3, §5 to §7), rejecting anything ambiguous.
package struct RequestParser: Sendable {
    private enum Stage: Sendable { case requestLine, fields, body, complete }

    private let maximumBody: Int
    private let headLimit: Int
    private var stage = Stage.requestLine
    private var lines: LineReader
    private var decoder: BodyDecoder?
    private var head = HTTPRequest(target: "", framing: .asGiven)
    /// How many bytes of the body came at first.
    private var firstPiece: Int?
    private var isVersion10 = false
    private var hasSkippedEmptyLine = false

    /// Whether the connection may carry another request after this one (RFC 9112 §9.3).
    package private(set) var keepsConnection = false
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    package private(set) var expectsContinue = false

    /// Prepares to read a request.
    ///
    /// - Parameters:
    ///   - maximumBody: the most bytes of body, after framing is removed.
    ///   - headLimit: the most bytes of request line and header lines, and of the lines between chunks.
    package init(maximumBody: Int = 4 * 1024 * 1024, headLimit: Int = 64 * 1024) {
        self.maximumBody = maximumBody
        self.headLimit = headLimit
        lines = LineReader(limit: headLimit)
    }

    /// Whether the whole request has been read.
    package var isComplete: Bool { stage == .complete }

    /// Whether the request line and the header lines have been read.
    package var hasHead: Bool { decoder != nil }

    /// Whether bytes of the body have arrived.
    var hasBody: Bool { decoder?.hasBegun ?? false }

    /// Whether the request says HTTP/1.0, whose connections end unless both sides say otherwise.
    package var isHTTP10: Bool { isVersion10 }

    /// The request as far as it has been read: header lines exactly as sent, those that frame the body included, and
    /// the body without its framing.
    package var request: HTTPRequest {
        var request = head
        request.body = decoder?.kept ?? []
        if case .chunked = head.framing { request.framing = .chunked(size: decoder?.firstChunkSize ?? 1) }
        return request
    }

    /// The request with the pieces in which its body arrived, when it did not come at once.
    package var arrivedRequest: HTTPRequest {
        var request = request
        if request.framing == .contentLength, let firstPiece, firstPiece < request.body.count {
            request.framing = .pieces(size: firstPiece)
        }
        return request
    }

    /// Consumes as many of the bytes as it can.
    /// - Returns: how many were consumed; pass the rest again, followed by more.
    /// - Throws: what is wrong with the request; close the connection then.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(MessageError) -> Int {
        var offset = 0
        while true {
            switch stage {
            case .complete: return offset
            case .requestLine:
                guard let line = try lines.next(in: bytes, from: &offset) else { return offset }
                // RFC 9112 §2.2: an empty line before the request is ignored; one is enough for the old clients meant.
                if line.isEmpty && !hasSkippedEmptyLine { hasSkippedEmptyLine = true } else { try readLine(line) }
            case .fields:
                guard let line = try lines.next(in: bytes, from: &offset) else { return offset }
                if line.isEmpty { try finishHead() } else { head.headers.fields.append(try HeaderField(line: line)) }
            case .body:
                let used = try decoder?.consume(UnsafeRawBufferPointer(rebasing: bytes[offset...])) ?? 0
                if firstPiece == nil, used > 0 { firstPiece = used }
                offset += used
                guard decoder?.isComplete == true else { return offset }
                stage = .complete
            }
        }
    }

    /// Reads `method SP request-target SP HTTP-version` (RFC 9112 §3): single spaces, and nothing else.
    private mutating func readLine(_ line: UnsafeRawBufferPointer) throws(MessageError) {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed("the request line is not three words (RFC 9112 §3)") }
        guard !parts[0].isEmpty, parts[0].allSatisfy(ASCII.isTokenCharacter) else {
            throw .malformed("the method is no token (RFC 9110 §9.1)")
        }
        guard !parts[1].isEmpty, parts[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .malformed("the request target is empty or has a byte that is not visible ASCII (RFC 9112 §3.2)")
        }
        let version = UnsafeRawBufferPointer(rebasing: parts[2])
        guard version.count == 8, version.agrees(with: "HTTP/"), ASCII.isDigit(version[5]),
            version[6] == UInt8(ascii: "."), ASCII.isDigit(version[7])
        else { throw .malformed("the request line does not end with an HTTP version (RFC 9112 §2.3)") }
        guard version[5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        head.method = [UInt8](parts[0])
        head.target = [UInt8](parts[1])
        isVersion10 = version[7] == 0x30
        stage = .fields
    }

    /// Decides where the body ends (RFC 9112 §6.3).
    private mutating func finishHead() throws(MessageError) {
        let framing = try FramingFields(head.headers)
        guard framing.hostCount == 1 || (isVersion10 && framing.hostCount == 0) else {
            throw .malformed("there must be exactly one Host (RFC 9112 §3.2)")
        }
        keepsConnection = !framing.saysClose && (!isVersion10 || framing.saysKeepAlive)
        stage = .body
        if let codings = framing.codings {
            // RFC 9112 §6.1 lets a server reject this pair, the basis of request smuggling.
            guard framing.length == nil else {
                throw .malformed("there is a Content-Length beside the Transfer-Encoding (RFC 9112 §6.1)")
            }
            guard !isVersion10 else { throw .malformed("HTTP/1.0 has no Transfer-Encoding (RFC 9112 §6.1)") }
            guard framing.isChunked else { throw .malformed("the last transfer coding is not chunked (RFC 9112 §6.3)") }
            guard codings.count == 1 else {
                let isRepeated = codings.dropLast().contains { FramingFields.matches($0, "chunked") }
                throw isRepeated
                    ? .malformed("chunked is applied twice (RFC 9112 §6.1)") : .unsupportedCoding
            }
            head.framing = .chunked(size: 1)
            decoder = .chunked(keep: maximumBody, limit: maximumBody, lineLimit: headLimit)
        } else {
            let length = framing.length ?? 0
            guard length <= UInt64(maximumBody) else { throw .bodyTooLarge }
            head.framing = framing.length == nil ? .asGiven : .contentLength
            decoder = .counted(length, keep: maximumBody, limit: maximumBody)
        }
        // RFC 9110 §10.1.1: the expectation of an HTTP/1.0 client is ignored.
        expectsContinue = framing.expectsContinue && !isVersion10 && decoder?.isComplete == false
    }
}
