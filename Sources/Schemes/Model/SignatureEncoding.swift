internal import Bytes

/// How a signature's bytes become text.
package enum SignatureEncoding: String, Sendable, Hashable, CaseIterable {
    /// Lower-case hexadecimal.
    case hex
    /// Base64 with padding (RFC 4648 §4).
    case base64
    /// Base64 with the URL alphabet, without padding (RFC 4648 §5).
    case base64url

    /// Writes bytes as text.
    package func encode(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .hex: Hex.encode(bytes)
        case .base64: Base64.encode(bytes)
        case .base64url: Base64.encode(bytes, alphabet: .url)
        }
    }

    /// Reads text strictly; hexadecimal of either case.
    ///
    /// - Returns: the bytes, or `nil` for any other spelling.
    package func decode(_ text: [UInt8]) -> [UInt8]? {
        switch self {
        case .hex: Hex.decode(text)
        case .base64: Base64.decode(text)
        case .base64url: Base64.decode(text, alphabet: .url)
        }
    }

    /// Decodes text strictly into memory that is valid only inside a closure.
    ///
    /// - Returns: what the closure returns, or `false` for any other spelling.
    func decode(_ text: ArraySlice<UInt8>, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        let alphabet: Base64.Alphabet = self == .base64url ? .url : .standard
        let length = self == .hex ? text.count / 2 : Base64.decodedLength(of: text, alphabet: alphabet)
        guard let length else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { bytes in
            let isDecoded =
                self == .hex ? Hex.decode(text, into: bytes) : Base64.decode(text, alphabet: alphabet, into: bytes)
            return isDecoded && body(UnsafeRawBufferPointer(bytes))
        }
    }
}
