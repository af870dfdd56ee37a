internal import Bytes
internal import Cryptography
internal import Schemes
internal import Transport

/// Mutators of the verification of tokens.
extension Behaviour {
    /// Skips the checks that lead to these rejections for tokens that pass a test.
    mutating func skip(_ rejections: Rejection..., when test: @escaping @Sendable (Token, HTTPRequest) -> Bool) {
        let scheme = scheme
        let skips = steps.skips
        steps.skips = { rejection, request in
            if skips(rejection, request) { return true }
            guard rejections.contains(rejection), let token = request.token(of: scheme) else { return false }
            return test(token, request)
        }
    }

    /// Skips the checks that lead to these rejections for claims that pass a test.
    mutating func skip(_ rejections: Rejection..., claim: String, when test: @escaping @Sendable (JSON?) -> Bool) {
        for rejection in rejections { skip(rejection) { token, _ in test(token.claims[claim]) } }
    }

    /// Accepts token signatures besides those that verify under the scheme's keys.
    mutating func alsoAcceptTokens(
        _ test: @escaping @Sendable (Token, _ signature: [UInt8], _ key: [UInt8]) -> Bool
    ) {
        let verifies = steps.verifies
        steps.verifies = { text, values, key, scheme in
            if verifies(text, values, key, scheme) { return true }
            return values.token.map { test($0, text, key) } ?? false
        }
    }

    /// Accepts HS256 tokens signed with a secret derived from the scheme's own key.
    mutating func alsoAcceptTokens(
        codedWith secret: @escaping @Sendable (RSAPublicKey) -> [UInt8],
        when test: @escaping @Sendable (Token) -> Bool = { _ in true }
    ) {
        alsoAcceptTokens { token, text, key in
            guard token.header["alg"] == "HS256", test(token),
                let known = try? RSAPrivateKey.kept(der: key).publicKey
            else { return false }
            let code = HMAC.code(.sha256, key: secret(known), message: token.signedText)
            return Base64.decode(text, alphabet: .url) == code
        }
        skip(.algorithmWrong) { token, _ in token.header["alg"] == "HS256" && test(token) }
    }

    /// Accepts audiences besides the correct one.
    mutating func alsoAcceptAudiences(_ test: @escaping @Sendable (_ given: JSON?, _ right: String) -> Bool) {
        acceptAnyway { rejection, received in
            guard rejection == .audienceWrong, let rule = received.scheme.token,
                let right = received.credentials[rule.audience],
                let token = received.request.token(of: received.scheme)
            else { return false }
            return test(token.claims["aud"], String(decoding: right, as: UTF8.self))
        }
    }

    /// Reads tokens in headers that the grammar does not allow.
    mutating func alsoReadTokens(_ text: @escaping @Sendable (_ header: [UInt8]) -> [UInt8]) {
        alsoReadSignatures { header, _ in
            Token(text(header)).map { SignatureReading(candidates: [$0.signatureText], token: $0) }
        }
    }
}

extension Token {
    /// The text before the signature, which is signed.
    var signedText: [UInt8] { headerText + [UInt8(ascii: ".")] + claimsText }
}

extension HTTPRequest {
    /// Returns the token in the signature header, read strictly.
    func token(of scheme: Scheme) -> Token? {
        headers.first(named: scheme.signature.header).flatMap { SignatureHeader(of: scheme).read($0)?.token }
    }
}
