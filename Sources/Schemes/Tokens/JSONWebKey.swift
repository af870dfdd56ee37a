package import Bytes
package import Cryptography

/// Public keys as JSON Web Keys (RFC 7517).
package enum JSONWebKey {
    /// Returns the name of a key: its thumbprint (RFC 7638), which needs no registry.
    package static func thumbprint(of key: RSAPublicKey) -> String {
        let members: JSON = ["e": text(key.exponent), "kty": "RSA", "n": text(key.modulus)]
        return Base64.string(HashFunction.sha256.digest(members.serialized()), alphabet: .url)
    }

    /// Returns one key of a set, for verifying RS256.
    /// - Parameter endorsements: the channels that the key is endorsed for, as Bot Framework lists them.
    package static func json(_ key: RSAPublicKey, endorsements: [String] = []) -> JSON {
        var members: [JSON.Member] = [
            .init("kty", "RSA"), .init("use", "sig"), .init("alg", "RS256"),
            .init("kid", .string(thumbprint(of: key))), .init("n", text(key.modulus)), .init("e", text(key.exponent)),
        ]
        if !endorsements.isEmpty { members.append(.init("endorsements", JSON(endorsements))) }
        return .object(members)
    }

    private static func text(_ number: [UInt8]) -> JSON { .string(Base64.string(number, alphabet: .url)) }
}

/// The key set that a verifier fetches (RFC 7517 §5).
package enum JWKS {
    /// Returns the document.
    ///
    /// - Parameters:
    /// - keys: the keys endorsed for Teams.
    /// - others: the keys endorsed only for another channel.
    package static func json(_ keys: [RSAPublicKey], ofAnotherChannel others: [RSAPublicKey] = []) -> JSON {
        [
            "keys": .array(
                keys.map { JSONWebKey.json($0, endorsements: ["msteams"]) }
                    + others.map { JSONWebKey.json($0, endorsements: ["webchat"]) })
        ]
    }
}

/// The document through which a verifier finds the key set (OpenID Connect Discovery 1.0, section 3).
package enum OpenIDDocument {
    /// Returns the document.
    ///
    /// - Parameters:
    ///   - issuer: the value of `iss` in tokens.
    /// - jwksURL: the URL of the key set.
    package static func json(issuer: String, jwksURL: String) -> JSON {
        [
            "issuer": .string(issuer), "jwks_uri": .string(jwksURL),
            "id_token_signing_alg_values_supported": ["RS256"], "subject_types_supported": ["public"],
            "response_types_supported": ["id_token"],
        ]
    }
}
