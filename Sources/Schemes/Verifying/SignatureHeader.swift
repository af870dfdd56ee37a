internal import Bytes

/// The contents of a signature header.
package struct SignatureReading: Sendable {
    /// The texts that may be the signature.
    package var candidates: [[UInt8]]
    /// The timestamp, if it is part of the grammar.
    package var timestamp: [UInt8]?
    /// The token, if the grammar is one.
    package var token: Token?

    /// Creates what was read.
    package init(candidates: [[UInt8]], timestamp: [UInt8]? = nil, token: Token? = nil) {
        self.candidates = candidates
        self.timestamp = timestamp
        self.token = token
    }
}

/// The strict reading of a signature header by a scheme's grammar.
///
/// Unknown keys and versions are ignored (C05), every signature of the right version is a candidate (G02), and a
/// duplicate of a key that may appear only once invalidates the whole header (G01).
package struct SignatureHeader: Sendable {
    private enum Layout: Sendable {
        case value, fields, list, token
    }

    private let layout: Layout
    private let separator: UInt8
    /// The text before each signature, or before a token.
    private let mark: [UInt8]
    /// The text before the timestamp, when it is a field.
    private let timestampMark: [UInt8]?

    /// Prepares the reading of a scheme's headers.
    package init(of scheme: Scheme) {
        var timestampMark: [UInt8]?
        switch scheme.signature.grammar {
        case .value(let prefix): (layout, separator, mark) = (.value, 0, Array(prefix.utf8))
        case .list(let version): (layout, separator, mark) = (.list, 0x20, Array("\(version),".utf8))
        case .token(let rule): (layout, separator, mark) = (.token, UInt8(ascii: "."), Array(rule.prefix.utf8))
        case .fields(let separator, let key):
            (layout, mark) = (.fields, Array("\(key)=".utf8))
            self.separator = separator.utf8.first ?? UInt8(ascii: ",")
            if case .field(let field) = scheme.timestamp { timestampMark = Array("\(field)=".utf8) }
        }
        self.timestampMark = timestampMark
    }

    /// Reads a header; `nil` when it does not follow the grammar.
    package func read(_ text: [UInt8]) -> SignatureReading? {
        do throws(Rejection) {
            let timestamp = try timestamp(in: text)
            var reading = SignatureReading(candidates: [], timestamp: timestamp.map { Array(text[$0]) })
            reading.token = try token(in: text)
            _ = containsSignature(text) { candidate in
                reading.candidates.append(Array(candidate))
                return false
            }
            return reading
        } catch {
            return nil
        }
    }

    /// Checks a header and finds its timestamp; `nil` when the grammar has none.
    ///
    /// - Throws: `signatureMalformed` when the header does not follow the grammar.
    func timestamp(in text: [UInt8]) throws(Rejection) -> Range<Int>? {
        switch layout {
        case .value, .token:
            guard text.starts(with: mark) else { throw .signatureMalformed }
            return nil
        case .list:
            for piece in Pieces(of: text, separator) where text[piece].starts(with: mark) { return nil }
            throw .signatureMalformed
        case .fields:
            var hasSignature = false
            var timestamp: Range<Int>?
            for piece in Pieces(of: text, separator) {
                guard let equals = text[piece].firstIndex(of: UInt8(ascii: "=")), equals > piece.lowerBound else {
                    throw .signatureMalformed
                }
                hasSignature = hasSignature || text[piece].starts(with: mark)
                guard let timestampMark, text[piece].starts(with: timestampMark) else { continue }
                guard timestamp == nil else { throw .signatureMalformed }
                timestamp = (equals + 1)..<piece.upperBound
            }
            guard hasSignature, timestampMark == nil || timestamp != nil else { throw .signatureMalformed }
            return timestamp
        }
    }

    /// Parses the token; `nil` when the grammar is not a token.
    /// - Throws: `signatureMalformed` when it is not a token.
    func token(in text: [UInt8]) throws(Rejection) -> Token? {
        guard case .token = layout else { return nil }
        guard let token = Token(text.dropFirst(mark.count)) else { throw .signatureMalformed }
        return token
    }

    /// Whether a checked header has a signature that passes a test.
    func containsSignature(_ text: [UInt8], where test: (ArraySlice<UInt8>) -> Bool) -> Bool {
        switch layout {
        case .value: return test(text[mark.count...])
        case .token: return test(text[((text.lastIndex(of: separator) ?? -1) + 1)...])
        case .fields, .list:
            for piece in Pieces(of: text, separator) where text[piece].starts(with: mark) {
                if test(text[piece].dropFirst(mark.count)) { return true }
            }
            return false
        }
    }
}

/// The pieces of a text between separators, empty ones included, as ranges.
private struct Pieces: Sequence, IteratorProtocol {
    private let text: [UInt8]
    private let separator: UInt8
    private var start = 0

    init(of text: [UInt8], _ separator: UInt8) {
        self.text = text
        self.separator = separator
    }

    mutating func next() -> Range<Int>? {
        guard start <= text.count else { return nil }
        var end = start
        while end < text.count, text[end] != separator { end += 1 }
        defer { start = end + 1 }
        return start..<end
    }
}
