internal import COpenSSL

/// Ed25519 (RFC 8032 §5.1): one signature for each key and message, in exactly one spelling.
package enum Ed25519 {
    /// Length of a seed in bytes.
    package static let seedLength = 32

    /// Returns the public key of a seed.
    ///
    /// - Parameter seed: 32 bytes, which RFC 8032 calls the private key.
    /// - Returns: 32 bytes.
    /// - Throws: `OpenSSLError` for a seed of another length.
    package static func publicKey(seed: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let key = try privateKey(seed)
        var length = 32
        var bytes = [UInt8](repeating: 0, count: length)
        guard withExtendedLifetime(key, { EVP_PKEY_get_raw_public_key(key.raw, &bytes, &length) }) == 1 else {
            throw OpenSSLError(operation: "the public key of a seed")
        }
        return bytes
    }

    /// Signs a message.
    ///
    /// - Parameters:
    ///   - message: the bytes to sign.
    ///   - seed: 32 bytes.
    /// - Returns: 64 bytes, R and S.
    /// - Throws: `OpenSSLError` for a seed of another length.
    package static func sign(_ message: [UInt8], seed: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        try signatures.value(of: HashFunction.sha256.digest(seed + message)) { () throws(OpenSSLError) in
            try privateKey(seed).sign(message, digest: nil)
        }
    }

    /// Whether a signature is valid for a message; an S that is not reduced is rejected (RFC 8032 §5.1.7, C11).
    ///
    /// - Parameters:
    ///   - signature: any bytes.
    ///   - message: the bytes that were signed.
    /// - publicKey: any bytes; an invalid key verifies nothing.
    package static func verifies(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        do throws(OpenSSLError) {
            let key = try publicKeys.value(of: publicKey) { () throws(OpenSSLError) in
                let raw = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count)
                return try KeyHandle(raw, for: "an Ed25519 public key")
            }
            let count = withUnsafeBytes(of: UInt64(signature.count)) { Array($0) }
            return verdicts.value(of: HashFunction.sha256.digest(publicKey + count + signature + message)) {
                key.verifies(signature, of: message, digest: nil)
            }
        } catch {
            return false
        }
    }

    /// The last few private keys: making one takes longer than to sign with it.
    private static let keys = KeptValues<KeyHandle>(limit: 16)
    private static let publicKeys = KeptValues<KeyHandle>(limit: 16)
    /// A message has one signature under a key, and that is valid or not for good: runs that repeat themselves compute it
    /// once.
    private static let signatures = KeptValues<[UInt8]>(limit: 16_384)
    private static let verdicts = KeptValues<Bool>(limit: 16_384)

    private static func privateKey(_ seed: [UInt8]) throws(OpenSSLError) -> KeyHandle {
        try keys.value(of: seed) { () throws(OpenSSLError) in
            let raw = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            return try KeyHandle(raw, for: "an Ed25519 seed")
        }
    }
}
