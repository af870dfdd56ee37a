internal import COpenSSL

/// Random bytes from OpenSSL's generator.
public enum RandomBytes {
    /// Gives fresh random bytes, fit for keys.
    public static func make(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(RAND_bytes(&bytes, Int32(count)) == 1, "OpenSSL's random generator failed")
        return bytes
    }
}
