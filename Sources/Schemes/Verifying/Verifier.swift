internal import Bytes
internal import Cryptography
package import Transport

/// The strict verifier: constant time, raw bytes, strict parsing, freshness both ways, several secrets.
/// It has no options that weaken it, and no input makes it crash or throw. The scheme and its keys are prepared once,
/// and a request is verified in place without copying its body. Threads may share it.
package final class Verifier: Sendable {
    /// How requests are signed.
    package let scheme: Scheme
    /// The valid secrets, newest first.
    package let secrets: [Secret]
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]
    private let freshness: Freshness?

    private let header: SignatureHeader
    private let sentCredentials: [Credential]
    private let isTimed: Bool
    private let signatureName: [UInt8]
    private let timestampName: [UInt8]?
    private let eventIDName: [UInt8]?
    private let message: [MessageTemplate.Part]
    private let encoding: SignatureEncoding
    private let keys: [VerifyingKey]
    private let keyNames: [String]

    /// Creates a verifier.
    package convenience init(scheme: Scheme, secrets: [Secret], credentials: [String: [UInt8]] = [:]) {
        self.init(scheme: scheme, secrets: secrets, credentials: credentials, freshness: scheme.freshness)
    }

    /// Creates a verifier with its own limits for the age of requests.
    ///
    /// - Parameter freshness: how far a timestamp may be from now; `nil` lets any pass.
    package init(scheme: Scheme, secrets: [Secret], credentials: [String: [UInt8]] = [:], freshness: Freshness?) {
        self.scheme = scheme
        self.secrets = secrets
        self.credentials = credentials
        self.freshness = freshness
        header = SignatureHeader(of: scheme)
        sentCredentials = scheme.credentials
        isTimed = scheme.timestamp != nil
        signatureName = Array(scheme.signature.header.utf8)
        timestampName = if case .header(let name) = scheme.timestamp { Array(name.utf8) } else { nil }
        let signsID = scheme.signature.message.contains(.id)
        eventIDName = if signsID, case .header(let name) = scheme.eventID { Array(name.utf8) } else { nil }
        message = scheme.signature.message.parts
        encoding = scheme.signature.encoding
        let algorithm = scheme.signature.algorithm
        keys = secrets.map { VerifyingKey($0.key, algorithm) }
        keyNames = secrets.compactMap { algorithm.keyName(of: $0.key) }
    }

    /// Verifies a request.
    ///
    /// - Parameters:
    ///   - request: the request as received, its body without framing.
    ///   - now: Unix seconds.
    package func verify(_ request: HTTPRequest, now: Int64) -> Verdict {
        do throws(Rejection) {
            try checkCredentials(request.headers)
            let text = try line(signatureName, of: request.headers, missing: .signatureMissing)
            let stamp = try header.timestamp(in: text)
            let token = try header.token(in: text)
            var timestamp = stamp.map { text[$0] } ?? []
            if let timestampName {
                timestamp = try line(timestampName, of: request.headers, missing: .timestampMissing)[...]
            }
            var id: [UInt8] = []
            if let eventIDName { id = try line(eventIDName, of: request.headers, missing: .eventIDMissing) }
            let parts = HeaderParts(timestamp: timestamp, id: id, token: token)
            let secret = try place(of: text, request, parts)
            if isTimed, let freshness {
                guard let seconds = TimestampRule.seconds(timestamp) else { throw .timestampMalformed }
                if let rejection = freshness.rejection(of: seconds, now: now) { throw rejection }
            }
            if let token { try check(token, of: request, now: now) }
            return .accepted(secret: secret)
        } catch {
            return .rejected(error)
        }
    }

    private func checkCredentials(_ headers: Headers) throws(Rejection) {
        for credential in sentCredentials {
            let lines = headers.values(named: credential.header)
            guard lines.count == 1 else { throw .credentialMissing }
            guard let right = credentials[credential.id], ConstantTime.equal(lines[0], right) else {
                throw .credentialWrong
            }
        }
    }

    /// Returns the value of the one line with a name.
    private func line(_ name: [UInt8], of headers: Headers, missing: Rejection) throws(Rejection) -> [UInt8] {
        var place: Int?
        for other in headers.fields.indices where headers.fields[other].name.count == name.count {
            guard ASCII.equalsIgnoringCase(headers.fields[other].name, name) else { continue }
            guard place == nil else { throw .headerRepeated }
            place = other
        }
        guard let place else { throw missing }
        return headers.fields[place].value
    }

    private func check(_ token: Token, of request: HTTPRequest, now: Int64) throws(Rejection) {
        guard let rule = scheme.token else { return }
        let faults = rule.faults(
            of: token, audience: credentials[rule.audience], keyNames: keyNames, body: request.body, now: now)
        if let fault = faults.first { throw fault }
    }

    /// Returns the index of the secret under which one of the signatures in a header is valid.
    private func place(of header: [UInt8], _ request: HTTPRequest, _ parts: HeaderParts) throws(Rejection) -> Int {
        for place in keys.indices where isSigned(header, by: keys[place], request, parts) { return place }
        throw .signatureWrong
    }

    private func isSigned(
        _ header: [UInt8], by key: VerifyingKey, _ request: HTTPRequest, _ parts: HeaderParts
    ) -> Bool {
        switch key {
        case .code(let hmac):
            // One computation per key, however long the list of signatures is (G05).
            hmac.use { hmac in
                hmac.start()
                for part in message { add(part, of: request, parts, to: hmac) }
                hmac.end()
                return self.header.containsSignature(header) { encoding.decode($0) { hmac.isCode($0) } }
            }
        case .ed25519(let publicKey):
            contains(header, request, parts) { Ed25519.verifies($0, of: $1, publicKey: publicKey) }
        case .rs256(let publicKey):
            contains(header, request, parts) { publicKey.verifies($0, of: $1) }
        case .none: false
        }
    }

    private func add(
        _ part: MessageTemplate.Part, of request: HTTPRequest, _ parts: HeaderParts, to hmac: HMAC
    ) {
        switch part {
        case .literal(let bytes): hmac.add(bytes)
        case .field(.timestamp): hmac.add(parts.timestamp)
        case .field(.id): hmac.add(parts.id)
        case .field(.body): hmac.add(request.body)
        case .field(.method): hmac.add(request.method)
        case .field(.target): hmac.add(request.target)
        case .field(.tokenHeader): hmac.add(parts.token?.headerText ?? [])
        case .field(.tokenClaims): hmac.add(parts.token?.claimsText ?? [])
        }
    }

    private func contains(
        _ header: [UInt8], _ request: HTTPRequest, _ parts: HeaderParts,
        where verifies: (_ signature: [UInt8], _ message: [UInt8]) -> Bool
    ) -> Bool {
        let message = scheme.signature.message.message { field in
            switch field {
            case .timestamp: Array(parts.timestamp)
            case .id: parts.id
            case .body: request.body
            case .method: request.method
            case .target: request.target
            case .tokenHeader: parts.token?.headerText ?? []
            case .tokenClaims: parts.token?.claimsText ?? []
            }
        }
        return self.header.containsSignature(header) { text in
            encoding.decode(Array(text)).map { verifies($0, message) } ?? false
        }
    }
}

/// What is signed of a request's headers.
private struct HeaderParts {
    let timestamp: ArraySlice<UInt8>
    let id: [UInt8]
    let token: Token?
}
