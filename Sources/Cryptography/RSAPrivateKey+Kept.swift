internal import Synchronization

extension RSAPrivateKey {
    /// The most keys that are kept.
    static let mostKept = 16

    /// Keys by their DER bytes. A key never changes, so threads share it; callers retain theirs, so clearing the table
    /// is safe.
    private static let kept = Mutex<[[UInt8]: RSAPrivateKey]>([:])

    /// Returns the key in DER bytes, parsing it only if it is not among the last few.
    ///
    /// OpenSSL takes half a millisecond to read a key, which is as long as it takes to sign with it.
    /// - Throws: `OpenSSLError` for bytes that are not a key; they are not kept.
    package static func kept(der: [UInt8]) throws(OpenSSLError) -> RSAPrivateKey {
        if let key = kept.withLock({ $0[der] }) { return key }
        // Outside the lock: two threads may both parse the same key, and neither waits for the other.
        let key = try RSAPrivateKey(der: der)
        kept.withLock { keys in
            if keys.count >= mostKept { keys.removeAll() }
            keys[der] = key
        }
        return key
    }
}
