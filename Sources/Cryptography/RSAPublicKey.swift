internal import COpenSSL

/// The public half of an RSA key.
package struct RSAPublicKey: Sendable {
    private let handle: KeyHandle

    init(handle: KeyHandle) { self.handle = handle }

    /// Reads a key from PEM text (SubjectPublicKeyInfo, RFC 7468 §13).
    package init(pem: [UInt8]) throws(OpenSSLError) {
        // The BIO reads the text in place, so the text must outlive it.
        let raw = pem.withUnsafeBufferPointer { text in
            let bio = BIO_new_mem_buf(text.baseAddress, Int32(clamping: text.count))
            defer { BIO_free(bio) }
            return PEM_read_bio_PUBKEY(bio, nil, nil, nil)
        }
        handle = try KeyHandle(raw, for: "reading an RSA public key")
        guard EVP_PKEY_get_base_id(handle.raw) == EVP_PKEY_RSA else {
            throw OpenSSLError(operation: "reading an RSA public key")
        }
    }

    /// Whether a signature is valid for a message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        handle.verifies(signature, of: message, digest: "SHA256")
    }

    /// The key as DER bytes (SubjectPublicKeyInfo).
    package var der: [UInt8] { handle.bytes { i2d_PUBKEY($0, $1) } }

    /// The key as PEM text with a newline at the end.
    package var pem: [UInt8] {
        guard let bio = BIO_new(BIO_s_mem()) else { return [] }
        defer { BIO_free(bio) }
        guard withExtendedLifetime(handle, { PEM_write_bio_PUBKEY(bio, handle.raw) }) == 1 else { return [] }
        var text = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &text, Int32(clamping: text.count))
        return Array(text.prefix(max(0, Int(count))))
    }

    /// The modulus, highest byte first, as `n` of a JSON Web Key has it (RFC 7518 §6.3.1.1).
    package var modulus: [UInt8] { number("n") }

    /// The exponent, highest byte first, as `e` of a JSON Web Key has it.
    package var exponent: [UInt8] { number("e") }

    private func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard withExtendedLifetime(handle, { EVP_PKEY_get_bn_param(handle.raw, name, &number) }) == 1 else { return [] }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }
}
