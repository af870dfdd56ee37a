internal import Bytes

/// One request and its outcome.
package struct Exchange: Sendable, Hashable {
    /// The answer, or why there is none.
    package var result: Result<HTTPResponse, ExchangeFailure>
    /// How many bytes of the request the system took.
    package var bytesSent: Int
    /// Whether a connection was opened for it; otherwise an earlier one was reused.
    package var openedConnection: Bool
    /// Whether it was sent a second time, on a fresh connection, because a kept one brought no byte of an answer. The
    /// target may have acted on both.
    package var wasRetried: Bool
    /// The nanoseconds from the last byte sent to the first byte received; 0 when nothing came or it came earlier.
    package var sentToFirstByte: UInt64
    /// The nanoseconds the whole exchange took, connecting included.
    package var total: UInt64

    /// Creates a record of an exchange, for targets that are not reached over HTTP too.
    package init(
        result: Result<HTTPResponse, ExchangeFailure>, bytesSent: Int = 0, openedConnection: Bool = false,
        wasRetried: Bool = false, sentToFirstByte: UInt64 = 0, total: UInt64 = 0
    ) {
        self.result = result
        self.bytesSent = bytesSent
        self.openedConnection = openedConnection
        self.wasRetried = wasRetried
        self.sentToFirstByte = sentToFirstByte
        self.total = total
    }
}

/// Why a request got no answer.
package enum ExchangeFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name of the host has no address.
    case unresolvable(host: String, reason: String)
    /// No address of the host accepted the connection.
    case unreachable(reason: String)
    /// The connection was not established in time.
    case connectTimedOut
    /// The TLS handshake failed, or the certificate is not trusted.
    case tls(reason: String)
    /// The target stopped taking the request.
    case sendTimedOut(bytesSent: Int)
    /// No complete answer came in time.
    case silent(bytesReceived: Int)
    /// The connection was closed without a byte of answer.
    case closedWithoutAnswer
    /// The connection was reset without a byte of answer.
    case reset
    /// The connection ended inside the answer.
    case truncated(bytesReceived: Int)
    /// The answer does not begin like HTTP/1; the first bytes, 80 at most.
    case notHTTP(prefix: [UInt8])
    /// The answer is HTTP, but breaks its rules.
    case malformed(reason: String)
    /// The answer's header lines do not end.
    case answerTooLarge(reason: String)
    /// The exchange was broken off on this side.
    case brokenOff

    /// Whether there was no connection that could carry the request.
    package var isConnectionFailure: Bool {
        switch self {
        case .unresolvable, .unreachable, .connectTimedOut, .tls: true
        default: false
        }
    }

    /// What happened, in one line.
    package var description: String {
        switch self {
        case .unresolvable(let host, let reason): "the name \(host) could not be resolved: \(reason)"
        case .unreachable(let reason): "the target could not be reached: \(reason)"
        case .connectTimedOut: "the connection was not accepted in time"
        case .tls(let reason): "TLS failed: \(reason)"
        case .sendTimedOut(let count): "the target stopped taking the request after \(count) bytes"
        case .silent(0): "no answer came in time"
        case .silent(let count): "only \(count) bytes of an answer came in time"
        case .closedWithoutAnswer: "the connection was closed without an answer"
        case .reset: "the connection was reset without an answer"
        case .truncated(let count): "the connection ended inside the answer, after \(count) bytes"
        case .notHTTP(let prefix): "the answer is not HTTP/1: it begins with \"\(Self.printable(prefix))\""
        case .malformed(let reason): "the answer is malformed: \(reason)"
        case .answerTooLarge(let reason): "the answer is too large: \(reason)"
        case .brokenOff: "the exchange was broken off"
        }
    }

    private static func printable(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            let isPlain = byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")
            text += isPlain ? String(UnicodeScalar(byte)) : "\\x" + String(decoding: Hex.encode([byte]), as: UTF8.self)
        }
        return text
    }
}
