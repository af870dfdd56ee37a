package import Cryptography

/// How the signature of a request is made and written.
package struct SignatureRule: Sendable, Hashable {
    /// The header that carries it.
    package let header: String
    /// How the header is laid out.
    package let grammar: Grammar
    /// The bytes that are signed.
    package let message: MessageTemplate
    /// The function that signs them.
    package let algorithm: SignatureAlgorithm
    /// How the signature's bytes become text.
    package let encoding: SignatureEncoding
    /// How the secret, as the vendor shows it, becomes key bytes.
    package let secret: SecretRule

    /// How the signature header is laid out.
    package enum Grammar: Sendable, Hashable {
        /// One signature after a fixed text, which may be empty: `sha256=<hex>`.
        case value(prefix: String)
        /// Keys and values: `t=<unix>,v1=<hex>`. Unknown keys are ignored, several signatures are allowed.
        case fields(separator: String, signature: String)
        /// Versions and signatures between spaces: `v1,<base64> v1,<base64>`. Unknown versions are ignored.
        case list(version: String)
        /// A JSON Web Token after a fixed text: `Bearer <header>.<claims>.<signature>`.
        case token(TokenRule)
    }
}

/// The function that signs. Each produces one signature for one key and message.
package enum SignatureAlgorithm: Sendable, Hashable {
    /// HMAC (RFC 2104) over a hash function, under a key that both sides hold.
    case hmac(HashFunction)
    /// Ed25519 (RFC 8032). The key is the seed, and the other side holds its public key.
    case ed25519
    /// RSA PKCS#1 v1.5 over SHA-256, RS256 in JOSE. The key is the private one in DER.
    case rs256

    /// The name in scheme files.
    package var name: String {
        switch self {
        case .hmac(let hash): "hmac-\(hash.rawValue)"
        case .ed25519: "ed25519"
        case .rs256: "rs256"
        }
    }

    /// Every algorithm a scheme may name.
    package static let all: [SignatureAlgorithm] = [
        .hmac(.sha256), .hmac(.sha512), .hmac(.sha384), .hmac(.sha1), .ed25519, .rs256,
    ]

    /// The way in which a secret becomes a key of this algorithm; `nil` where any key will do.
    package var secretDecoding: SecretRule.Decoding? {
        switch self {
        case .hmac: nil
        case .ed25519: .seed
        case .rs256: .pem
        }
    }

    /// Signs a message.
    ///
    /// - Parameters:
    ///   - message: the bytes to sign.
    ///   - key: the key's bytes.
    /// - Returns: the signature's bytes; empty when the key is not valid for this algorithm.
    package func sign(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        do throws(OpenSSLError) {
            switch self {
            case .hmac(let hash): return HMAC.code(hash, key: key, message: message)
            case .ed25519: return try Ed25519.sign(message, seed: key)
            case .rs256: return try RSAPrivateKey.kept(der: key).sign(message)
            }
        } catch {
            return []
        }
    }

    /// Whether the side that verifies holds another key than the one that signs.
    package var hasPublicKey: Bool { if case .hmac = self { false } else { true } }

    /// Whether a signature is valid under the public half of a key, for endpoints that hold only that.
    ///
    /// - Returns: false also where a key has no public half: codes (HMAC) are computed and compared instead.
    package func verifies(_ signature: [UInt8], of message: [UInt8], key: [UInt8]) -> Bool {
        do throws(OpenSSLError) {
            switch self {
            case .hmac: return false
            case .ed25519:
                return Ed25519.verifies(signature, of: message, publicKey: try Ed25519.publicKey(seed: key))
            case .rs256: return try RSAPrivateKey.kept(der: key).publicKey.verifies(signature, of: message)
            }
        } catch {
            return false
        }
    }
}
