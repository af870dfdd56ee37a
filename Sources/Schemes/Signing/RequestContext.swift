package import Bytes

/// The inputs of one request, apart from the recipe.
package struct RequestContext: Sendable {
    /// How it is signed.
    package let scheme: Scheme
    /// Which kind of request it is.
    package let payload: Payload
    /// What signs it.
    package let secret: Secret
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]
    /// The target's current time, in Unix seconds.
    package let now: Int64
    /// The unique id of this delivery.
    package let eventID: String
    /// The readable text in the payload, which says that this is a test.
    package let text: String
    /// The `Host` header's value.
    package let authority: String
    /// Path and query of the target.
    package let target: String
    /// The user's body instead of the payload, with its placeholders filled in.
    package let bodyTemplate: [UInt8]?

    /// Creates a context.
    package init(
        scheme: Scheme, payload: Payload, secret: Secret, credentials: [String: [UInt8]], now: Int64, eventID: String,
        text: String, authority: String, target: String, bodyTemplate: [UInt8]? = nil
    ) {
        self.scheme = scheme
        self.payload = payload
        self.secret = secret
        self.credentials = credentials
        self.now = now
        self.eventID = eventID
        self.text = text
        self.authority = authority
        self.target = target
        self.bodyTemplate = bodyTemplate
    }

    /// The payload with its placeholders filled in. A string that is only `{unix-time}` becomes a number.
    var filledPayload: JSON { filled(payload.template) }

    /// Returns a value with the placeholders in its strings filled in.
    package func filled(_ value: JSON) -> JSON {
        switch value {
        case .string("{unix-time}"): .number(String(now))
        case .string(let text): .string(filled(text))
        case .array(let elements): .array(elements.map(filled))
        case .object(let members): .object(members.map { JSON.Member($0.key, filled($0.value)) })
        default: value
        }
    }

    private func filled(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        return String(decoding: filled(Array(text.utf8)), as: UTF8.self)
    }

    /// Replaces `{event-id}`, `{unix-time}`, `{iso-time}` and `{text}`, and leaves every other byte alone.
    func filled(_ bytes: [UInt8]) -> [UInt8] {
        let places: [(name: String, value: String)] = [
            ("{event-id}", eventID), ("{unix-time}", String(now)), ("{iso-time}", ISOTime.text(now)), ("{text}", text),
        ]
        var out = [UInt8]()
        var rest = bytes[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "{"), let place = places.first(where: { rest.starts(with: $0.name.utf8) }) {
                out += place.value.utf8
                rest = rest.dropFirst(place.name.utf8.count)
            } else {
                out.append(byte)
                rest = rest.dropFirst()
            }
        }
        return out
    }
}
