package import Bytes
package import Transport

/// A request while it is being made: payload → body → timestamp text → signed message → MAC → encoding → header text →
/// header list → request. A recipe changes one stage; everything after it follows.
package struct Draft: Sendable {
    /// The inputs of the request.
    package let context: RequestContext
    /// The meaning of the body. Changing it changes the body.
    package var payload: JSON { didSet { fixedBody = nil } }
    /// How the payload becomes text.
    package var serialise: @Sendable (JSON) -> [UInt8]
    /// The media type of the body; `nil` sends none.
    package var contentType: [UInt8]?
    /// The timestamp as it is signed and sent.
    package var timestamp: [UInt8]
    /// The header of the token; null when the scheme has none.
    package var tokenHeader: JSON
    /// The claims of the token; null when the scheme has none.
    package var claims: JSON
    /// The key that signs.
    package var key: [UInt8]
    /// The function that signs.
    package var algorithm: SignatureAlgorithm
    /// The bytes that are signed.
    package var template: MessageTemplate
    /// How the signature becomes text.
    package var encoding: SignatureEncoding
    /// Values that are signed instead of those that are sent.
    package var signed: [MessageTemplate.Field: [UInt8]] = [:]
    /// The request method.
    package var method = "POST"
    /// Path and query.
    package var target: String
    /// How the body is delimited.
    package var framing: HTTPRequest.Framing = .contentLength

    private var fixedBody: [UInt8]?
    private var fixedID: [UInt8]
    private var fixedMessage: [UInt8]?
    private var partsEdits: [@Sendable (inout SignedParts) -> Void] = []
    private var requestEdits: [@Sendable (inout HTTPRequest) -> Void] = []

    /// Creates the draft of a valid request.
    package init(_ context: RequestContext) {
        self.context = context
        let body = context.filledBody
        // The user's body is sent as it is until a recipe changes it.
        payload = body.flatMap(context.payload.read) ?? context.filledPayload
        serialise = context.payload.write
        fixedBody = body
        contentType = Array(context.payload.contentType.utf8)
        timestamp = Array(String(context.now).utf8)
        fixedID = Array(context.eventID.utf8)
        key = context.secret.key
        let rule = context.scheme.signature
        algorithm = rule.algorithm
        template = rule.message
        encoding = rule.encoding
        target = context.target
        let token = context.scheme.token
        tokenHeader = token?.header(key: context.secret.key) ?? .null
        let audience = token.flatMap { context.credentials[$0.audience] } ?? []
        claims = token?.claims(for: Self.sent(context), audience: audience, now: context.now) ?? .null
    }

    /// The body of a valid request, from which the token's claims are taken.
    private static func sent(_ context: RequestContext) -> JSON {
        guard let body = context.filledBody else { return context.filledPayload }
        return context.payload.read(body) ?? .null
    }

    /// The body as it is signed and sent.
    package var body: [UInt8] {
        get { fixedBody ?? serialise(payload) }
        set { fixedBody = newValue }
    }

    /// The id of the delivery as it is signed and sent, in its header or in the payload.
    package var eventID: [UInt8] {
        get { fixedID }
        set {
            fixedID = newValue
            if case .pointer(let pointer) = context.scheme.eventID {
                payload = payload.replacing(pointer: pointer, with: .string(String(decoding: newValue, as: UTF8.self)))
            }
        }
    }

    /// The bytes that are signed: those of the template, unless they were set.
    package var message: [UInt8] {
        get { fixedMessage ?? template.message(value) }
        set { fixedMessage = newValue }
    }

    /// The part of a token before its signature.
    var tokenText: [UInt8] {
        Token.text(tokenHeader) + [UInt8(ascii: ".")] + Token.text(claims) + [UInt8(ascii: ".")]
    }

    private func value(_ field: MessageTemplate.Field) -> [UInt8] {
        if let value = signed[field] { return value }
        switch field {
        case .timestamp: return timestamp
        case .id: return eventID
        case .body: return body
        case .method: return Array(method.utf8)
        case .target: return Array(target.utf8)
        case .tokenHeader: return Token.text(tokenHeader)
        case .tokenClaims: return Token.text(claims)
        }
    }

    /// Changes what is sent after it was signed: signature text, header fields, timestamp, id or body.
    package mutating func onceSigned(_ edit: @escaping @Sendable (inout SignedParts) -> Void) {
        partsEdits.append(edit)
    }

    /// Changes the finished request: its header list, method, target or framing.
    package mutating func onTheWire(_ edit: @escaping @Sendable (inout HTTPRequest) -> Void) {
        requestEdits.append(edit)
    }

    /// Returns the timestamp text for a time some seconds from now.
    package func stamp(after seconds: Int64) -> [UInt8] { Array(String(context.now + seconds).utf8) }

    /// Signs and assembles the request.
    package func signedRequest() -> SignedRequest {
        let message = message
        let mac = algorithm.sign(message, key: key)
        var parts = SignedParts(draft: self, message: message, mac: mac)
        for edit in partsEdits { edit(&parts) }
        var request = parts.request(of: self)
        for edit in requestEdits { edit(&request) }
        return SignedRequest(request: request, message: message, mac: mac, timestamp: timestamp, eventID: eventID)
    }
}

/// A request with the values it was made from.
package struct SignedRequest: Sendable, Hashable {
    /// What is sent.
    package var request: HTTPRequest
    /// The bytes that were signed.
    package let message: [UInt8]
    /// The signature's bytes.
    package let mac: [UInt8]
    /// The timestamp's text.
    package let timestamp: [UInt8]
    /// The delivery's id.
    package let eventID: [UInt8]
}
