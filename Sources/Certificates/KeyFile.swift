internal import Bytes
internal import Cryptography

/// An Ed25519 key as people keep it: PEM text (RFC 8410, RFC 7468).
package enum KeyFile {
    /// Why a text is not a key.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong; never a part of the text.
        package let description: String
    }

    /// What precedes the 32 bytes of a private key in PKCS#8, and of a public key in SubjectPublicKeyInfo: the sizes and
    /// the algorithm 1.3.101.112.
    private static let privateHeader = Array("302e020100300506032b657004220420".utf8)
    private static let publicHeader = Array("302a300506032b6570032100".utf8)

    /// Returns a private key as text.
    ///
    /// - Parameter seed: 32 bytes.
    package static func privateText(seed: [UInt8]) -> [UInt8] { text("PRIVATE KEY", privateHeader, seed) }

    /// Returns a public key as text.
    ///
    /// - Parameter publicKey: 32 bytes.
    package static func publicText(publicKey: [UInt8]) -> [UInt8] { text("PUBLIC KEY", publicHeader, publicKey) }

    /// Reads the seed of a private key.
    package static func seed(from text: [UInt8]) throws(Problem) -> [UInt8] {
        try key(in: text, "PRIVATE KEY", privateHeader)
    }

    /// Reads a public key.
    package static func publicKey(from text: [UInt8]) throws(Problem) -> [UInt8] {
        try key(in: text, "PUBLIC KEY", publicHeader)
    }

    /// Returns the name of a public key: the SHA-256 digest of its SubjectPublicKeyInfo, in hexadecimal.
    package static func id(of publicKey: [UInt8]) -> String {
        Hex.string(HashFunction.sha256.digest((Hex.decode(publicHeader) ?? []) + publicKey))
    }

    private static func text(_ label: String, _ header: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let body = Base64.string((Hex.decode(header) ?? []) + key)
        return Array("-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n".utf8)
    }

    private static func key(in text: [UInt8], _ label: String, _ header: [UInt8]) throws(Problem) -> [UInt8] {
        let lines = text.split { $0 == 0x0A || $0 == 0x0D }
        guard lines.count >= 3, lines.first?.elementsEqual("-----BEGIN \(label)-----".utf8) == true,
            lines.last?.elementsEqual("-----END \(label)-----".utf8) == true
        else { throw Problem(description: "this is not a \(label) in PEM, as 'certificate keygen' writes one") }
        let header = Hex.decode(header) ?? []
        guard let bytes = Base64.decode(lines.dropFirst().dropLast().joined()), bytes.starts(with: header),
            bytes.count == header.count + Ed25519.seedLength
        else { throw Problem(description: "this is not an Ed25519 key; others are not used for certificates") }
        return Array(bytes.dropFirst(header.count))
    }
}
