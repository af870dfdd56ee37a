internal import Bytes
internal import Transport

/// The parts of a signed request before they are assembled.
package struct SignedParts: Sendable {
    /// One element of the signature header.
    package struct Element: Sendable, Hashable {
        /// The field's key, the list's version, the prefix of a single value, or everything before a token's signature.
        package var key: [UInt8]
        /// The value.
        package var value: [UInt8]

        /// Creates an element.
        package init(_ key: [UInt8], _ value: [UInt8]) {
            self.key = key
            self.value = value
        }
    }

    /// How the request is signed.
    package let scheme: Scheme
    /// The bytes that were signed.
    package let message: [UInt8]
    /// The signature's bytes.
    package let mac: [UInt8]
    /// The elements of the signature header, in order.
    package var elements: [Element]
    /// The whole signature header, in place of its elements.
    package var headerText: [UInt8]?
    /// Whether the signature header is sent at all.
    package var sendsSignature = true
    /// The timestamp header's value; `nil` when there is none to send.
    package var timestampHeader: [UInt8]?
    /// The id header's value; `nil` when there is none to send.
    package var idHeader: [UInt8]?
    /// The value of each credential by its id; a missing one is not sent.
    package var credentials: [String: [UInt8]]
    /// The body as it is sent.
    package var body: [UInt8]

    /// The User-Agent where nothing says what the vendor's is.
    package static let userAgent = "countersign"

    private let draft: Draft

    init(draft: Draft, message: [UInt8], mac: [UInt8]) {
        self.draft = draft
        scheme = draft.context.scheme
        self.message = message
        self.mac = mac
        body = draft.body
        credentials = draft.context.credentials
        if case .header = scheme.timestamp { timestampHeader = draft.timestamp }
        if case .header = scheme.eventID { idHeader = draft.eventID }
        let text = draft.encoding.encode(mac)
        switch scheme.signature.grammar {
        case .value(let prefix): elements = [Element(Array(prefix.utf8), text)]
        case .list(let version): elements = [Element(Array(version.utf8), text)]
        case .token(let rule): elements = [Element(Array(rule.prefix.utf8) + draft.tokenText, text)]
        case .fields(_, let key):
            elements = [Element(Array(key.utf8), text)]
            if case .field(let field) = scheme.timestamp {
                elements.insert(Element(Array(field.utf8), draft.timestamp), at: 0)
            }
        }
    }

    /// The text of the first signature.
    package var signature: [UInt8] {
        get { signaturePlace.map { elements[$0].value } ?? [] }
        set { if let place = signaturePlace { elements[place].value = newValue } }
    }

    /// The timestamp as it is sent, in its header or its field; `nil` when none is sent.
    package var timestamp: [UInt8]? {
        get {
            switch scheme.timestamp {
            case .field(let field): elements.first { $0.key.elementsEqual(field.utf8) }?.value
            default: timestampHeader
            }
        }
        set {
            guard case .field(let field) = scheme.timestamp else {
                timestampHeader = newValue
                return
            }
            guard let place = elements.firstIndex(where: { $0.key.elementsEqual(field.utf8) }) else { return }
            if let newValue { elements[place].value = newValue } else { elements.remove(at: place) }
        }
    }

    /// The index of the first signature among the elements.
    package var signaturePlace: Int? {
        switch scheme.signature.grammar {
        case .value, .token: elements.isEmpty ? nil : 0
        case .list(let key), .fields(_, let key): elements.firstIndex { $0.key.elementsEqual(key.utf8) }
        }
    }

    /// Returns the text of a signature over other bytes or under another key, in the encoding of the request.
    package func signatureText(over message: [UInt8]? = nil, key: [UInt8]? = nil) -> [UInt8] {
        draft.encoding.encode(draft.algorithm.sign(message ?? self.message, key: key ?? draft.key))
    }

    /// The signature header as it is sent.
    package var header: [UInt8] {
        if let headerText { return headerText }
        switch scheme.signature.grammar {
        case .value, .token: return elements.flatMap { $0.key + $0.value }
        case .fields(let separator, _):
            return Array(elements.map { $0.key + [UInt8(ascii: "=")] + $0.value }.joined(separator: separator.utf8))
        case .list: return Array(elements.map { $0.key + [UInt8(ascii: ",")] + $0.value }.joined(separator: [0x20]))
        }
    }

    func request(of draft: Draft) -> HTTPRequest {
        var headers = Headers([HeaderField("Host", draft.context.authority)])
        if let contentType = draft.contentType { headers.append("Content-Type", contentType) }
        headers.append("User-Agent", Array((scheme.sender.userAgent ?? Self.userAgent).utf8))
        for member in scheme.sender.headers + draft.context.payload.headers {
            headers.append(member.key, Array((draft.context.filled(member.value).string ?? "").utf8))
        }
        for credential in scheme.credentials {
            if let value = credentials[credential.id] { headers.append(credential.header, value) }
        }
        if case .header(let name) = scheme.eventID, let idHeader { headers.append(name, idHeader) }
        if case .header(let name) = scheme.timestamp, let timestampHeader { headers.append(name, timestampHeader) }
        if sendsSignature { headers.append(scheme.signature.header, header) }
        return HTTPRequest(
            method: draft.method, target: draft.target, headers: headers, body: body, framing: draft.framing)
    }
}
