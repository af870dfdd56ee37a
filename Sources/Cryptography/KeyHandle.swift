internal import COpenSSL

/// The one owner of an `EVP_PKEY`. Nothing changes the key once it is made, so threads may share it.
final class KeyHandle: @unchecked Sendable {
    let raw: OpaquePointer

    /// Takes ownership of a key, or throws the queued errors when there is none.
    init(_ raw: OpaquePointer?, for operation: String) throws(OpenSSLError) {
        guard let raw else { throw OpenSSLError(operation: operation) }
        self.raw = raw
    }

    deinit { EVP_PKEY_free(raw) }

    /// Signs a message in one go.
    ///
    /// - Parameter digest: OpenSSL's name of the hash function; `nil` where the algorithm has its own.
    func sign(_ message: [UInt8], digest: String?) throws(OpenSSLError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw OpenSSLError(operation: "a signature context") }
        // The key must outlive the calls that use it, which Swift does not see.
        defer { withExtendedLifetime(self) { EVP_MD_CTX_free(context) } }
        var length = Int(EVP_PKEY_get_size(raw))
        var signature = [UInt8](repeating: 0, count: length)
        let done =
            EVP_DigestSignInit_ex(context, nil, digest, nil, nil, raw, nil) == 1
            && EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        guard done else { throw OpenSSLError(operation: "signing") }
        return Array(signature.prefix(length))
    }

    /// Whether a signature is valid for a message. OpenSSL's errors about an invalid one are discarded.
    func verifies(_ signature: [UInt8], of message: [UInt8], digest: String?) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { withExtendedLifetime(self) { EVP_MD_CTX_free(context) } }
        let done =
            EVP_DigestVerifyInit_ex(context, nil, digest, nil, nil, raw, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !done { ERR_clear_error() }
        return done
    }

    /// Returns the output of one of OpenSSL's `i2d` functions, called first for the length and then for the bytes.
    func bytes(
        _ write: (OpaquePointer, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8] {
        withExtendedLifetime(self) {
            let length = Int(write(raw, nil))
            guard length > 0 else { return [] }
            return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                var place = buffer.baseAddress
                count = max(0, Int(write(raw, &place)))
            }
        }
    }
}
