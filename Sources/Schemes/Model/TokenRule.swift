/// A JSON Web Token (RFC 7519) in the signature header, and what it must say.
package struct TokenRule: Sendable, Hashable {
    /// The text in front of the token, such as `Bearer `.
    package let prefix: String
    /// The issuer of tokens: the value of `iss`.
    package let issuer: String
    /// The name of the value that `aud` has, given like a credential: the endpoint's own id.
    package let audience: String
    /// Claims that repeat a text of the body.
    package let bindings: [Binding]
    /// How long a token is valid, in seconds.
    package let lifetime: Int64
    /// How far clocks may differ, in seconds.
    package let leeway: Int64

    /// A claim that repeats a text of the body.
    package struct Binding: Sendable, Hashable {
        /// The claim's name.
        package let claim: String
        /// JSON pointer to the text in the body (RFC 6901).
        package let pointer: String

        /// Creates a binding.
        package init(claim: String, pointer: String) {
            self.claim = claim
            self.pointer = pointer
        }
    }

    /// Creates a rule.
    package init(
        prefix: String, issuer: String, audience: String, bindings: [Binding], lifetime: Int64, leeway: Int64
    ) {
        self.prefix = prefix
        self.issuer = issuer
        self.audience = audience
        self.bindings = bindings
        self.lifetime = lifetime
        self.leeway = leeway
    }
}

extension Scheme {
    /// What the header's token must say, where it is one.
    package var token: TokenRule? { if case .token(let rule) = signature.grammar { rule } else { nil } }

    /// The names of the values that are given besides the secret: those that are sent, and the token's audience.
    package var valueNames: [String] { credentials.map(\.id) + (token.map { [$0.audience] } ?? []) }
}
