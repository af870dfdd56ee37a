internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

extension CheckedSet {
    /// Returns the texts that may be a signature, as a lenient endpoint might read them.
    func candidates(in request: CheckedRequest) -> [[UInt8]] {
        request.values(named: header).flatMap { line -> [[UInt8]] in
            switch grammar {
            case .value(let prefix):
                [line.starts(with: prefix.utf8) ? Array(line.dropFirst(prefix.utf8.count)) : line]
            case .token: Self.parts(of: line).suffix(1)
            case .fields(let separator, let key): SignatureFields.values(of: key, in: line, separator: separator)
            case .list(let version):
                ASCII.split(line, separator: 0x20).filter { $0.starts(with: "\(version),".utf8) }
                    .map { Array($0.dropFirst(version.utf8.count + 1)) }
            }
        }
    }

    /// Returns a part of the token without what precedes it; nothing when there is no token.
    private func tokenPart(_ place: Int, of request: CheckedRequest) -> [UInt8] {
        guard let line = request.headers.first(named: header) else { return [] }
        let parts = Self.parts(of: Array(line.suffix(from: (line.lastIndex(of: 0x20) ?? -1) + 1)))
        return parts.indices.contains(place) ? parts[place] : []
    }

    private static func parts(of line: [UInt8]) -> [[UInt8]] {
        ASCII.split(line, separator: UInt8(ascii: "."))
    }

    /// Returns the timestamps that a request carries, as text.
    func timestamps(in request: CheckedRequest) -> [[UInt8]] {
        switch (timestamp, grammar) {
        case (.header(let name), _): request.values(named: name)
        case (.field(let field), .fields(let separator, _)):
            request.values(named: header).flatMap {
                SignatureFields.values(of: field, in: $0, separator: separator)
            }
        default: []
        }
    }

    /// Returns the messages that the template yields for what is sent, one for each timestamp and id; none when a
    /// signed value is not sent, or the body is not in the file.
    func messages(of request: CheckedRequest) -> [[UInt8]] {
        guard let body = request.body.bytes else { return [] }
        let stamps = template.contains(.timestamp) ? timestamps(in: request) : [[]]
        let ids = template.contains(.id) ? idHeader.map { request.values(named: $0) } ?? [] : [[]]
        return stamps.flatMap { stamp in
            ids.map { id in
                template.message { field in
                    switch field {
                    case .timestamp: stamp
                    case .id: id
                    case .body: body
                    case .method: request.method
                    case .target: request.target
                    case .tokenHeader: tokenPart(0, of: request)
                    case .tokenClaims: tokenPart(1, of: request)
                    }
                }
            }
        }
    }

    /// Returns the correct signature header for what is sent, if it has exactly one timestamp and one id.
    func rightHeader(for request: CheckedRequest) -> [UInt8]? {
        let messages = messages(of: request)
        guard messages.count == 1 else { return nil }
        let text = encoding.encode(algorithm.sign(messages[0], key: key))
        switch grammar {
        case .value(let prefix): return Array(prefix.utf8) + text
        // A token with a correct signature may be rejected for its claims.
        case .token: return nil
        case .list(let version): return Array(version.utf8) + [UInt8(ascii: ",")] + text
        case .fields(let separator, let key):
            let signature = Array("\(key)=".utf8) + text
            guard case .field(let field) = timestamp, let stamp = timestamps(in: request).first else {
                return signature
            }
            return Array("\(field)=".utf8) + stamp + Array(separator.utf8) + signature
        }
    }

    /// Returns the aspects in which two requests of the file differ.
    func differences(_ left: CheckedRequest, _ right: CheckedRequest) -> Change {
        var change: Change = []
        if left.method != right.method { change.insert(.method) }
        if left.target != right.target { change.insert(.target) }
        if left.framing != right.framing { change.insert(.framing) }
        if left.body != right.body { change.insert(.body) }
        if left.message != right.message { change.insert(.message) }
        if timestamps(in: left) != timestamps(in: right) { change.insert(.timestamp) }
        var names = [[UInt8]]()
        for field in left.headers.fields + right.headers.fields {
            let name = field.name.map(ASCII.lowercased)
            if !names.contains(name) { names.append(name) }
        }
        for name in names {
            let lines = [left, right].map { request in
                request.headers.fields.filter { ASCII.equalsIgnoringCase($0.name, name) }
            }
            if lines[0] != lines[1] { change.insert(aspect(ofHeader: name)) }
        }
        return change
    }

    private func aspect(ofHeader name: [UInt8]) -> Change {
        let isNamed = { (text: String?) in text.map { ASCII.equalsIgnoringCase(name, $0.utf8) } ?? false }
        if isNamed(header) { return .signature }
        if isNamed("content-type") { return .contentType }
        if case .header(let timestamp) = timestamp, isNamed(timestamp) { return .timestamp }
        if isNamed(idHeader) { return .eventID }
        return credentialHeaders.contains { isNamed($0) } ? .credential : .headers
    }
}

extension CheckedRequest {
    /// Returns the value of every line of a header as a receiver reads it: whitespace around a value is not part of it
    /// (RFC 9110 §5.5).
    func values(named name: String) -> [[UInt8]] { headers.values(named: name).map { ASCII.trimmed($0) } }
}
