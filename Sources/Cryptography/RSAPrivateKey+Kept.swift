internal import Synchronization

extension RSAPrivateKey {
    /// The most keys that are kept.
    static let mostKept = 16

    /// What was read before, by its DER bytes. A key is never changed, so that threads share it; whoever took one holds
    /// it, so that clearing the table ends no call.
    private static let kept = Mutex<[[UInt8]: RSAPrivateKey]>([:])

    /// Gives the key in DER bytes, reading only those that are not among the last few.
    ///
    /// OpenSSL takes half a millisecond to read a key, which is as long as it takes to sign with it.
    ///
    /// - Throws: `OpenSSLError` for bytes that are no key; they are not remembered.
    package static func kept(der: [UInt8]) throws(OpenSSLError) -> RSAPrivateKey {
        if let key = kept.withLock({ $0[der] }) { return key }
        // Outside the lock: two threads may read the same key once each, and none waits for another's reading.
        let key = try RSAPrivateKey(der: der)
        kept.withLock { keys in
            if keys.count >= mostKept { keys.removeAll() }
            keys[der] = key
        }
        return key
    }
}
