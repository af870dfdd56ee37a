package import Schemes
package import Transport

/// A verifier whose decisions are replaceable steps; unless one is replaced, it decides as the strict verifier does.
package struct SteppedVerifier: Sendable {
    private let scheme: Scheme
    private let credentials: [String: [UInt8]]
    private let steps: VerificationSteps

    /// Creates a verifier.
    package init(scheme: Scheme, credentials: [String: [UInt8]], steps: VerificationSteps) {
        self.scheme = scheme
        self.credentials = credentials
        self.steps = steps
    }

    /// Verifies a request.
    ///
    /// - Parameters:
    ///   - request: the request as received, its body without framing.
    ///   - secrets: the valid secrets, newest first.
    ///   - now: Unix seconds.
    package func verify(_ request: HTTPRequest, secrets: [Secret], now: Int64) -> Verdict {
        do throws(Rejection) {
            try checkCredentials(request)
            guard let read = try readSignature(request) else { return .accepted(secret: 0) }
            let values = try signedValues(request, read)
            let keys = steps.keys(secrets)
            guard let place = matchingKey(keys, read.candidates, values) else { throw .signatureWrong }
            try checkFreshness(values.timestamp, request, now: now)
            try checkToken(read.token, request, keys, now: now)
            // Keys besides those of the secrets count as the last one.
            return .accepted(secret: min(place, max(0, secrets.count - 1)))
        } catch {
            return steps.skips(error, request) ? .accepted(secret: 0) : .rejected(error)
        }
    }

    private func checkCredentials(_ request: HTTPRequest) throws(Rejection) {
        for credential in scheme.credentials {
            let lines = steps.lines(request.headers, credential.header)
            guard let given = steps.onlyLine(lines) else {
                if steps.skips(.credentialMissing, request) { continue }
                throw .credentialMissing
            }
            guard let right = credentials[credential.id], steps.credentialMatches(given, right) else {
                if steps.skips(.credentialWrong, request) { continue }
                throw .credentialWrong
            }
        }
    }

    private func readSignature(_ request: HTTPRequest) throws(Rejection) -> SignatureReading? {
        let lines = steps.lines(request.headers, scheme.signature.header)
        if lines.isEmpty {
            if steps.skips(.signatureMissing, request) { return nil }
            throw .signatureMissing
        }
        guard let text = steps.onlyLine(lines) else { throw .headerRepeated }
        guard let read = steps.readSignature(text, scheme) else { throw .signatureMalformed }
        return read
    }

    private func signedValues(
        _ request: HTTPRequest, _ read: SignatureReading
    ) throws(Rejection) -> SignedValues {
        var values = SignedValues(
            timestamp: read.timestamp ?? [], id: [], body: request.body, method: request.method,
            target: request.target, token: read.token, request: request)
        if case .header(let name) = scheme.timestamp {
            values.timestamp = try only(name, request, missing: .timestampMissing)
        }
        if case .header(let name) = scheme.eventID, scheme.signature.message.contains(.id) {
            values.id = try only(name, request, missing: .eventIDMissing)
        }
        return values
    }

    private func only(_ name: String, _ request: HTTPRequest, missing: Rejection) throws(Rejection) -> [UInt8] {
        let lines = steps.lines(request.headers, name)
        if lines.isEmpty {
            if steps.skips(missing, request) { return [] }
            throw missing
        }
        guard let value = steps.onlyLine(lines) else { throw .headerRepeated }
        return value
    }

    private func matchingKey(_ keys: [[UInt8]], _ candidates: [[UInt8]], _ values: SignedValues) -> Int? {
        keys.firstIndex { key in
            if candidates.contains(where: { steps.verifies($0, values, key, scheme) }) { return true }
            // One computation per key, however long the list of signatures is (G05).
            let right = steps.rightSignatures(values, key, scheme)
            return candidates.contains { text in right.contains { steps.signatureMatches(text, $0, scheme) } }
        }
    }

    private func checkToken(
        _ token: Token?, _ request: HTTPRequest, _ keys: [[UInt8]], now: Int64
    ) throws(Rejection) {
        guard let rule = scheme.token, let token else { return }
        let names = keys.compactMap(scheme.signature.algorithm.keyName)
        let faults = rule.faults(
            of: token, audience: credentials[rule.audience], keyNames: names, body: request.body, now: now)
        for fault in faults where !steps.skips(fault, request) { throw fault }
    }

    private func checkFreshness(_ text: [UInt8], _ request: HTTPRequest, now: Int64) throws(Rejection) {
        guard scheme.timestamp != nil, let freshness = scheme.freshness else { return }
        if text.isEmpty, steps.skips(.timestampMissing, request) { return }
        guard let timestamp = steps.readTimestamp(text) else { throw .timestampMalformed }
        if let reason = steps.staleness(timestamp, now, freshness) { throw reason }
    }
}
