package import Transport

/// The decisions inside a verification, one closure each, strict as they stand here.
///
/// They are apart so that a flaw of the reference endpoint is one replaced step and nothing else.
package struct VerificationSteps: Sendable {
    /// What the signature header was read as.
    package struct ReadSignature: Sendable {
        /// The texts that may be the signature.
        package var candidates: [[UInt8]]
        /// The timestamp, when the grammar holds it.
        package var timestamp: [UInt8]?
        /// The token, when the grammar is one.
        package var token: Token?

        /// Creates what was read.
        package init(candidates: [[UInt8]], timestamp: [UInt8]? = nil, token: Token? = nil) {
            self.token = token
            self.candidates = candidates
            self.timestamp = timestamp
        }
    }

    /// The values that are signed.
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
    }

    /// Gives the values of a header, as many as there are lines.
    package var lines: @Sendable (Headers, _ name: String) -> [[UInt8]] = { $0.values(named: $1) }

    /// Chooses among the lines of a header that may stand once; `nil` refuses the request.
    package var onlyLine: @Sendable ([[UInt8]]) -> [UInt8]? = { $0.count == 1 ? $0[0] : nil }

    /// Tells whether a credential is the right one.
    package var credentialMatches: @Sendable (_ given: [UInt8], _ right: [UInt8]) -> Bool

    /// Reads the signature header; `nil` refuses the request.
    package var readSignature: @Sendable ([UInt8], Scheme) -> ReadSignature? = SignatureHeader.read

    /// Reads the timestamp as Unix seconds; `nil` refuses the request.
    package var readTimestamp: @Sendable ([UInt8]) -> Int64?

    /// Tells whether a timestamp is fresh; `nil` is fresh.
    package var staleness: @Sendable (_ timestamp: Int64, _ now: Int64, Freshness) -> Rejection?

    /// Gives the keys that may have signed.
    package var keys: @Sendable ([Secret]) -> [[UInt8]] = { $0.map(\.key) }

    /// Tells whether a signature's text holds under the public half of a key; false where a key has none.
    package var verifies: @Sendable (_ text: [UInt8], SignedValues, _ key: [UInt8], Scheme) -> Bool

    /// Gives the MACs that are right for the values under a key, or what a private key would sign.
    package var rightSignatures: @Sendable (SignedValues, _ key: [UInt8], Scheme) -> [[UInt8]]

    /// Tells whether a signature's text is this MAC.
    package var signatureMatches: @Sendable (_ text: [UInt8], _ right: [UInt8], Scheme) -> Bool

    /// What to do about a part that is not there; `true` goes on as if it had been verified.
    package var forgives: @Sendable (Rejection, HTTPRequest) -> Bool = { _, _ in false }

    /// The strict steps.
    package static let strict = VerificationSteps()

    private init() {
        credentialMatches = Strict.credentialMatches
        readTimestamp = Strict.readTimestamp
        staleness = Strict.staleness
        verifies = Strict.verifies
        rightSignatures = Strict.rightSignatures
        signatureMatches = Strict.signatureMatches
    }
}
