/// A secret with the key bytes it stands for. It never prints itself.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret as the vendor shows it.
    public let text: [UInt8]
    /// The key bytes it decodes to.
    public let key: [UInt8]

    /// Decodes a secret by a scheme's rule.
    ///
    /// - Throws: `SecretError` when it does not decode.
    public init(_ text: [UInt8], rule: SecretRule) throws(SecretError) {
        self.text = text
        key = try rule.key(from: text)
    }

    /// Never the secret.
    public var description: String { "‹secret›" }
    /// Never the secret.
    public var debugDescription: String { description }
    /// Never the secret, in a dump or a crash message either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
