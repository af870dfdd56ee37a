/// Why the reference verifier refuses a request.
package enum Rejection: String, Error, Hashable, CaseIterable {
    /// A credential is not there, or there more than once.
    case credentialMissing = "credential-missing"
    /// A credential is another one.
    case credentialWrong = "credential-wrong"
    /// The signature header is not there.
    case signatureMissing = "signature-missing"
    /// A header that may appear once appears more than once.
    case headerRepeated = "header-repeated"
    /// The signature header does not follow the grammar.
    case signatureMalformed = "signature-malformed"
    /// The timestamp is not there.
    case timestampMissing = "timestamp-missing"
    /// The timestamp is not a number of Unix seconds.
    case timestampMalformed = "timestamp-malformed"
    /// The id header, which is signed, is not there.
    case eventIDMissing = "event-id-missing"
    /// No signature belongs to the request.
    case signatureWrong = "signature-wrong"
    /// The token names another algorithm, or an extension that must be understood.
    case algorithmWrong = "algorithm-wrong"
    /// The token names a key that is none of those that are good.
    case keyUnknown = "key-unknown"
    /// The token was made by another, or does not say by whom.
    case issuerWrong = "issuer-wrong"
    /// The token was made for another, or does not say for whom.
    case audienceWrong = "audience-wrong"
    /// A claim that must repeat a text of the body does not.
    case bindingWrong = "binding-wrong"
    /// The timestamp is too old.
    case tooOld = "too-old"
    /// The timestamp is too far ahead.
    case tooFarAhead = "too-far-ahead"
}

/// What the reference verifier decides.
package enum Verdict: Sendable, Hashable {
    /// The request is genuine; the place of the secret that signed it in the list given.
    case accepted(secret: Int)
    /// The request is refused.
    case rejected(Rejection)

    /// Whether it is `accepted`.
    package var isAccepted: Bool { if case .accepted = self { true } else { false } }
}
