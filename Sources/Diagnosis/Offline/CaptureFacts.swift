internal import Bytes
package import ReportModel
package import Schemes
internal import Transport

extension Capture {
    /// Everything striking about the request that needs no secret.
    ///
    /// - Parameter now: the time at which it was verified, in Unix seconds.
    package func facts(for scheme: Scheme, now: Int64) -> [CaptureFact] {
        headerFacts(scheme) + timeFacts(scheme, now: now) + bodyFacts
    }

    private func headerFacts(_ scheme: Scheme) -> [CaptureFact] {
        var facts = [CaptureFact]()
        let name = scheme.signature.header
        let lines = request.headers.values(named: name)
        if lines.count > 1 { facts.append(.headerRepeated(name)) }
        for needed in scheme.signedHeaders where request.headers.first(named: needed) == nil {
            facts.append(.headerMissing(needed))
        }
        if lines.isEmpty {
            facts.append(.headerMissing(name))
            let others = SentSignature.all(in: request, scheme).map(\.header)
            var seen = Set<String>()
            facts += others.filter { seen.insert($0).inserted }.map { .signatureElsewhere(header: $0) }
        } else if let line = lines.first, scheme.token == nil {
            facts += Self.signatureFacts(line, scheme)
        }
        return facts
    }

    /// What is wrong with the text of the signature itself.
    private static func signatureFacts(_ line: [UInt8], _ scheme: Scheme) -> [CaptureFact] {
        let rule = scheme.signature
        guard let text = SignatureHeader(of: scheme).read(line)?.candidates.first else {
            return [.signatureUnreadable(header: rule.header)]
        }
        let due = rule.encoding.encode([UInt8](repeating: 0, count: Code.sound(rule.algorithm).length ?? 0)).count
        if let place = text.firstIndex(where: { !rule.encoding.has($0) }) {
            return [.signatureCharacter(place: place + 1, encoding: rule.encoding.rawValue)]
        }
        return due > 0 && text.count != due
            ? [.signatureLength(count: text.count, due: due, encoding: rule.encoding.rawValue)] : []
    }

    private func timeFacts(_ scheme: Scheme, now: Int64) -> [CaptureFact] {
        guard scheme.timestamp != nil, let text = scheme.sentTimestamp(in: request) else { return [] }
        guard let seconds = TimestampRule.seconds(text[...]), seconds < 100_000_000_000 else { return [.timestampForm] }
        guard let freshness = scheme.freshness else { return [] }
        if now - seconds > freshness.past { return [.age(seconds: now - seconds, window: freshness.past)] }
        if let future = freshness.future, seconds - now > future {
            return [.ahead(seconds: seconds - now, window: future)]
        }
        return []
    }

    private var bodyFacts: [CaptureFact] {
        var facts = facts
        if request.body.isEmpty { facts.append(.noBody) }
        if let declared = request.headers.first(named: "Content-Length").flatMap({ ASCII.decimal($0) }),
            let declared = Int(exactly: declared), declared != request.body.count
        {
            facts.append(.contentLength(declared: declared, found: request.body.count))
        }
        let count = Self.count([0xEF, 0xBF, 0xBD], in: request.body)
        if count > 0 { facts.append(.replacedCharacters(count)) }
        return facts
    }

    private static func count(_ needle: [UInt8], in bytes: [UInt8]) -> Int {
        bytes.indices.count { bytes[$0] == needle[0] && bytes[$0...].starts(with: needle) }
    }
}

extension SignatureEncoding {
    /// Whether a character belongs to its alphabet.
    fileprivate func has(_ byte: UInt8) -> Bool {
        switch self {
        case .hex: Hex.decode([byte, byte]) != nil
        case .base64: "+/=".utf8.contains(byte) || ASCII.isLetterOrDigit(byte)
        case .base64url: "-_".utf8.contains(byte) || ASCII.isLetterOrDigit(byte)
        }
    }
}

extension ASCII {
    fileprivate static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7A).contains(lowercased(byte))
    }
}

extension Scheme {
    /// The headers besides that of the signature whose values are signed.
    fileprivate var signedHeaders: [String] {
        var names = [String]()
        if case .header(let name) = timestamp { names.append(name) }
        if signature.message.contains(.id), case .header(let name) = eventID { names.append(name) }
        return names
    }
}
