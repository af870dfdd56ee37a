/// Why bytes are not a message that this side accepts.
package enum MessageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bytes do not begin like an HTTP/1 message at all.
    case notHTTP
    /// A rule of RFC 9112 or RFC 9110 is broken; the text names it.
    case malformed(String)
    /// The start line and the header lines, or the lines between chunks, are longer than allowed.
    case headTooLarge(String)
    /// The body is longer than allowed.
    case bodyTooLarge
    /// A transfer coding that this side does not support.
    case unsupportedCoding
    /// A version other than HTTP/1.x.
    case unsupportedVersion
    /// The connection ended inside the message.
    case truncated

    /// What is wrong, in one line.
    package var description: String {
        switch self {
        case .notHTTP: "not an HTTP/1 message"
        case .malformed(let reason): "malformed message: \(reason)"
        case .headTooLarge(let reason): reason
        case .bodyTooLarge: "the body is longer than the limit"
        case .unsupportedCoding: "a transfer coding other than chunked"
        case .unsupportedVersion: "a version other than HTTP/1.x"
        case .truncated: "the message ended early"
        }
    }

    /// The status with which a server rejects such a request.
    package var status: Int {
        switch self {
        case .notHTTP, .malformed, .truncated: 400
        case .bodyTooLarge: 413
        case .headTooLarge: 431
        case .unsupportedCoding: 501
        case .unsupportedVersion: 505
        }
    }
}
