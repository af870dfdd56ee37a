internal import Bytes
internal import Cryptography

/// How a secret, as the vendor shows it, becomes key bytes.
package struct SecretRule: Sendable, Hashable {
    /// How the text is decoded.
    package let decoding: Decoding
    /// A prefix that is not part of the key, such as `whsec_`.
    package let prefix: String

    /// How a text becomes key bytes.
    package enum Decoding: String, Sendable, CaseIterable {
        /// Its UTF-8 bytes.
        case utf8
        /// Hexadecimal.
        case hex
        /// Base64 with padding.
        case base64
        /// Hexadecimal, of 32 bytes: the seed of an Ed25519 key (RFC 8032 §5.1.5).
        case seed
        /// The private key of an RSA pair in PEM (RFC 7468), of 2048 bits or more.
        case pem
    }

    /// Returns the key's bytes.
    ///
    /// - Parameter text: the secret as the vendor shows it. Never part of an error.
    /// - Throws: `SecretError` when it does not decode.
    package func key(from text: [UInt8]) throws(SecretError) -> [UInt8] {
        let body = text.starts(with: prefix.utf8) ? Array(text.dropFirst(prefix.utf8.count)) : text
        let key: [UInt8]? =
            switch decoding {
            case .utf8: body
            case .hex: Hex.decode(body)
            case .base64: Base64.decode(body)
            case .pem: try? RSAPrivateKey(pem: body).der
            case .seed: Hex.decode(body).flatMap { $0.count == Ed25519.seedLength ? $0 : nil }
            }
        guard let key else { throw SecretError(reason: "the secret is not \(expectedForm)") }
        guard !key.isEmpty else { throw SecretError(reason: "the secret is empty") }
        return key
    }

    /// The form a secret must have, for error messages.
    package var expectedForm: String {
        let encoded =
            switch decoding {
            case .utf8: "text"
            case .hex: "hexadecimal text of even length"
            case .base64: "Base64 text with padding"
            case .pem: "an RSA private key of 2048 bits or more in PEM, not encrypted"
            case .seed: "the seed of an Ed25519 key, 64 hexadecimal digits"
            }
        return prefix.isEmpty ? encoded : "\(encoded), with or without the prefix '\(prefix)'"
    }

    /// The label of the published secret that belongs to no bridge, to forge with.
    package static let stranger = "stranger"

    /// The suffix of labels of published secrets that belong to second bridges.
    package static let secondBridge = "second bridge"

    /// The label of the published key that the served key set endorses for another channel.
    package static let otherChannel = "other-channel"

    /// Creates a rule.
    package init(decoding: Decoding, prefix: String) {
        self.decoding = decoding
        self.prefix = prefix
    }

    /// Creates a fresh secret, as the vendor would show it; for a private key in PEM that takes a while.
    ///
    /// - Throws: `SecretError` when no key could be made.
    package func freshSecret() throws(SecretError) -> [UInt8] {
        let random = RandomBytes.make(count: 32)
        switch decoding {
        case .utf8, .hex, .seed: return Array(prefix.utf8) + Hex.encode(random)
        case .base64: return Array(prefix.utf8) + Base64.encode(random)
        case .pem:
            do throws(OpenSSLError) {
                return Self.pem(try RSAPrivateKey.generate().der)
            } catch {
                throw SecretError(reason: "no RSA key could be created")
            }
        }
    }

    /// Wraps a private key as PEM text (RFC 7468, PKCS#1 within).
    private static func pem(_ der: [UInt8]) -> [UInt8] {
        let text = Base64.encode(der)
        let lines = stride(from: 0, to: text.count, by: 64).map { text[$0..<min($0 + 64, text.count)] }
        let label = "RSA PRIVATE KEY-----\n"
        return Array("-----BEGIN \(label)".utf8) + lines.flatMap { Array($0) + [0x0A] } + "-----END \(label)".utf8
    }

    /// Returns a secret that anyone may know, for vectors, the demonstration and the reference endpoint.
    /// - Parameter label: selects the secret; the same label returns the same secret. There are four private keys in
    ///   PEM: for the key that belongs to no bridge, for second bridges, for the other channel, and for every other label.
    package func publishedSecret(_ label: String) -> [UInt8] {
        if decoding == .pem {
            return switch label {
            case Self.stranger: PackageResources.published_never_for_use_2_pem
            case Self.otherChannel: PackageResources.published_never_for_use_4_pem
            case _ where label.hasSuffix(Self.secondBridge): PackageResources.published_never_for_use_3_pem
            default: PackageResources.published_never_for_use_1_pem
            }
        }
        let digest = HashFunction.sha256.digest(Array("countersign published secret, never for use: \(label)".utf8))
        let body: [UInt8] =
            switch decoding {
            case .utf8, .hex, .seed: Hex.encode(digest)
            case .base64: Base64.encode(digest)
            case .pem: []
            }
        return Array(prefix.utf8) + body
    }
}

/// A secret that can't become a key. It never quotes the secret.
package struct SecretError: Error, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    package let reason: String
    /// What is wrong with it.
    package var description: String { reason }
}
