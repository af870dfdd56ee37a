internal import COpenSSL

/// The hash functions that webhook schemes use, sound or not.
package enum HashFunction: String, Sendable, CaseIterable {
    /// MD5 (RFC 1321), only to probe for algorithm downgrades.
    case md5
    /// SHA-1 (FIPS 180-4), still sent by old schemes alongside SHA-256.
    case sha1
    /// SHA-256 (FIPS 180-4).
    case sha256
    /// SHA-384 (FIPS 180-4).
    case sha384
    /// SHA-512 (FIPS 180-4).
    case sha512

    /// Length of the digest in bytes.
    package var digestLength: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// Returns the unkeyed digest of a message.
    ///
    /// - Parameter message: any bytes.
    /// - Returns: `digestLength` bytes.
    package func digest(_ message: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: digestLength)
        var length = 0
        let done = EVP_Q_digest(nil, rawValue, nil, message, message.count, &output, &length)
        precondition(done == 1, "OpenSSL offers no \(rawValue)")
        return output
    }
}
