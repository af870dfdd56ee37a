internal import Bytes
internal import Schemes
internal import Transport

/// A text in a request that may be its signature, and the bytes that it may stand for.
struct SentSignature {
    /// The text.
    let text: [UInt8]
    /// The header that it was found in.
    let header: String
    /// Whether the scheme's own grammar finds it there.
    let isDocumented: Bool
    /// The bytes that it may be in any of the encodings, whole or cut.
    let readings: [[UInt8]]

    /// Returns everything in a request that may be a signature, the documented place first.
    static func all(in request: HTTPRequest, _ scheme: Scheme) -> [SentSignature] {
        var found = [SentSignature]()
        let header = SignatureHeader(of: scheme)
        func add(_ text: [UInt8], _ name: String, isDocumented: Bool) {
            guard text.count >= 16, !found.contains(where: { $0.text == text && $0.header == name }) else { return }
            let readings = readings(of: text)
            guard !readings.isEmpty else { return }
            found.append(SentSignature(text: text, header: name, isDocumented: isDocumented, readings: readings))
        }
        for field in request.headers.fields {
            let name = String(decoding: field.name, as: UTF8.self)
            guard ASCII.equalsIgnoringCase(field.name, scheme.signature.header.utf8) else { continue }
            for text in header.read(field.value)?.candidates ?? [] { add(text, name, isDocumented: true) }
            for text in pieces(of: field.value) { add(text, name, isDocumented: false) }
        }
        for field in request.headers.fields where looksLikeSignature(field.name) {
            let name = String(decoding: field.name, as: UTF8.self)
            for text in pieces(of: field.value) { add(text, name, isDocumented: false) }
        }
        return found
    }

    static func looksLikeSignature(_ name: [UInt8]) -> Bool {
        let name = name.map(ASCII.lowercased)
        return ["signature", "hmac", "authorization", "-sig"].contains {
            ASCII.firstRange(of: Array($0.utf8), in: name) != nil
        }
    }

    /// Splits a header at everything that separates, and at what comes before an equals sign.
    static func pieces(of value: [UInt8]) -> [[UInt8]] {
        value.split { [UInt8(ascii: ","), UInt8(ascii: ";"), 0x20].contains($0) }.flatMap { piece -> [[UInt8]] in
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")),
                piece.distance(from: equals, to: piece.endIndex) > 4
            else { return [Array(piece)] }
            return [Array(piece[(equals + 1)...]), Array(piece)]
        }
    }

    /// Returns the bytes that a text may be: decoded from hexadecimal of either case, from Base64 of either alphabet, or
    /// from one within the other.
    private static func readings(of text: [UInt8]) -> [[UInt8]] {
        var readings = [[UInt8]]()
        let digits = text.starts(with: "0x".utf8) ? Array(text.dropFirst(2)) : text
        let isHex = digits.allSatisfy { Hex.decode([$0, $0]) != nil }
        if isHex {
            // An odd digit too many or too few is cut off; a leading zero may have been.
            if let bytes = Hex.decode(digits.prefix(digits.count / 2 * 2)) { readings.append(bytes) }
            for length in [32, 20, 64] where digits.count < 2 * length && digits.count > 2 * length - 5 {
                let zeros = [UInt8](repeating: 0x30, count: 2 * length - digits.count)
                if let bytes = Hex.decode(zeros + digits) { readings.append(bytes) }
            }
        }
        if let bytes = KeySteps.base64(text) {
            readings.append(bytes)
            if let inner = Hex.decode(bytes), inner.count >= 16 { readings.append(inner) }
        }
        return readings.filter { $0.count >= 8 }
    }
}
