internal import Bytes

/// What the header lines say about where the body ends and whether the connection goes on.
struct FramingFields: Sendable {
    /// The length, greatest possible when it does not fit.
    private(set) var length: UInt64?
    /// The transfer codings in lower case, in order; `nil` when the header is absent.
    private(set) var codings: [[UInt8]]?
    private(set) var saysClose = false
    private(set) var saysKeepAlive = false
    private(set) var expectsContinue = false
    private(set) var hostCount = 0

    init(_ headers: Headers) throws(MessageError) {
        for field in headers.fields {
            // The lengths of the five names differ, but for these two pairs.
            switch field.name.count {
            case 4 where Self.matches(field.name, "host"): hostCount += 1
            case 6 where Self.matches(field.name, "expect"): expectsContinue = Self.matches(field.value, "100-continue")
            case 10 where Self.matches(field.name, "connection"):
                for option in Self.list(field.value) {
                    if Self.matches(option, "close") { saysClose = true }
                    if Self.matches(option, "keep-alive") { saysKeepAlive = true }
                }
            case 14 where Self.matches(field.name, "content-length"): try addLength(field.value)
            case 17 where Self.matches(field.name, "transfer-encoding"):
                codings = (codings ?? []) + Self.list(field.value).map { $0.map(ASCII.lowercased) }
            default: break
            }
        }
    }

    /// Whether the body is in chunks: the last coding says so (RFC 9112 §6.3).
    var isChunked: Bool { codings?.last.map { Self.matches($0, "chunked") } ?? false }

    private mutating func addLength(_ value: [UInt8]) throws(MessageError) {
        // RFC 9112 §6.3 rule 5: a list of equal numbers is one number, all else is an unrecoverable error.
        for text in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard let number = Self.digits(ASCII.trimmed(text)) else {
                throw .malformed("the Content-Length is not a number (RFC 9112 §6.3)")
            }
            guard length == nil || length == number else {
                throw .malformed("there are two different Content-Length values (RFC 9112 §6.3)")
            }
            length = number
        }
    }

    /// Reads `1*DIGIT` (RFC 9110 §8.6), which may begin with zeros and be larger than any integer here.
    private static func digits(_ bytes: [UInt8]) -> UInt64? {
        guard !bytes.isEmpty, bytes.allSatisfy(ASCII.isDigit) else { return nil }
        return ASCII.decimal(bytes.drop { $0 == 0x30 }.isEmpty ? [0x30] : bytes.drop { $0 == 0x30 }) ?? .max
    }

    private static func list(_ value: [UInt8]) -> [[UInt8]] {
        value.split(separator: UInt8(ascii: ",")).map { ASCII.trimmed($0) }.filter { !$0.isEmpty }
    }

    /// Compares with a text in lower case, ignoring the case of the bytes.
    static func matches(_ bytes: [UInt8], _ text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            for place in 0..<expected.count where ASCII.lowercased(bytes[place]) != expected[place] { return false }
            return true
        }
    }
}
