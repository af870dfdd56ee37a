/// The aspects of a request, and so the ways in which a probe may differ from its control (honesty rule 2).
package struct Change: OptionSet, Sendable, Hashable {
    /// One bit an aspect.
    package let rawValue: Int

    /// Creates a set from its bits.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// The method.
    package static let method = Change(rawValue: 1)
    /// Path and query.
    package static let target = Change(rawValue: 1 << 1)
    /// How the body is delimited.
    package static let framing = Change(rawValue: 1 << 2)
    /// The body's bytes.
    package static let body = Change(rawValue: 1 << 3)
    /// The bytes that are signed.
    package static let message = Change(rawValue: 1 << 4)
    /// The signature header's lines: their number, names or values.
    package static let signature = Change(rawValue: 1 << 5)
    /// The timestamp as it is sent.
    package static let timestamp = Change(rawValue: 1 << 6)
    /// The id header as it is sent.
    package static let eventID = Change(rawValue: 1 << 7)
    /// The credentials' header lines.
    package static let credential = Change(rawValue: 1 << 8)
    /// The body's media type.
    package static let contentType = Change(rawValue: 1 << 9)
    /// Header lines with any other name.
    package static let headers = Change(rawValue: 1 << 10)

    /// Nothing: the probe repeats the control.
    package static let nothing: Change = []
    /// The body, signed as it is sent.
    package static let signedBody: Change = [.body, .message, .signature]
    /// The timestamp, signed as it is sent.
    package static let signedTimestamp: Change = [.timestamp, .message, .signature]
    /// What is signed, while nothing else that is sent changes.
    package static let signedMessage: Change = [.message, .signature]

    private static let names: [(Change, String)] = [
        (.method, "method"), (.target, "target"), (.framing, "framing"), (.body, "body"), (.message, "signed message"),
        (.signature, "signature header"), (.timestamp, "timestamp"), (.eventID, "event id"),
        (.credential, "credential"), (.contentType, "content type"), (.headers, "other headers"),
    ]

    /// The names of the aspects, as in vector files and reports.
    package var words: [String] { Self.names.filter { contains($0.0) }.map(\.1) }

    /// Finds an aspect by its name.
    package init?(word: String) {
        guard let entry = Self.names.first(where: { $0.1 == word }) else { return nil }
        self = entry.0
    }
}
