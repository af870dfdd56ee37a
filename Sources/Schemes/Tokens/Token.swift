package import Bytes
internal import Cryptography

/// A token in compact form (RFC 7515 §7.1), parsed but not verified.
package struct Token: Sendable, Hashable {
    /// The header as it appears in the token.
    package let headerText: [UInt8]
    /// The claims as they appear in the token.
    package let claimsText: [UInt8]
    /// The signature as it appears in the token.
    package let signatureText: [UInt8]
    /// The header, an object.
    package let header: JSON
    /// The claims, an object.
    package let claims: JSON

    /// Parses a token: three parts, the first two canonical Base64 of JSON objects without duplicate names
    /// (RFC 7515 §4, RFC 7519 §4).
    package init?(_ text: some Collection<UInt8>) {
        let parts = ASCII.split(Array(text), separator: UInt8(ascii: "."))
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]) else {
            return nil
        }
        headerText = parts[0]
        claimsText = parts[1]
        signatureText = parts[2]
        self.header = header
        self.claims = claims
    }

    private static func object(_ text: [UInt8]) -> JSON? {
        guard let bytes = Base64.decode(text, alphabet: .url), let json = try? JSON.parse(bytes, maximumDepth: 32),
            let members = json.members, Set(members.map(\.key)).count == members.count
        else { return nil }
        return json
    }

    /// Returns the text of a part.
    static func text(_ part: JSON) -> [UInt8] { Base64.encode(part.serialized(), alphabet: .url) }
}

extension SignatureAlgorithm {
    /// Returns the name of a key in tokens, or `nil` for an invalid key.
    package func keyName(of key: [UInt8]) -> String? {
        guard self == .rs256 else { return nil }
        return Self.keyNames.value(of: key) {
            (try? RSAPrivateKey.kept(der: key)).map { JSONWebKey.thumbprint(of: $0.publicKey) }
        }
    }

    private static let keyNames = KeptValues<String?>(limit: 16)
}

extension TokenRule {
    /// Returns the header of a valid token.
    func header(key: [UInt8]) -> JSON {
        ["alg": "RS256", "kid": .string(SignatureAlgorithm.rs256.keyName(of: key) ?? ""), "typ": "JWT"]
    }

    /// Returns the claims of a valid token.
    func claims(for body: JSON, audience: [UInt8], now: Int64) -> JSON {
        let bound = bindings.map { JSON.Member($0.claim, body[pointer: $0.pointer] ?? .null) }
        return .object(
            bound + [
                .init("iat", .number(String(now))), .init("nbf", .number(String(now))),
                .init("exp", .number(String(now + lifetime))), .init("iss", .string(issuer)),
                .init("aud", .string(String(decoding: audience, as: UTF8.self))),
            ])
    }

    /// Returns what is wrong with a token apart from its signature: each fault, in the order of the checks.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - audience: the endpoint's own id.
    /// - keyNames: the names of the valid keys.
    ///   - body: the body as it was sent.
    ///   - now: Unix seconds.
    package func faults(
        of token: Token, audience: [UInt8]?, keyNames: [String], body: [UInt8], now: Int64
    ) -> [Rejection] {
        var faults = [Rejection]()
        // A critical extension that is not understood (RFC 7515 §4.1.11) counts as another algorithm.
        if token.header["alg"] != "RS256" || token.header["crit"] != nil { faults.append(.algorithmWrong) }
        if !keyNames.contains(where: { token.header["kid"] == .string($0) }) { faults.append(.keyUnknown) }
        if token.claims["iss"] != .string(issuer) { faults.append(.issuerWrong) }
        let given = token.claims["aud"]?.string.map { Array($0.utf8) }
        if given == nil || given != audience { faults.append(.audienceWrong) }
        faults += staleness(of: token, now: now)
        let sent = try? JSON.parse(body)
        let isBound = bindings.allSatisfy { binding in
            guard let text = sent?[pointer: binding.pointer]?.string else { return false }
            return token.claims[binding.claim] == .string(text)
        }
        if !isBound { faults.append(.bindingWrong) }
        return faults
    }

    private func staleness(of token: Token, now: Int64) -> [Rejection] {
        guard let expiry = token.claims["exp"] else { return [.timestampMissing] }
        guard let end = expiry.seconds else { return [.timestampMalformed] }
        if end < now - leeway { return [.tooOld] }
        // A token need not have a start time (RFC 7519 §4.1.5).
        guard let start = token.claims["nbf"] else { return [] }
        guard let start = start.seconds else { return [.timestampMalformed] }
        return start > now + leeway ? [.tooFarAhead] : []
    }
}

extension JSON {
    /// Whole seconds, written in digits only.
    fileprivate var seconds: Int64? {
        guard case .number(let text) = self else { return nil }
        return ASCII.decimal(Array(text.utf8)).flatMap(Int64.init(exactly:))
    }
}
