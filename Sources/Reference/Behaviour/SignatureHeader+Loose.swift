internal import Bytes
internal import Schemes

/// Lenient ways to read signature headers, which no sound endpoint uses.
extension SignatureHeader {
    /// Returns the elements of a header of fields or of a list, without the spaces around keys; nothing is rejected.
    static func looseElements(_ header: [UInt8], _ scheme: Scheme) -> [SignedParts.Element] {
        let (separator, assign): (UInt8, UInt8) =
            switch scheme.signature.grammar {
            case .list: (0x20, UInt8(ascii: ","))
            case .fields(let separator, _): (separator.utf8.first ?? UInt8(ascii: ","), UInt8(ascii: "="))
            case .value, .token: (UInt8(ascii: ","), UInt8(ascii: "="))
            }
        return ASCII.split(header, separator: separator).compactMap { piece in
            guard let place = piece.firstIndex(of: assign) else { return nil }
            return SignedParts.Element(ASCII.trimmed(piece[..<place]), Array(piece[(place + 1)...]))
        }
    }

    /// The key of the signatures in a header of fields or of a list.
    static func signatureKey(_ scheme: Scheme) -> [UInt8] {
        switch scheme.signature.grammar {
        case .list(let key), .fields(_, let key): Array(key.utf8)
        case .value, .token: []
        }
    }

    /// Returns the signatures in a header of fields or of a list.
    static func looseSignatures(_ header: [UInt8], _ scheme: Scheme) -> [[UInt8]] {
        let key = signatureKey(scheme)
        return looseElements(header, scheme).filter { $0.key == key }.map(\.value)
    }

    /// Returns the timestamps in a header of fields.
    static func timestamps(_ header: [UInt8], _ scheme: Scheme) -> [[UInt8]] {
        guard case .field(let field) = scheme.timestamp else { return [] }
        return looseElements(header, scheme).filter { $0.key.elementsEqual(field.utf8) }.map(\.value)
    }

    /// Adds the elements whose key passes a test to the candidates of the strict reading.
    static func loose(
        _ header: [UInt8], _ scheme: Scheme, strict: SignatureReading?,
        allowing isAllowed: ([UInt8]) -> Bool
    ) -> SignatureReading? {
        let more = looseElements(header, scheme).filter { isAllowed($0.key) }.map(\.value)
        guard !more.isEmpty else { return strict }
        return SignatureReading(
            candidates: (strict?.candidates ?? []) + more,
            timestamp: strict?.timestamp ?? timestamps(header, scheme).first)
    }
}
