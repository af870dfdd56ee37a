internal import Bytes
internal import Cryptography

/// What the id of a delivery looks like. Endpoints may keep it in a column of that type.
package enum EventIDForm: String, Sendable, Hashable, CaseIterable {
    /// Any text.
    case text
    /// A UUID, as RFC 9562 writes it; Microsoft and GitHub call it a GUID.
    case uuid

    /// Returns the id of a delivery with a name: the same for the same name, another for another.
    package func id(of name: String) -> String {
        switch self {
        case .text: return name
        case .uuid:
            var bytes = Array(HashFunction.sha256.digest(Array(name.utf8)).prefix(16))
            // Version 4 and the usual variant (RFC 9562 §5.4), as strict parsers ask.
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            let digits = Hex.string(bytes)
            var rest = digits[...]
            return [8, 4, 4, 4, 12].map { length in
                defer { rest = rest.dropFirst(length) }
                return String(rest.prefix(length))
            }.joined(separator: "-")
        }
    }
}
