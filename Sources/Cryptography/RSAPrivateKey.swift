internal import COpenSSL

/// An RSA key that signs with PKCS#1 v1.5 over SHA-256 (RFC 8017 §8.2): RS256 in JOSE.
package struct RSAPrivateKey: Sendable {
    /// The fewest bits of a modulus that are accepted (RFC 7518 §3.3).
    package static let fewestBits = 2048

    private let handle: KeyHandle
    /// Signatures by the digests of their messages: PKCS#1 v1.5 gives the same message the same signature, and takes
    /// half a millisecond for it.
    private let signatures = KeptValues<[UInt8]>(limit: 16_384)
    private static let keys = KeptValues<RSAPrivateKey>(limit: 16)

    private init(_ raw: OpaquePointer?) throws(OpenSSLError) {
        handle = try KeyHandle(raw, for: "reading an RSA private key")
        guard EVP_PKEY_get_base_id(raw) == EVP_PKEY_RSA, EVP_PKEY_get_bits(raw) >= Self.fewestBits else {
            throw OpenSSLError(operation: "reading an RSA private key of \(Self.fewestBits) bits or more")
        }
    }

    /// Reads a key from PEM text (PKCS#8 or PKCS#1), which must not be encrypted.
    package init(pem: [UInt8]) throws(OpenSSLError) {
        // The BIO reads the text in place, so the text must outlive it.
        let raw = pem.withUnsafeBufferPointer { text in
            let bio = BIO_new_mem_buf(text.baseAddress, Int32(clamping: text.count))
            defer { BIO_free(bio) }
            // Without this callback, OpenSSL would prompt for a passphrase on the terminal.
            return PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        try self.init(raw)
    }

    /// Reads a key from DER bytes (PKCS#8 or PKCS#1).
    package init(der: [UInt8]) throws(OpenSSLError) {
        let raw = der.withUnsafeBufferPointer { bytes in
            var place = bytes.baseAddress
            return d2i_PrivateKey(EVP_PKEY_RSA, nil, &place, bytes.count)
        }
        try self.init(raw)
    }

    /// Returns the key in DER bytes, reading it only if it is not among the last few: that takes OpenSSL half a
    /// millisecond.
    ///
    /// - Throws: `OpenSSLError` for bytes that are not a key.
    package static func kept(der: [UInt8]) throws(OpenSSLError) -> RSAPrivateKey {
        try keys.value(of: der) { () throws(OpenSSLError) in try RSAPrivateKey(der: der) }
    }

    /// Makes a fresh key.
    ///
    /// - Parameter bits: the length of the modulus.
    package static func generate(bits: Int = fewestBits) throws(OpenSSLError) -> RSAPrivateKey {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else {
            throw OpenSSLError(operation: "making an RSA key")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var raw: OpaquePointer?
        let done =
            EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) == 1
            && EVP_PKEY_generate(context, &raw) == 1
        guard done else { throw OpenSSLError(operation: "making an RSA key") }
        return try RSAPrivateKey(raw)
    }

    /// The key as DER bytes (PKCS#1).
    package var der: [UInt8] { handle.bytes { i2d_PrivateKey($0, $1) } }

    /// The public half.
    package var publicKey: RSAPublicKey { RSAPublicKey(handle: handle) }

    /// Signs a message.
    /// - Returns: as many bytes as in the modulus.
    package func sign(_ message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        try signatures.value(of: HashFunction.sha256.digest(message)) { () throws(OpenSSLError) in
            try handle.sign(message, digest: "SHA256")
        }
    }
}
