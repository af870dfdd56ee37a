internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Ways to make the endpoint unsafe, for flaws only. Each adds to what stands there, so that flaws can be combined.
extension EndpointBehaviour {
    /// Holds more MACs for right than the one of the scheme.
    mutating func alsoAccepts(
        _ more: @escaping @Sendable (VerificationSteps.SignedValues, _ key: [UInt8], Scheme) -> [[UInt8]]
    ) {
        let right = steps.rightSignatures
        steps.rightSignatures = { right($0, $1, $2) + more($0, $1, $2) }
    }

    /// Holds the MAC over other signed values for right as well; `nil` adds none.
    mutating func alsoSigns(
        _ other: @escaping @Sendable (VerificationSteps.SignedValues) -> VerificationSteps.SignedValues?
    ) {
        alsoAccepts { values, key, scheme in
            other(values).map { Strict.rightSignatures($0, key, scheme) } ?? []
        }
    }

    /// Computes the MAC over other bytes than those of the body.
    mutating func hashes(_ other: @escaping @Sendable (_ body: [UInt8], HTTPRequest) -> [UInt8]) {
        changesSigned { $0.body = other($0.body, $0.request) }
    }

    /// Computes the MAC over other values than those that were sent.
    mutating func changesSigned(_ change: @escaping @Sendable (inout VerificationSteps.SignedValues) -> Void) {
        let right = steps.rightSignatures
        steps.rightSignatures = { values, key, scheme in
            var changed = values
            change(&changed)
            return right(changed, key, scheme)
        }
    }

    /// Tries more keys than the scheme's secrets.
    mutating func alsoTries(_ more: @escaping @Sendable ([Secret]) -> [[UInt8]]) {
        let keys = steps.keys
        steps.keys = { keys($0) + more($0) }
    }

    /// Tries the keys that well-known texts stand for: as the scheme decodes them, and as they are.
    mutating func alsoTries(texts: [String]) {
        let rule = scheme.signature.secret
        let keys = texts.flatMap { text in
            [Array(text.utf8)] + [try? rule.key(from: Array(text.utf8))].compactMap(\.self)
        }
        alsoTries { _ in keys }
    }

    /// Takes more texts for a signature than its one spelling.
    mutating func alsoMatches(
        _ loosely: @escaping @Sendable (_ text: [UInt8], _ right: [UInt8], Scheme) -> Bool
    ) {
        let matches = steps.signatureMatches
        steps.signatureMatches = { matches($0, $1, $2) || loosely($0, $1, $2) }
    }

    /// Decodes a signature loosely before it is compared.
    mutating func alsoDecodes(_ loosely: @escaping @Sendable (_ text: [UInt8]) -> [UInt8]?) {
        alsoMatches { text, right, _ in loosely(text) == right }
    }

    /// Reads more signature headers than the grammar allows.
    mutating func alsoReads(
        _ loosely: @escaping @Sendable ([UInt8], Scheme) -> VerificationSteps.ReadSignature?
    ) {
        let read = steps.readSignature
        steps.readSignature = { read($0, $1) ?? loosely($0, $1) }
    }

    /// Reads more texts as a timestamp than plain digits.
    mutating func alsoReadsTimestamps(_ loosely: @escaping @Sendable ([UInt8]) -> Int64?) {
        let read = steps.readTimestamp
        steps.readTimestamp = { read($0) ?? loosely($0) }
    }

    /// Changes what the verdict about a timestamp is.
    mutating func judgesAge(
        _ loosely: @escaping @Sendable (_ timestamp: Int64, _ now: Int64, Freshness, _ sound: Rejection?) -> Rejection?
    ) {
        let staleness = steps.staleness
        steps.staleness = { loosely($0, $1, $2, staleness($0, $1, $2)) }
    }

    /// Goes on without some part as if it had been verified.
    mutating func forgives(_ reasons: Rejection...) {
        let forgives = steps.forgives
        steps.forgives = { reasons.contains($0) || forgives($0, $1) }
    }

    /// Lets a request in that was refused.
    mutating func letsIn(_ test: @escaping @Sendable (Rejection, ReceivedRequest) -> Bool) {
        let overrules = overrules
        self.overrules = { overrules($0, $1) || test($0, $1) }
    }

    /// Sees another request than the one that was sent.
    mutating func sees(_ change: @escaping @Sendable (inout HTTPRequest) -> Void) {
        let receives = receives
        self.receives = { request in
            var changed = receives(request)
            change(&changed)
            return changed
        }
    }

    /// Answers before anything is verified.
    mutating func answersFirst(_ answer: @escaping @Sendable (ReceivedRequest) -> ServerAction?) {
        let intercepts = intercepts
        self.intercepts = { intercepts($0) ?? answer($0) }
    }

    /// Ends in an exception on some requests.
    mutating func crashes(
        _ crash: Crash, when test: @escaping @Sendable (ReceivedRequest) -> Bool
    ) {
        answersFirst { test($0) ? crash.action : nil }
    }

    /// Serves more targets than the documented path.
    mutating func alsoServes(_ test: @escaping @Sendable (_ target: [UInt8], _ path: [UInt8]) -> Bool) {
        let serves = serves
        self.serves = { serves($0, $1) || test($0, $1) }
    }
}

// Parts of a few flaws.
extension EndpointBehaviour {
    /// Verifies requests that have no timestamp, in a header or in a field, and asks nothing of their age.
    mutating func doesWithoutTimestamp() {
        forgives(.timestampMissing)
        alsoReads { header, scheme in
            guard SignatureHeader.timestamps(header, scheme).isEmpty else { return nil }
            let key = SignatureHeader.signatureKey(scheme)
            let signatures = SignatureHeader.looseElements(header, scheme).filter { $0.key == key }.map(\.value)
            return signatures.isEmpty ? nil : VerificationSteps.ReadSignature(candidates: signatures)
        }
    }

    /// Takes one of several timestamps in the signature header for what is signed, and one for the age.
    mutating func splitsTimestamps(
        signed: @escaping @Sendable ([[UInt8]]) -> [UInt8]?, fresh: @escaping @Sendable ([[UInt8]]) -> [UInt8]?
    ) {
        let scheme = scheme
        alsoReads { header, scheme in
            let key = SignatureHeader.signatureKey(scheme)
            let signatures = SignatureHeader.looseElements(header, scheme).filter { $0.key == key }.map(\.value)
            guard let stamp = fresh(SignatureHeader.timestamps(header, scheme)), !signatures.isEmpty else { return nil }
            return VerificationSteps.ReadSignature(candidates: signatures, timestamp: stamp)
        }
        changesSigned { values in
            let header = values.request.headers.first(named: scheme.signature.header) ?? []
            if let stamp = signed(SignatureHeader.timestamps(header, scheme)) { values.timestamp = stamp }
        }
    }

    /// Changes the answer to a request that does not verify.
    mutating func changesRefusal(_ change: @escaping @Sendable (inout HTTPResponse, ReceivedRequest) -> Void) {
        let refuses = refuses
        self.refuses = { reason, received in
            guard case .answer(var answer) = refuses(reason, received) else { return refuses(reason, received) }
            change(&answer, received)
            return .answer(answer)
        }
    }
}
