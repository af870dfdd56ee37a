internal import Cryptography
package import Schemes
package import Transport

/// The values of a request that are signed.
package struct SignedValues: Sendable {
    /// The timestamp's text, empty when there is none.
    package var timestamp: [UInt8]
    /// The id's text, empty when there is none.
    package var id: [UInt8]
    /// The body.
    package var body: [UInt8]
    /// The method.
    package var method: [UInt8]
    /// Path and query.
    package var target: [UInt8]
    /// The token; `nil` when there is none.
    package var token: Token?
    /// The request that they were taken from.
    package var request: HTTPRequest

    /// Returns the bytes to sign by a template.
    func message(_ template: MessageTemplate) -> [UInt8] {
        template.message { field in
            switch field {
            case .timestamp: timestamp
            case .id: id
            case .body: body
            case .method: method
            case .target: target
            case .tokenHeader: token?.headerText ?? []
            case .tokenClaims: token?.claimsText ?? []
            }
        }
    }

    /// Returns the signature over the scheme's template; none for an invalid key, so that an empty text can't equal it.
    func signatures(under key: [UInt8], _ scheme: Scheme) -> [[UInt8]] {
        let signature = scheme.signature.algorithm.sign(message(scheme.signature.message), key: key)
        return signature.isEmpty ? [] : [signature]
    }

    /// Whether a text is a signature that verifies under the public half of a key; `false` where a key has none.
    func areVerified(by text: [UInt8], under key: [UInt8], _ scheme: Scheme) -> Bool {
        let rule = scheme.signature
        guard rule.algorithm.hasPublicKey, let signature = rule.encoding.decode(text) else { return false }
        return rule.algorithm.verifies(signature, of: message(rule.message), key: key)
    }
}

/// The decisions inside a verification, one closure each. As written here, they are strict.
/// They are separate so that a flaw of the reference endpoint is one replaced step and nothing else.
package struct VerificationSteps: Sendable {
    /// Returns the values of a header, as many as there are lines.
    var lines: @Sendable (Headers, _ name: String) -> [[UInt8]] = { $0.values(named: $1) }

    /// Chooses among the lines of a header that may appear once; `nil` rejects the request.
    package var onlyLine: @Sendable ([[UInt8]]) -> [UInt8]? = { $0.count == 1 ? $0[0] : nil }

    /// Whether a credential is correct.
    var credentialMatches: @Sendable (_ given: [UInt8], _ right: [UInt8]) -> Bool = { ConstantTime.equal($0, $1) }

    /// Reads the signature header; `nil` rejects the request.
    package var readSignature: @Sendable ([UInt8], Scheme) -> SignatureReading? = { SignatureHeader(of: $1).read($0) }

    /// Reads the timestamp as Unix seconds; `nil` rejects the request.
    var readTimestamp: @Sendable ([UInt8]) -> Int64? = { TimestampRule.seconds($0[...]) }

    /// Returns why a timestamp is rejected; `nil` when it is fresh.
    var staleness: @Sendable (_ timestamp: Int64, _ now: Int64, Freshness) -> Rejection? = {
        $2.rejection(of: $0, now: $1)
    }

    /// Returns the keys that may have signed.
    var keys: @Sendable ([Secret]) -> [[UInt8]] = { $0.map(\.key) }

    /// Whether a signature's text verifies under the public half of a key; `false` where a key has none.
    var verifies: @Sendable (_ text: [UInt8], SignedValues, _ key: [UInt8], Scheme) -> Bool = {
        text, values, key, scheme in
        values.areVerified(by: text, under: key, scheme)
    }

    /// Returns the correct signatures of the values under a key.
    var rightSignatures: @Sendable (SignedValues, _ key: [UInt8], Scheme) -> [[UInt8]] = {
        $0.signatures(under: $1, $2)
    }

    /// Whether a signature's text is this signature.
    var signatureMatches: @Sendable (_ text: [UInt8], _ right: [UInt8], Scheme) -> Bool = { text, right, scheme in
        scheme.signature.encoding.decode(text).map { ConstantTime.equal($0, right) } ?? false
    }

    /// Whether the check that leads to this rejection is skipped.
    var skips: @Sendable (Rejection, HTTPRequest) -> Bool = { _, _ in false }

    /// Creates the strict steps.
    package init() {}
}
