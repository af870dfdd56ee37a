internal import COpenSSL

/// Why TLS failed, in plain words.
struct TLSError: Error, Sendable, Hashable {
    let reason: String
    /// Whether the peer spoke HTTP without TLS.
    private(set) var isPlainHTTP = false

    init(reason: String) { self.reason = reason }

    /// Takes the oldest error out of OpenSSL's queue, which is the cause of the others, and empties the queue.
    init(drainingQueueOr fallback: String) {
        let code = ERR_get_error()
        ERR_clear_error()
        if let text = Self.knownReasons[ERR_GET_REASON(code)], code != 0 {
            reason = text
        } else if code != 0, let text = ERR_reason_error_string(code) {
            reason = String(cString: text)
        } else {
            reason = fallback
        }
        isPlainHTTP = code != 0 && ERR_GET_REASON(code) == SSL_R_HTTP_REQUEST
    }

    /// Explains why a certificate is not trusted.
    init(verification result: Int) {
        switch Int32(truncatingIfNeeded: result) {
        case X509_V_ERR_CERT_HAS_EXPIRED: reason = "the certificate has expired"
        case X509_V_ERR_CERT_NOT_YET_VALID: reason = "the certificate is not valid yet"
        case X509_V_ERR_HOSTNAME_MISMATCH: reason = "the certificate is for another host name"
        case X509_V_ERR_IP_ADDRESS_MISMATCH: reason = "the certificate is for another address"
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: reason = "the certificate is self-signed"
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
            reason = "the certificate is signed by an authority that is not trusted"
        default:
            let text = X509_verify_cert_error_string(result).map { String(cString: $0) } ?? "unknown"
            reason = "the certificate is not trusted: \(text)"
        }
    }

    private static let knownReasons: [Int32: String] = [
        SSL_R_WRONG_VERSION_NUMBER: "the peer does not speak TLS on this port",
        SSL_R_HTTP_REQUEST: "the peer speaks plain HTTP on this port",
        SSL_R_UNEXPECTED_EOF_WHILE_READING: "the peer closed the connection during the handshake",
        SSL_R_UNSUPPORTED_PROTOCOL: "the peer does not offer TLS 1.2 or later",
        SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: "the peer does not offer TLS 1.2 or later",
    ]
}
