internal import Bytes

/// The strict reading of a signature header by the scheme's grammar.
package enum SignatureHeader {
    /// Reads the header.
    ///
    /// Unknown keys and versions are ignored (C05), every signature of the right version is a candidate (G02), and a
    /// key that may stand once but stands twice refuses the whole header (G01).
    package static let read: @Sendable ([UInt8], Scheme) -> VerificationSteps.ReadSignature? = { text, scheme in
        switch scheme.signature.grammar {
        case .value(let prefix):
            guard text.starts(with: prefix.utf8) else { return nil }
            return VerificationSteps.ReadSignature(candidates: [Array(text.dropFirst(prefix.utf8.count))])
        case .fields(let separator, let key):
            return fields(text, separator: separator, key: key, timestamp: scheme.timestamp)
        case .list(let version): return list(text, version: version)
        case .token(let rule):
            guard text.starts(with: rule.prefix.utf8), let token = Token(text.dropFirst(rule.prefix.utf8.count)) else {
                return nil
            }
            return VerificationSteps.ReadSignature(candidates: [token.signatureText], token: token)
        }
    }

    /// Splits `key=value` elements; `nil` when one has no `=`.
    package static func elements(_ text: [UInt8], separator: String) -> [SignedParts.Element]? {
        var elements = [SignedParts.Element]()
        for piece in ASCII.split(text, separator: separator.utf8.first ?? UInt8(ascii: ",")) {
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return nil }
            elements.append(SignedParts.Element(Array(piece[..<equals]), Array(piece[(equals + 1)...])))
        }
        return elements
    }

    private static func fields(
        _ text: [UInt8], separator: String, key: String, timestamp: TimestampRule?
    ) -> VerificationSteps.ReadSignature? {
        guard let elements = elements(text, separator: separator) else { return nil }
        let candidates = elements.filter { $0.key.elementsEqual(key.utf8) }.map(\.value)
        guard !candidates.isEmpty else { return nil }
        var read = VerificationSteps.ReadSignature(candidates: candidates)
        if case .field(let field) = timestamp {
            let stamps = elements.filter { $0.key.elementsEqual(field.utf8) }
            guard stamps.count == 1 else { return nil }
            read.timestamp = stamps[0].value
        }
        return read
    }

    private static func list(_ text: [UInt8], version: String) -> VerificationSteps.ReadSignature? {
        let prefix = Array(version.utf8) + [UInt8(ascii: ",")]
        let candidates = ASCII.split(text, separator: 0x20)
            .filter { $0.starts(with: prefix) }
            .map { Array($0.dropFirst(prefix.count)) }
        return candidates.isEmpty ? nil : VerificationSteps.ReadSignature(candidates: candidates)
    }
}
