/// A secret with its key bytes. It never prints itself.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret as the vendor shows it.
    package let text: [UInt8]
    /// The key bytes it decodes to.
    package let key: [UInt8]

    /// Decodes a secret by a scheme's rule.
    ///
    /// - Throws: `SecretError` when it does not decode.
    package init(_ text: [UInt8], rule: SecretRule) throws(SecretError) {
        self.text = text
        key = try rule.key(from: text)
    }

    /// Never the secret.
    package var description: String { "‹secret›" }
    /// Never the secret.
    package var debugDescription: String { description }
    /// Never the secret, in a dump or a crash message either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
