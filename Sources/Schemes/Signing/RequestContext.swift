package import Bytes
internal import Cryptography

/// The inputs of one request, apart from the recipe. An immutable class, because drafts are copied often.
package final class RequestContext: Sendable {
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

    /// The user's body with its placeholders filled in; `nil` without one.
    var filledBody: [UInt8]? {
        bodyTemplate.map { filled($0, written: payload.isForm ? FormText.escaped : { $0 }) }
    }

    /// Replaces the placeholders, and leaves every other byte alone.
    ///
    /// - Parameter written: how the format of the text writes a value.
    func filled(_ bytes: [UInt8], written: ([UInt8]) -> [UInt8] = { $0 }) -> [UInt8] {
        var out = [UInt8]()
        var rest = bytes[...]
        while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
            out += rest[..<brace]
            rest = rest[brace...]
            if let place = Placeholder.allCases.first(where: { rest.starts(with: $0.rawValue.utf8) }) {
                out += written(Array(value(of: place).utf8))
                rest = rest.dropFirst(place.rawValue.utf8.count)
            } else {
                out.append(rest.removeFirst())
            }
        }
        return out + rest
    }

    /// What is filled into a payload's template and header lines.
    enum Placeholder: String, CaseIterable {
        /// The id of the delivery.
        case eventID = "{event-id}"
        /// Forty hexadecimal digits, for ids that change with each delivery.
        case eventHex = "{event-hex}"
        /// Six decimal digits, for the same.
        case eventDigits = "{event-digits}"
        /// The time of the request, in Unix seconds.
        case unixTime = "{unix-time}"
        /// The same in ISO 8601.
        case isoTime = "{iso-time}"
        /// The text that people read.
        case text = "{text}"
    }

    /// Bytes that are others for each id.
    private var fingerprint: [UInt8] { HashFunction.sha256.digest(Array(eventID.utf8)) }

    private var digits: String {
        let number = fingerprint.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return String(number % 900_000 + 100_000)
    }

    private func value(of placeholder: Placeholder) -> String {
        switch placeholder {
        case .eventID: eventID
        case .eventHex: Hex.string(fingerprint.prefix(20))
        case .eventDigits: digits
        case .unixTime: String(now)
        case .isoTime: ISOTime.text(now)
        case .text: text
        }
    }
}
