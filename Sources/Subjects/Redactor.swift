internal import Bytes
internal import ReportModel
package import Schemes
internal import Synchronization
internal import Transport

/// Removes secrets from what is recorded, at the time of recording (honesty rule 9).
package final class Redactor: Sendable {
    private struct Needle {
        let bytes: [UInt8]
        let mark: [UInt8]
    }

    /// Longest first, so that a secret inside another is not split.
    private let needles = Mutex<[Needle]>([])

    /// Creates a redactor for a secret and credentials, in every encoding in which they could appear.
    package init(secret: Secret, credentials: [String: [UInt8]]) {
        hide(secret)
        for (name, value) in credentials.sorted(by: { $0.key < $1.key }) { hide(value, as: name) }
    }

    /// Hides one more secret from now on.
    package func hide(_ secret: Secret) {
        hide(secret.text, as: "secret")
        hide(secret.key, as: "secret")
    }

    /// Hides one more value from now on.
    /// - Parameter name: the name that replaces it, in brackets.
    package func hide(_ bytes: [UInt8], as name: String) {
        // Shorter texts appear everywhere by chance, and hiding them would reveal them.
        guard bytes.count >= 4 else { return }
        let mark = Array("[\(name)]".utf8)
        let hex = Hex.encode(bytes)
        let base64 = Base64.encode(bytes)
        let unpadded = Array(base64.prefix { $0 != UInt8(ascii: "=") })
        let forms = [
            bytes, hex, hex.map(ASCII.uppercased), base64, unpadded, Base64.encode(bytes, alphabet: .url),
            Self.percentEncoded(bytes), Self.jsonEscaped(bytes),
        ]
        needles.withLock { needles in
            for form in forms where !needles.contains(where: { $0.bytes == form }) {
                let place = needles.firstIndex { $0.bytes.count < form.count } ?? needles.endIndex
                needles.insert(Needle(bytes: form, mark: mark), at: place)
            }
        }
    }

    /// Whether the bytes contain a value that is hidden.
    package func findsSecret(_ bytes: [UInt8]) -> Bool {
        needles.withLock { $0 }.contains { ASCII.firstRange(of: $0.bytes, in: bytes) != nil }
    }

    /// Returns the bytes with each secret replaced by its name in brackets, and tokens without their signatures.
    ///
    /// - Parameter signatures: texts of right signatures, which are replaced in either case of letters.
    package func redacted(_ bytes: [UInt8], signatures: [[UInt8]] = []) -> [UInt8] {
        let mark = Array("[signature]".utf8)
        let known = Set(
            signatures.filter { $0.count >= Self.shortestSignature }.flatMap { [$0, $0.map(ASCII.uppercased)] })
        let forms = known.map { Needle(bytes: $0, mark: mark) }
        return TokenSignatures.removed(
            from: (needles.withLock { $0 } + forms).reduce(bytes) { text, needle in
                Self.replacing(needle.bytes, with: needle.mark, in: text)
            })
    }

    /// The fewest characters of a signature: those of no scheme are shorter, and shorter texts appear by chance.
    private static let shortestSignature = 16

    /// Returns bytes as text that is safe in a terminal and in any file: printable ASCII and newlines as they are,
    /// every other byte as `\xNN`.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that are shown.
    ///   - signatures: texts of right signatures, which are replaced.
    package func text(_ bytes: [UInt8], limit: Int = 4096, signatures: [[UInt8]] = []) -> String {
        // Redacted before it is truncated, so that no part of a secret remains at the end.
        let safe = redacted(bytes, signatures: signatures)
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

    private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            let isUnreserved = ASCII.isTokenCharacter(byte) && !"!#$%&'*+^`|".utf8.contains(byte)
            return isUnreserved ? [byte] : [UInt8(ascii: "%")] + Hex.encode([byte]).map(ASCII.uppercased)
        }
    }

    private static func jsonEscaped(_ bytes: [UInt8]) -> [UInt8] {
        Array(JSON.string(String(decoding: bytes, as: UTF8.self)).serialized().dropFirst().dropLast())
    }

    private static func replacing(_ needle: [UInt8], with mark: [UInt8], in text: [UInt8]) -> [UInt8] {
        guard ASCII.firstRange(of: needle, in: text) != nil else { return text }
        var out = [UInt8]()
        var rest = text
        while let range = ASCII.firstRange(of: needle, in: rest) {
            out += rest[..<range.lowerBound] + mark
            rest = Array(rest[range.upperBound...])
        }
        return out + rest
    }
}
