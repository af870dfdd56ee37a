internal import Bytes
package import Transport

/// The reference verifier: constant time, raw bytes, strict parsing, freshness both ways, several secrets. No input
/// makes it crash or throw.
package struct Verifier: Sendable {
    /// How requests are signed.
    package let scheme: Scheme
    /// The secrets that are good now, the newest first.
    package var secrets: [Secret]
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]
    /// How far a timestamp may be from now; `nil` lets any pass.
    package var freshness: Freshness?

    private let steps: VerificationSteps

    /// Creates a verifier.
    package init(
        scheme: Scheme, secrets: [Secret], credentials: [String: [UInt8]] = [:], steps: VerificationSteps = .strict
    ) {
        self.scheme = scheme
        self.secrets = secrets
        self.credentials = credentials
        self.steps = steps
        freshness = scheme.freshness
    }

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - request: the request as received, its body without framing.
    ///   - now: Unix seconds.
    package func verify(_ request: HTTPRequest, now: Int64) -> Verdict {
        do throws(Refusal) {
            try checkCredentials(request)
            guard let read = try readSignature(request) else { return .accepted(secret: 0) }
            let values = try signedValues(request, read)
            guard let secret = matchingSecret(read.candidates, values) else { throw Refusal(.signatureWrong) }
            try checkFreshness(values.timestamp, request, now: now)
            try checkToken(read.token, request, now: now)
            return .accepted(secret: secret)
        } catch {
            return steps.forgives(error.reason, request) ? .accepted(secret: 0) : .rejected(error.reason)
        }
    }

    private struct Refusal: Error {
        let reason: Rejection
        init(_ reason: Rejection) { self.reason = reason }
    }

    private func checkCredentials(_ request: HTTPRequest) throws(Refusal) {
        for credential in scheme.credentials {
            let lines = steps.lines(request.headers, credential.header)
            guard let given = steps.onlyLine(lines) else {
                if steps.forgives(.credentialMissing, request) { continue }
                throw Refusal(.credentialMissing)
            }
            guard let right = credentials[credential.id], steps.credentialMatches(given, right) else {
                if steps.forgives(.credentialWrong, request) { continue }
                throw Refusal(.credentialWrong)
            }
        }
    }

    private func readSignature(_ request: HTTPRequest) throws(Refusal) -> VerificationSteps.ReadSignature? {
        let lines = steps.lines(request.headers, scheme.signature.header)
        if lines.isEmpty {
            if steps.forgives(.signatureMissing, request) { return nil }
            throw Refusal(.signatureMissing)
        }
        guard let text = steps.onlyLine(lines) else { throw Refusal(.headerRepeated) }
        guard let read = steps.readSignature(text, scheme) else { throw Refusal(.signatureMalformed) }
        return read
    }

    private func signedValues(
        _ request: HTTPRequest, _ read: VerificationSteps.ReadSignature
    ) throws(Refusal) -> VerificationSteps.SignedValues {
        var values = VerificationSteps.SignedValues(
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

    private func only(_ name: String, _ request: HTTPRequest, missing: Rejection) throws(Refusal) -> [UInt8] {
        let lines = steps.lines(request.headers, name)
        if lines.isEmpty {
            if steps.forgives(missing, request) { return [] }
            throw Refusal(missing)
        }
        guard let value = steps.onlyLine(lines) else { throw Refusal(.headerRepeated) }
        return value
    }

    private func matchingSecret(_ candidates: [[UInt8]], _ values: VerificationSteps.SignedValues) -> Int? {
        for (place, key) in steps.keys(secrets).enumerated() {
            let known = min(place, max(0, secrets.count - 1))
            if candidates.contains(where: { steps.verifies($0, values, key, scheme) }) { return known }
            // One MAC a key, however long the list of signatures is (G05).
            let right = steps.rightSignatures(values, key, scheme)
            let found = candidates.contains { text in right.contains { steps.signatureMatches(text, $0, scheme) } }
            if found { return known }
        }
        return nil
    }

    private func checkToken(_ token: Token?, _ request: HTTPRequest, now: Int64) throws(Refusal) {
        guard let rule = scheme.token, let token else { return }
        let names = steps.keys(secrets).compactMap(scheme.signature.algorithm.keyName)
        let faults = rule.faults(
            of: token, audience: credentials[rule.audience], keyNames: names, body: request.body, now: now)
        for fault in faults where !steps.forgives(fault, request) { throw Refusal(fault) }
    }

    private func checkFreshness(_ text: [UInt8], _ request: HTTPRequest, now: Int64) throws(Refusal) {
        guard scheme.timestamp != nil, let freshness else { return }
        if text.isEmpty, steps.forgives(.timestampMissing, request) { return }
        guard let timestamp = steps.readTimestamp(text) else { throw Refusal(.timestampMalformed) }
        if let reason = steps.staleness(timestamp, now, freshness) { throw Refusal(reason) }
    }
}
