package import ReportModel

extension CaptureFact {
    /// The fact as a sentence.
    package var words: String {
        switch self {
        case .headerMissing(let name): return "There is no header \(name)."
        case .headerRepeated(let name): return "The header \(name) appears more than once."
        case .signatureElsewhere(let header): return "The header \(header) holds what looks like a signature."
        case .signatureUnreadable(let header):
            return "The header \(header) does not have the form of the scheme: no signature is read from it."
        case .signatureLength(let count, let due, let encoding):
            return "The signature has \(count) \(Self.unit(encoding)) where \(due) are due."
        case .signatureCharacter(let place, let encoding):
            return "Character \(place) of the signature does not belong to \(Self.name(encoding))."
        case .age(let seconds, let window):
            return
                "The timestamp is \(Self.span(seconds)) old; the window is \(window) s. That is refused even with the "
                + "right signature."
        case .ahead(let seconds, let window):
            return "The timestamp is \(Self.span(seconds)) ahead; the window is \(window) s. That is refused even with "
                + "the right signature."
        case .timestampForm: return "The timestamp is not a number of Unix seconds."
        case .contentLength(let declared, let found):
            return "Content-Length says \(declared) and the body has \(counted(found, "byte")): the capture "
                + "\(found < declared ? "has lost" : "has gained") bytes."
        case .lostBytes(.har): return "The text of the HAR has lost bytes: its length is not the recorded bodySize."
        case .lostBytes(.relay):
            return "The event has the parsed body, not its bytes: they were written again as JSON.stringify would."
        case .replacedCharacters(let count):
            return "The body has \(counted(count, "character")) U+FFFD, which replaces bytes that could not be read."
        case .noBody: return "The body is empty."
        case .pairsNotTried(let bytes):
            return "Only single differences were tried: the body has \(bytes) bytes, too many for pairs."
        }
    }

    private static func unit(_ encoding: String) -> String { encoding == "hex" ? "digits" : "characters" }

    private static func name(_ encoding: String) -> String { encoding == "hex" ? "hexadecimal" : "Base64" }

    /// Such as `3 h 12 min`.
    private static func span(_ seconds: Int64) -> String {
        let parts = [
            (seconds / 86_400, "days"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
