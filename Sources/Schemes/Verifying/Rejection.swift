/// Why the verifier rejects a request.
package enum Rejection: String, Error, Hashable, CaseIterable {
    /// A credential is missing or repeated.
    case credentialMissing = "credential-missing"
    /// A credential is wrong.
    case credentialWrong = "credential-wrong"
    /// The signature header is missing.
    case signatureMissing = "signature-missing"
    /// A header that may appear once appears more than once.
    case headerRepeated = "header-repeated"
    /// The signature header does not follow the grammar.
    case signatureMalformed = "signature-malformed"
    /// The timestamp is missing.
    case timestampMissing = "timestamp-missing"
    /// The timestamp is not a number of Unix seconds.
    case timestampMalformed = "timestamp-malformed"
    /// The signed id header is missing.
    case eventIDMissing = "event-id-missing"
    /// No signature is valid for the request.
    case signatureWrong = "signature-wrong"
    /// The token names another algorithm, or an extension that must be understood.
    case algorithmWrong = "algorithm-wrong"
    /// The token names a key that is not among the valid ones.
    case keyUnknown = "key-unknown"
    /// The token has another issuer or none.
    case issuerWrong = "issuer-wrong"
    /// The token has another audience or none.
    case audienceWrong = "audience-wrong"
    /// A claim that must repeat a text of the body does not.
    case bindingWrong = "binding-wrong"
    /// The timestamp is too old.
    case tooOld = "too-old"
    /// The timestamp is too far ahead.
    case tooFarAhead = "too-far-ahead"
}

/// The verifier's decision.
package enum Verdict: Sendable, Hashable {
    /// The request is genuine; `secret` is the index of the secret that signed it.
    case accepted(secret: Int)
    /// The request is rejected.
    case rejected(Rejection)

    /// Whether it is `accepted`.
    package var isAccepted: Bool { if case .accepted = self { true } else { false } }
}
