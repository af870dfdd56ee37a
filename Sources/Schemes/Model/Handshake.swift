package import Bytes

/// A request with which a platform checks a URL, and the answer that it expects.
package struct Handshake: Sendable, Hashable {
    /// What the answer must prove.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// That the endpoint read a text of the request.
        case challenge
        /// That the endpoint exists.
        case ping
    }

    /// What the answer must prove.
    package let kind: Kind
    /// Whether the request is signed like any other (L01).
    package let isSigned: Bool
    /// The body, with the placeholders of a payload.
    package let template: JSON
    /// JSON pointers to the members whose values distinguish this request from all others.
    package let marks: [String]
    /// The answer's members; a string such as `{/challenge}` is what the request has at that JSON pointer.
    package let answer: [JSON.Member]

    /// Whether a body is this handshake.
    package func matches(_ body: JSON) -> Bool {
        marks.allSatisfy { body[pointer: $0] == template[pointer: $0] }
            && answer.allSatisfy { Self.value($0.value, in: body) != nil }
    }

    /// Returns the members of the answer to a body.
    package func answer(to body: JSON) -> [JSON.Member] {
        answer.compactMap { member in Self.value(member.value, in: body).map { JSON.Member(member.key, $0) } }
    }

    /// The JSON pointer that an answer's string such as `{/challenge}` holds; `nil` for any other value.
    static func place(_ value: JSON) -> String? {
        guard let text = value.string, text.hasPrefix("{/"), text.hasSuffix("}") else { return nil }
        return String(text.dropFirst().dropLast())
    }

    /// Request values are repeated only if they are strings, whatever anyone sends.
    private static func value(_ value: JSON, in body: JSON) -> JSON? {
        guard let pointer = place(value) else { return value }
        return body[pointer: pointer]?.string.map(JSON.string)
    }
}
