/// A JSON Web Token (RFC 7519) in the signature header, and what it must say.
public struct TokenRule: Sendable, Hashable {
    /// The text in front of the token, such as `Bearer `.
    public let prefix: String
    /// Who makes tokens: the value of `iss`.
    public let issuer: String
    /// The name of the value that `aud` has, given like a credential: the endpoint's own id.
    public let audience: String
    /// Claims that repeat a text of the body.
    public let bindings: [Binding]
    /// How long a token is good, in seconds.
    public let lifetime: Int64
    /// How far clocks may be apart, in seconds.
    public let leeway: Int64

    /// A claim that repeats a text of the body.
    public struct Binding: Sendable, Hashable {
        /// The claim's name.
        public let claim: String
        /// Where the text stands in the body, as a JSON pointer (RFC 6901).
        public let pointer: String

        /// Creates a binding.
        public init(claim: String, pointer: String) {
            self.claim = claim
            self.pointer = pointer
        }
    }

    /// Creates a rule.
    public init(
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
    public var token: TokenRule? { if case .token(let rule) = signature.grammar { rule } else { nil } }

    /// The names of the values that are given beside the secret: those that are sent, and the token's audience.
    public var valueNames: [String] { credentials.map(\.id) + (token.map { [$0.audience] } ?? []) }
}
