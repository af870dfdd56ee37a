internal import Bytes

/// A request as it appears on the wire: nothing is implicitly added, reordered or folded.
package struct HTTPRequest: Sendable, Hashable {
    /// How the body is delimited.
    package enum Framing: Sendable, Hashable {
        /// With `Content-Length`, appended after the other header lines.
        case contentLength
        /// With `Transfer-Encoding: chunked`, in chunks of this many bytes (the last one may be shorter).
        case chunked(size: Int)
        /// With `Content-Length`, the body in pieces of this many bytes, one some time after the other.
        case pieces(size: Int)
        /// As the header lines say: nothing is appended, and the body follows them as it is.
        case asGiven
    }

    /// The method, such as `POST`.
    package var method: [UInt8]
    /// The request target: the path and query as sent (RFC 9112 §3.2.1).
    package var target: [UInt8]
    /// The header lines, without those that frame the body; in a request that a server received, every line as sent.
    package var headers: Headers
    /// The body before framing.
    package var body: [UInt8]
    /// How the body is delimited.
    package var framing: Framing

    /// Creates a request.
    package init(
        method: String = "POST", target: String, headers: Headers = Headers(), body: [UInt8] = [],
        framing: Framing = .contentLength
    ) {
        self.method = Array(method.utf8)
        self.target = Array(target.utf8)
        self.headers = headers
        self.body = body
        self.framing = framing
    }

    /// The bytes of the whole request (RFC 9112 §2.1).
    package var wireBytes: [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(256 + body.count)
        out += method
        out.append(0x20)
        out += target
        out += " HTTP/1.1\r\n".utf8
        for field in headers.fields { Self.write(field.name, field.value, to: &out) }
        switch framing {
        case .contentLength, .pieces:
            Self.write(Array("Content-Length".utf8), Array(String(body.count).utf8), to: &out)
            out += "\r\n".utf8
            out += body
        case .chunked(let size):
            Self.write(Array("Transfer-Encoding".utf8), Array("chunked".utf8), to: &out)
            out += "\r\n".utf8
            for start in stride(from: 0, to: body.count, by: max(1, size)) {
                let chunk = body[start..<min(start + max(1, size), body.count)]
                out += String(chunk.count, radix: 16).utf8
                out += "\r\n".utf8
                out += chunk
                out += "\r\n".utf8
            }
            out += "0\r\n\r\n".utf8
        case .asGiven:
            out += "\r\n".utf8
            out += body
        }
        return out
    }

    /// Where the parts end that are sent one some time after the other, as places in `wireBytes`.
    package var partEnds: [Int] {
        let count = wireBytes.count
        guard case .pieces(let size) = framing else { return [count] }
        let start = count - body.count
        return [start] + stride(from: max(1, size), to: body.count, by: max(1, size)).map { start + $0 } + [count]
    }

    private static func write(_ name: [UInt8], _ value: [UInt8], to out: inout [UInt8]) {
        out += name
        out.append(UInt8(ascii: ":"))
        out.append(0x20)
        out += value
        out += "\r\n".utf8
    }
}

extension HTTPRequest {
    private static let methods: [[UInt8]] = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
    ].map { Array($0.utf8) }

    /// Whether a server may refuse it before any handler sees it: for a method that HTTP does not define, lines outside
    /// its grammar, or two lengths.
    package var mayBeRefusedUnread: Bool {
        let framings = headers.values(named: "Content-Length") + headers.values(named: "Transfer-Encoding")
        return !Self.methods.contains(method) || !headers.areWellFormed
            || framings.count > (framing == .asGiven ? 1 : 0)
    }
}
