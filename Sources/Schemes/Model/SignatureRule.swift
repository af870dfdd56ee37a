public import Cryptography

/// How the signature of a request is made and written.
public struct SignatureRule: Sendable, Hashable {
    /// The header that carries it.
    public let header: String
    /// How the header is laid out.
    public let grammar: Grammar
    /// The bytes that are signed.
    public let message: MessageTemplate
    /// The function that signs them.
    public let algorithm: SignatureAlgorithm
    /// How the signature's bytes become text.
    public let encoding: SignatureEncoding
    /// How the secret, as the vendor shows it, becomes key bytes.
    public let secret: SecretRule

    /// How the signature header is laid out.
    public enum Grammar: Sendable, Hashable {
        /// One signature behind a fixed text, which may be empty: `sha256=<hex>`.
        case value(prefix: String)
        /// Keys and values: `t=<unix>,v1=<hex>`. Unknown keys are ignored, several signatures are allowed.
        case fields(separator: String, signature: String)
        /// Versions and signatures between blanks: `v1,<base64> v1,<base64>`. Unknown versions are ignored.
        case list(version: String)
    }
}

/// The function that signs.
public enum SignatureAlgorithm: Sendable, Hashable {
    /// HMAC (RFC 2104) over a hash function.
    case hmac(HashFunction)

    /// The name in scheme files.
    public var name: String {
        switch self {
        case .hmac(let hash): "hmac-\(hash.rawValue)"
        }
    }

    /// Every algorithm a scheme may name.
    public static let all: [SignatureAlgorithm] = [.hmac(.sha256), .hmac(.sha512), .hmac(.sha384), .hmac(.sha1)]

    /// Signs a message.
    ///
    /// - Parameters:
    ///   - message: the bytes to sign.
    ///   - key: the key's bytes.
    /// - Returns: the signature's bytes.
    public func sign(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        switch self {
        case .hmac(let hash): HMAC.code(hash, key: key, message: message)
        }
    }
}
