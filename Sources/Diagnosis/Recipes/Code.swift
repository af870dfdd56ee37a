package import Cryptography
package import Schemes

/// A function that makes a signature, sound or not.
package enum Code: Sendable, Hashable {
    /// A scheme's own.
    case sound(SignatureAlgorithm)
    /// HMAC with key and message exchanged.
    case swapped(HashFunction)
    /// HMAC over the digest of the message, as bytes or as lower-case hexadecimal.
    case digested(HashFunction, asText: Bool)
    /// A hash without HMAC, with the key before or after the message, or without any key.
    case plain(HashFunction, KeyPlace)

    /// Where the key of a plain hash is.
    package enum KeyPlace: Sendable, Hashable {
        /// Before the message.
        case first
        /// After the message.
        case last
        /// Nowhere: anyone can compute it.
        case nowhere
    }

    /// How many bytes it makes; `nil` when that depends on the key.
    var length: Int? {
        switch self {
        case .sound(.hmac(let hash)), .swapped(let hash), .digested(let hash, _), .plain(let hash, _):
            hash.digestLength
        case .sound(.ed25519): 64
        case .sound(.rs256): nil
        }
    }

    /// Returns the signature of a message; empty when the key is not valid for it.
    package func sign(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        switch self {
        case .sound(let algorithm): algorithm.sign(message, key: key)
        case .swapped(let hash): HMAC.code(hash, key: message, message: key)
        case .digested(let hash, let asText):
            HMAC.code(hash, key: key, message: asText ? Self.hex(hash, message) : hash.digest(message))
        case .plain(let hash, .first): hash.digest(key + message)
        case .plain(let hash, .last): hash.digest(message + key)
        case .plain(let hash, .nowhere): hash.digest(message)
        }
    }

    private static func hex(_ hash: HashFunction, _ message: [UInt8]) -> [UInt8] {
        SignatureEncoding.hex.encode(hash.digest(message))
    }
}
