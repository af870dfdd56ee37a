internal import Schemes
internal import Transport

/// Mutators of the verification.
extension Behaviour {
    /// Skips the checks that lead to these rejections; all others are still made.
    mutating func skip(_ rejections: Rejection...) {
        let skips = steps.skips
        steps.skips = { skips($0, $1) || rejections.contains($0) }
    }

    /// Accepts a request despite its rejection, after everything else has been checked.
    mutating func acceptAnyway(_ test: @escaping @Sendable (Rejection, ReceivedRequest) -> Bool) {
        let acceptsAnyway = acceptsAnyway
        self.acceptsAnyway = { acceptsAnyway($0, $1) || test($0, $1) }
    }

    /// Accepts keys besides those of the scheme's secrets.
    mutating func alsoAcceptKeys(_ more: @escaping @Sendable ([Secret]) -> [[UInt8]]) {
        let keys = steps.keys
        steps.keys = { keys($0) + more($0) }
    }

    /// Accepts well-known texts as keys, both decoded by the scheme and as they are.
    mutating func alsoAcceptKeys(texts: [String]) {
        let rule = scheme.signature.secret
        let keys = texts.flatMap { text in
            [Array(text.utf8)] + [try? rule.key(from: Array(text.utf8))].compactMap(\.self)
        }
        alsoAcceptKeys { _ in keys }
    }

    /// Accepts signatures besides the scheme's.
    mutating func alsoAcceptSignatures(
        _ more: @escaping @Sendable (SignedValues, _ key: [UInt8], Scheme) -> [[UInt8]]
    ) {
        let right = steps.rightSignatures
        steps.rightSignatures = { right($0, $1, $2) + more($0, $1, $2) }
    }

    /// Also accepts the signature over other values; `nil` adds none.
    mutating func alsoAcceptValues(_ other: @escaping @Sendable (SignedValues) -> SignedValues?) {
        alsoAcceptSignatures { values, key, scheme in
            other(values).map { $0.signatures(under: key, scheme) } ?? []
        }
    }

    /// Accepts other spellings of a signature than the canonical one.
    mutating func alsoAcceptSpellings(_ test: @escaping @Sendable (_ text: [UInt8], _ right: [UInt8], Scheme) -> Bool) {
        let matches = steps.signatureMatches
        steps.signatureMatches = { matches($0, $1, $2) || test($0, $1, $2) }
    }

    /// Accepts the spellings that another decoder reads as the same signature.
    mutating func alsoAcceptSpellings(decodedBy decode: @escaping @Sendable (_ text: [UInt8]) -> [UInt8]?) {
        alsoAcceptSpellings { text, right, _ in decode(text) == right }
    }

    /// Accepts only some of the right signatures.
    mutating func acceptSpellingsOnly(_ test: @escaping @Sendable (_ text: [UInt8], _ right: [UInt8]) -> Bool) {
        let matches = steps.signatureMatches
        steps.signatureMatches = { matches($0, $1, $2) && test($0, $1) }
    }

    /// Computes the signature over values other than those sent.
    mutating func changeValues(_ change: @escaping @Sendable (inout SignedValues) -> Void) {
        let right = steps.rightSignatures
        steps.rightSignatures = { values, key, scheme in
            var changed = values
            change(&changed)
            return right(changed, key, scheme)
        }
    }

    /// Computes the signature over bytes other than the body's.
    mutating func changeBody(_ change: @escaping @Sendable (_ body: [UInt8], HTTPRequest) -> [UInt8]) {
        changeValues { $0.body = change($0.body, $0.request) }
    }

    /// Reads signature headers that the grammar does not allow.
    mutating func alsoReadSignatures(_ read: @escaping @Sendable ([UInt8], Scheme) -> SignatureReading?) {
        let strict = steps.readSignature
        steps.readSignature = { strict($0, $1) ?? read($0, $1) }
    }

    /// Reads timestamps that are not plain digits.
    mutating func alsoReadTimestamps(_ read: @escaping @Sendable ([UInt8]) -> Int64?) {
        let strict = steps.readTimestamp
        steps.readTimestamp = { strict($0) ?? read($0) }
    }

    /// Accepts requests without a timestamp in a header or a field, and skips their age check.
    mutating func alsoAcceptMissingTimestamps() {
        skip(.timestampMissing)
        alsoReadSignatures { header, scheme in
            guard SignatureHeader.timestamps(header, scheme).isEmpty else { return nil }
            let signatures = SignatureHeader.looseSignatures(header, scheme)
            return signatures.isEmpty ? nil : SignatureReading(candidates: signatures)
        }
    }

    /// Verifies one of several timestamps in the signature header and takes the age from another.
    mutating func changeTimestamps(
        signed: @escaping @Sendable ([[UInt8]]) -> [UInt8]?, fresh: @escaping @Sendable ([[UInt8]]) -> [UInt8]?
    ) {
        let scheme = scheme
        alsoReadSignatures { header, scheme in
            let signatures = SignatureHeader.looseSignatures(header, scheme)
            guard let stamp = fresh(SignatureHeader.timestamps(header, scheme)), !signatures.isEmpty else { return nil }
            return SignatureReading(candidates: signatures, timestamp: stamp)
        }
        changeValues { values in
            let header = values.request.headers.first(named: scheme.signature.header) ?? []
            if let stamp = signed(SignatureHeader.timestamps(header, scheme)) { values.timestamp = stamp }
        }
    }

    /// Changes the decision about the age of a request.
    mutating func changeStaleness(
        _ change:
            @escaping @Sendable (_ timestamp: Int64, _ now: Int64, Freshness, _ sound: Rejection?) -> Rejection?
    ) {
        let staleness = steps.staleness
        steps.staleness = { change($0, $1, $2, staleness($0, $1, $2)) }
    }
}
