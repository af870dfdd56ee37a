internal import Bytes
internal import Diagnosis
internal import Schemes
internal import Transport

/// What the verifier does with one request, stage by stage: what it read, what it signs, and where the two part.
struct VerifyExplanation {
    let request: HTTPRequest
    let scheme: Scheme
    let secret: Secret
    let now: Int64
    /// Whether the expected signature is shown. Whoever has it can send the request.
    let showsExpected: Bool

    private var rule: SignatureRule { scheme.signature }

    /// The stages, one or more lines each.
    var text: String {
        ([header, timestamp, eventID].compactMap(\.self) + [key, message, comparison]).joined(separator: "\n")
    }

    private func line(_ stage: String, _ text: String) -> String { "\(stage.padded(to: 12))\(printable(text))" }

    private var header: String {
        let lines = request.headers.values(named: rule.header)
        guard let value = lines.first else { return line("signature", "✗ there is no header \(rule.header)") }
        guard lines.count == 1 else {
            return line("signature", "✗ the header \(rule.header) appears \(lines.count) times")
        }
        guard let reading = SignatureHeader(of: scheme).read(value), let first = reading.candidates.first else {
            return line("signature", "✗ nothing is read from \(rule.header): it does not have the form of the scheme")
        }
        let count = reading.candidates.count
        let bytes = rule.encoding.decode(first).map { "\($0.count) bytes in \(rule.encoding.rawValue)" }
        let text = bytes ?? "\(first.count) characters that are not \(rule.encoding.rawValue)"
        return line(
            "signature", "\(bytes == nil ? "✗ " : "")\(rule.header): \(count == 1 ? "one" : "\(count)"), \(text)")
    }

    private var timestamp: String? {
        guard scheme.timestamp != nil else { return nil }
        guard let text = scheme.sentTimestamp(in: request) else { return line("timestamp", "✗ there is none") }
        let shown = String(decoding: text, as: UTF8.self)
        guard let seconds = TimestampRule.seconds(text[...]) else {
            return line("timestamp", "✗ \(shown) is not a number of Unix seconds")
        }
        guard let freshness = scheme.freshness else { return line("timestamp", shown) }
        let isStale = freshness.rejection(of: seconds, now: now) != nil
        let age = now.subtractingReportingOverflow(seconds).partialValue
        let words = age < 0 ? "\(age.magnitude) s ahead" : "\(age) s old"
        let window = "the window is -\(freshness.past) s … " + (freshness.future.map { "+\($0) s" } ?? "no limit")
        return line("timestamp", "\(isStale ? "✗ " : "")\(shown), \(words) at \(now); \(window)")
    }

    private var eventID: String? {
        guard rule.message.contains(.id), case .header(let name) = scheme.eventID else { return nil }
        let value = request.headers.first(named: name).map { String(decoding: $0, as: UTF8.self) }
        return line("id", value ?? "✗ there is no header \(name)")
    }

    private var key: String {
        let how = rule.secret.decoding == .utf8 ? "the secret's text" : "decoded from \(rule.secret.decoding.rawValue)"
        return line("key", "\(secret.key.count) bytes, \(how)")
    }

    private var signedBytes: [UInt8] {
        rule.message.message { field in
            switch field {
            case .timestamp: scheme.sentTimestamp(in: request) ?? []
            case .id:
                if case .header(let name) = scheme.eventID { request.headers.first(named: name) ?? [] } else { [] }
            case .body: request.body
            case .method: request.method
            case .target: request.target
            case .tokenHeader: token?.headerText ?? []
            case .tokenClaims: token?.claimsText ?? []
            }
        }
    }

    private var token: Token? {
        request.headers.first(named: rule.header).flatMap { SignatureHeader(of: scheme).read($0)?.token }
    }

    private var message: String {
        let bytes = signedBytes
        let head = line("message", "\(rule.message.text), \(bytes.count) bytes")
        let dump = ByteText.hexDump(bytes).split(separator: "\n").map { "  \($0)" }
        return ([head] + dump).joined(separator: "\n")
    }

    private var comparison: String {
        let name = rule.algorithm.name
        let sent = request.headers.first(named: rule.header).flatMap { SignatureHeader(of: scheme).read($0) }
        let right = scheme.rightSignature(for: request, key: secret.key)
        let isRight = sent?.candidates.contains(right) == true
        let words =
            isRight
            ? "the signature is the \(name) of these bytes under this key"
            : "✗ no signature that was sent is the \(name) of these bytes under this key; 'countersign diagnose' looks "
                + "for what was signed instead"
        guard showsExpected else { return line("comparison", words) }
        return line("comparison", words) + "\n" + line("expected", String(decoding: right, as: UTF8.self))
    }
}
