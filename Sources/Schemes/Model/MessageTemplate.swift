/// The bytes that are signed, as a text with placeholders: `v0:{timestamp}:{body}`.
package struct MessageTemplate: Sendable, Hashable {
    /// A piece of the message.
    package enum Part: Sendable, Hashable {
        /// Bytes that are the same in each message.
        case literal([UInt8])
        /// A value of the request.
        case field(Field)
    }

    /// A value of the request that may be signed.
    package enum Field: String, Sendable, Hashable, CaseIterable {
        /// The timestamp as it is sent.
        case timestamp
        /// The delivery's id header as it is sent.
        case id
        /// The body as it is sent.
        case body
        /// The request method.
        case method
        /// The request target, path and query.
        case target
        /// The header of the token, in Base64, as it is sent.
        case tokenHeader = "token-header"
        /// The claims of the token, in Base64, as they are sent.
        case tokenClaims = "token-claims"
    }

    /// Why a text is not a template.
    package struct Mistake: Error, Sendable {
        /// What was expected.
        package let reason: String
    }

    /// The pieces in order.
    package let parts: [Part]

    /// Reads a template.
    /// - Throws: `Mistake` for an unknown placeholder or an open brace.
    package init(_ text: String) throws(Mistake) {
        var parts = [Part]()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != UInt8(ascii: "{") }
            if !literal.isEmpty { parts.append(.literal(Array(literal))) }
            rest = rest.dropFirst(literal.count)
            guard !rest.isEmpty else { break }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                throw Mistake(reason: "a '{' without its '}'")
            }
            let name = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
            guard let field = Field(rawValue: name) else {
                let known = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
                throw Mistake(reason: "unknown placeholder '{\(name)}'; the placeholders are \(known)")
            }
            parts.append(.field(field))
            rest = rest[(end + 1)...]
        }
        self.parts = parts
    }

    /// Creates a template from its pieces.
    package init(parts: [Part]) { self.parts = parts }

    /// Whether a value of the request is signed.
    package func contains(_ field: Field) -> Bool { parts.contains(.field(field)) }

    /// Whether two values are adjacent with nothing between them, so that bytes can move from one to the other (E15).
    package var isAmbiguous: Bool {
        zip(parts, parts.dropFirst()).contains { pair in
            if case (.field, .field) = pair { true } else { false }
        }
    }

    /// Returns the bytes to sign.
    package func message(_ value: (Field) -> [UInt8]) -> [UInt8] {
        var message = [UInt8]()
        for part in parts {
            switch part {
            case .literal(let bytes): message += bytes
            case .field(let field): message += value(field)
            }
        }
        return message
    }

    /// The text it was read from.
    package var text: String {
        parts.map { part in
            switch part {
            case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
            case .field(let field): "{\(field.rawValue)}"
            }
        }.joined()
    }
}
