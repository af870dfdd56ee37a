internal import Bytes
internal import Cryptography

/// The strict form of each step that needs more than a line.
package enum Strict {
    /// Compares a credential in constant time.
    package static let credentialMatches: @Sendable ([UInt8], [UInt8]) -> Bool = { ConstantTime.equal($0, $1) }

    /// Reads plain decimal digits: no sign, no blank, no leading zero (E05, E06), nothing that overflows (E10).
    package static let readTimestamp: @Sendable ([UInt8]) -> Int64? = { text in
        ASCII.decimal(text).flatMap(Int64.init(exactly:))
    }

    /// Measures the distance both ways (E07), without overflow.
    package static let staleness: @Sendable (Int64, Int64, Freshness) -> Rejection? = { timestamp, now, window in
        let (age, overflow) = now.subtractingReportingOverflow(timestamp)
        if overflow { return timestamp < now ? .tooOld : .tooFarAhead }
        if age > window.past { return .tooOld }
        if let future = window.future, age < -future { return .tooFarAhead }
        return nil
    }

    /// Decodes strictly and verifies with the public key.
    package static let verifies: @Sendable ([UInt8], VerificationSteps.SignedValues, [UInt8], Scheme) -> Bool = {
        text, values, key, scheme in
        let rule = scheme.signature
        guard rule.algorithm.hasPublicKey, let signature = rule.encoding.decode(text) else { return false }
        return rule.algorithm.verifies(signature, of: values.message(rule.message), key: key)
    }

    /// Computes the one MAC of the scheme's template; none under a key that is none, lest an empty text equal it.
    package static let rightSignatures: @Sendable (VerificationSteps.SignedValues, [UInt8], Scheme) -> [[UInt8]] = {
        values, key, scheme in
        let right = scheme.signature.algorithm.sign(values.message(scheme.signature.message), key: key)
        return right.isEmpty ? [] : [right]
    }

    /// Decodes strictly and compares in constant time.
    package static let signatureMatches: @Sendable ([UInt8], [UInt8], Scheme) -> Bool = { text, right, scheme in
        guard let signature = scheme.signature.encoding.decode(text) else { return false }
        return ConstantTime.equal(signature, right)
    }
}

extension VerificationSteps.SignedValues {
    /// Gives the bytes to sign by a template.
    package func message(_ template: MessageTemplate) -> [UInt8] {
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
}
