internal import COpenSSL

/// Random bytes from OpenSSL's generator.
package enum RandomBytes {
    /// Returns fresh random bytes, suitable for keys.
    package static func make(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(RAND_bytes(&bytes, Int32(count)) == 1, "OpenSSL's random generator failed")
        return bytes
    }
}
