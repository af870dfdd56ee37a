internal import Bytes
internal import ReportModel
package import Schemes
internal import Synchronization
internal import Transport

/// Knows every secret of a run, from the moment at which it is read, and removes all of them from what is recorded, at
/// the time of recording (honesty rule 9).
package final class Redactor: Sendable {
    private struct Known {
        var secrets: [Secret] = []
        var search = SecretSearch()
        /// Without those that may be anywhere by chance.
        var unmistakable = SecretSearch()

        mutating func add(_ bytes: [UInt8], as name: String) {
            search.add(bytes, as: name)
            if bytes.count >= Redactor.leastUnmistakable { unmistakable.add(bytes, as: name) }
        }
    }

    /// Shorter values may be words, and appear in a text that knows nothing of the secret.
    private static let leastUnmistakable = 12

    private let known = Mutex(Known())

    /// Creates a redactor that knows no secret yet.
    package init() {}

    /// Every secret that signs or signed.
    package var secrets: [Secret] { known.withLock { $0.secrets } }

    /// Hides one more secret from now on.
    package func hide(_ secret: Secret) {
        known.withLock { known in
            if !known.secrets.contains(secret) { known.secrets.append(secret) }
            known.add(secret.text, as: "secret")
            known.add(secret.key, as: "secret")
        }
    }

    /// Hides one more value from now on.
    ///
    /// - Parameter name: the name that replaces it, in brackets.
    package func hide(_ bytes: [UInt8], as name: String) { known.withLock { $0.add(bytes, as: name) } }

    /// Returns the names of the hidden values that are in some bytes, in whatever encoding.
    package func names(in bytes: [UInt8]) -> Set<String> {
        let search = known.withLock { $0.unmistakable }
        return Set(search.places(in: bytes).map(\.name))
    }

    /// Returns the bytes with each secret, in whatever encoding, replaced by its name in brackets, and tokens without
    /// their signatures.
    ///
    /// - Parameter signatures: right signatures, not encoded, which are replaced too.
    package func redacted(_ bytes: [UInt8], signatures: [[UInt8]] = []) -> [UInt8] {
        redacted(bytes, by: search(signatures))
    }

    private func search(_ signatures: [[UInt8]]) -> SecretSearch {
        var search = known.withLock { $0.search }
        for signature in signatures { search.add(signature, as: "signature") }
        return search
    }

    private func redacted(_ bytes: [UInt8], by search: SecretSearch) -> [UInt8] {
        var out = [UInt8]()
        var end = 0
        for (range, name) in search.places(in: bytes) {
            out += bytes[end..<range.lowerBound] + Array("[\(name)]".utf8)
            end = range.upperBound
        }
        return TokenSignatures.removed(from: out + bytes[end...])
    }

    /// The most bytes that an encoding makes of one.
    private static let expansion = 16

    /// Returns bytes as text that is safe in a terminal and in any file: printable ASCII and newlines as they are,
    /// every other byte as `\xNN`.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that are shown.
    ///   - signatures: right signatures, not encoded, which are replaced.
    package func text(_ bytes: [UInt8], limit: Int = 4096, signatures: [[UInt8]] = []) -> String {
        let search = search(signatures)
        // Redacted before it is truncated, so that no part of a secret remains at the end.
        let safe = redacted(Array(bytes.prefix(limit + search.longest * Self.expansion)), by: search)
        var text = [UInt8]()
        for byte in safe.prefix(limit) {
            switch byte {
            case 0x0A, 0x20...0x5B, 0x5D...0x7E: text.append(byte)
            case 0x0D: continue
            case UInt8(ascii: "\\"): text += [byte, byte]
            default: text += Array("\\x".utf8) + Hex.encode([byte])
            }
        }
        if bytes.count > limit { text += "\n[\(bytes.count - limit) more bytes]".utf8 }
        return String(decoding: text, as: UTF8.self)
    }
}
