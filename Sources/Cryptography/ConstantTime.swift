internal import COpenSSL

/// Comparison that takes the same time wherever two secrets differ (flaw B14).
package enum ConstantTime {
    /// Whether two byte strings are equal; the time taken reveals only their lengths, which are public.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
