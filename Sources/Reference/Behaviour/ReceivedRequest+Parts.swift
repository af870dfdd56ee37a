internal import Bytes
internal import Schemes
internal import Transport

/// Parts of a request that flaws look at.
extension ReceivedRequest {
    /// The first line of the signature header.
    var signatureHeader: [UInt8]? { header(scheme.signature.header) }

    /// The texts that may be the signature, read strictly.
    var signatures: [[UInt8]] { signatureHeader.flatMap { SignatureHeader(of: scheme).read($0)?.candidates } ?? [] }

    /// The timestamp as it was sent.
    var timestamp: [UInt8]? {
        switch scheme.timestamp {
        case .header(let name): header(name)
        case .field: signatureHeader.flatMap { SignatureHeader(of: scheme).read($0)?.timestamp }
        case nil: nil
        }
    }

    /// The length of a signature's text.
    var signatureLength: Int { scheme.signature.encoding.encode(scheme.signature.algorithm.sign([], key: [])).count }

    /// The request target without its query.
    var path: [UInt8] { Array(request.target.prefix { $0 != UInt8(ascii: "?") }) }

    /// Whether the request came to the documented path.
    var isAtDocumentedPath: Bool { path.elementsEqual(payload.path.utf8) }

    /// Whether the method is the documented one.
    var isPost: Bool { request.method.elementsEqual("POST".utf8) }

    /// The media type without parameters, in lower case.
    var mediaType: String { Self.mediaType(of: request) }

    /// The text of the correct signature.
    var rightSignature: [UInt8] {
        secrets.first.map { scheme.rightSignature(for: request, key: $0.key) } ?? []
    }

    /// Whether the correct value of each credential was sent.
    var hasCredentials: Bool {
        !scheme.credentials.isEmpty
            && scheme.credentials.allSatisfy { header($0.header) != nil && header($0.header) == credentials[$0.id] }
    }

    /// Whether the content encoding leaves the body unchanged.
    func isIdentity(_ encoding: [UInt8]) -> Bool { Behaviour(scheme: scheme).decodes(encoding) }

    /// Returns the media type of a request without parameters, in lower case.
    static func mediaType(of request: HTTPRequest) -> String {
        let type = (request.headers.first(named: "Content-Type") ?? []).prefix { $0 != UInt8(ascii: ";") }
        return String(decoding: ASCII.trimmed(type).map(ASCII.lowercased), as: UTF8.self)
    }
}

// Parts of a few flaws.
extension ReceivedRequest {
    /// Returns the route of the bridge of this scheme that a text names: by its id, its path or the end of it, its
    /// channel or room.
    func bridge(named name: [UInt8]) -> Route? {
        bridges.routes.first { route in
            guard route.bridge.scheme.id == scheme.id else { return false }
            return route.path == name || route.path.suffix(name.count + 1) == [UInt8(ascii: "/")] + name
                || route.bridge.id.utf8.elementsEqual(name)
                || route.bridge.details.contains { $0.value.string?.utf8.elementsEqual(name) == true }
        }
    }

    /// The body without what may differ in a duplicate: its id and its times.
    func bodyWithoutID(_ body: JSON?) -> JSON? {
        var body = body
        if case .pointer(let pointer) = scheme.eventID { body = body?.replacing(pointer: pointer, with: nil) }
        for time in ["timestamp", "ts", "event_time", "created"] {
            body = body?.replacing(pointer: "/\(time)", with: nil)
        }
        return body
    }
}

extension HTTPRequest {
    /// Returns the percent-decoded value of a query parameter.
    func query(_ name: String) -> [UInt8]? {
        guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        for pair in ASCII.split(Array(target[(mark + 1)...]), separator: UInt8(ascii: "&")) {
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            if key.elementsEqual(name.utf8) { return Self.unescaped(pair.dropFirst(key.count + 1)) }
        }
        return nil
    }

    /// Decodes percent-encoding; anything malformed stays as it is.
    static func unescaped(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes = [UInt8]()
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = Hex.decode(rest.prefix(2)), value.count == 1 {
                bytes += value
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
