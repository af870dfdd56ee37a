internal import ReportModel
internal import Schemes
internal import Transport

// Edits that several recipes for the signature share.
extension Draft {
    /// Sends another text in place of the signature; the prefix, field or version stays.
    mutating func editSignature(_ edit: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        onceSigned { $0.signature = edit($0.signature) }
    }

    /// Sends the encoding of other bytes in place of the signature.
    mutating func editMAC(_ edit: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        let encoding = encoding
        onceSigned { $0.signature = encoding.encode(edit($0.mac)) }
    }

    /// Sends another text as the whole signature header.
    mutating func setHeader(_ text: @escaping @Sendable (SignedParts) -> [UInt8]) {
        onceSigned { $0.headerText = text($0) }
    }

    /// Appends a parameter to the query.
    mutating func addQuery(_ parameter: String) {
        target += (target.contains("?") ? "&" : "?") + parameter
    }
}

extension SignedParts {
    /// A signature of the right form and length that matches nothing: as many zero bytes as a MAC has.
    var zeroSignature: [UInt8] { scheme.signature.encoding.encode([UInt8](repeating: 0, count: mac.count)) }

    /// The text before the signature: prefix, field or version.
    var label: [UInt8] { signaturePlace.map { elements[$0].key } ?? [] }
}

extension HTTPRequest {
    /// Removes all lines of a header and returns the value of the first.
    mutating func take(_ name: String) -> [UInt8]? {
        let value = headers.first(named: name)
        headers.remove(name)
        return value
    }
}

/// Returns the bytes of a text; keeps recipes readable.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
