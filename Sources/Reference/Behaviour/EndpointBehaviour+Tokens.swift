internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// Ways to be careless with tokens, for flaws only.
extension EndpointBehaviour {
    /// Believes more signatures of tokens than those that hold under the scheme's keys.
    mutating func alsoBelieves(
        _ test: @escaping @Sendable (Token, _ signature: [UInt8], _ key: [UInt8]) -> Bool
    ) {
        let verifies = steps.verifies
        steps.verifies = { text, values, key, scheme in
            if verifies(text, values, key, scheme) { return true }
            return values.token.map { test($0, text, key) } ?? false
        }
    }

    /// Believes tokens that name HS256 and hold a code under a key that is made of the scheme's own.
    mutating func alsoBelievesCodes(
        under secret: @escaping @Sendable (RSAPublicKey) -> [UInt8],
        when test: @escaping @Sendable (Token) -> Bool = { _ in true }
    ) {
        alsoBelieves { token, text, key in
            guard token.header["alg"] == "HS256", test(token),
                let known = try? RSAPrivateKey.kept(der: key).publicKey
            else { return false }
            let code = HMAC.code(.sha256, key: secret(known), message: token.signedText)
            return Base64.decode(text, alphabet: .url) == code
        }
        overlooks(.algorithmWrong) { token, _ in token.header["alg"] == "HS256" && test(token) }
    }

    /// Goes on in spite of a fault of a token.
    mutating func overlooks(
        _ reasons: Rejection..., when test: @escaping @Sendable (Token, HTTPRequest) -> Bool = { _, _ in true }
    ) {
        let scheme = scheme
        let forgives = steps.forgives
        steps.forgives = { reason, request in
            if forgives(reason, request) { return true }
            guard reasons.contains(reason), let token = request.token(of: scheme) else { return false }
            return test(token, request)
        }
    }

    /// Goes on where a claim has a value that a test allows.
    mutating func overlooks(
        _ reasons: Rejection..., claim: String, when test: @escaping @Sendable (JSON?) -> Bool
    ) {
        for reason in reasons { overlooks(reason) { token, _ in test(token.claims[claim]) } }
    }

    /// Takes a token for its own whose audience, beside the right one, a test allows.
    mutating func alsoIsMeant(_ test: @escaping @Sendable (_ given: JSON?, _ right: String) -> Bool) {
        letsIn { reason, received in
            guard reason == .audienceWrong, let rule = received.scheme.token,
                let right = received.credentials[rule.audience],
                let token = received.request.token(of: received.scheme)
            else { return false }
            return test(token.claims["aud"], String(decoding: right, as: UTF8.self))
        }
    }

    /// Takes more texts for a token than the strict reading does.
    mutating func alsoReadsTokens(_ text: @escaping @Sendable (_ header: [UInt8]) -> [UInt8]) {
        alsoReads { header, _ in
            Token(text(header)).map { VerificationSteps.ReadSignature(candidates: [$0.signatureText], token: $0) }
        }
    }
}

extension Token {
    /// What stands in front of the signature, which is what is signed.
    var signedText: [UInt8] { headerText + [UInt8(ascii: ".")] + claimsText }
}

extension HTTPRequest {
    /// Gives the token that the signature header holds by the strict grammar.
    func token(of scheme: Scheme) -> Token? {
        headers.first(named: scheme.signature.header).flatMap { SignatureHeader.read($0, scheme)?.token }
    }
}
