public import Schemes
internal import Transport

/// The aspects of a request, and so the ways in which a probe may differ from its control (honesty rule 2).
public struct Change: OptionSet, Sendable, Hashable {
    /// One bit an aspect.
    public let rawValue: Int

    /// Creates a set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The method.
    public static let method = Change(rawValue: 1)
    /// Path and query.
    public static let target = Change(rawValue: 1 << 1)
    /// How the body is delimited.
    public static let framing = Change(rawValue: 1 << 2)
    /// The body's bytes.
    public static let body = Change(rawValue: 1 << 3)
    /// The bytes that are signed.
    public static let message = Change(rawValue: 1 << 4)
    /// The signature header's lines: their number, names or values.
    public static let signature = Change(rawValue: 1 << 5)
    /// The timestamp as it is sent.
    public static let timestamp = Change(rawValue: 1 << 6)
    /// The id header as it is sent.
    public static let eventID = Change(rawValue: 1 << 7)
    /// The credentials' header lines.
    public static let credential = Change(rawValue: 1 << 8)
    /// The body's media type.
    public static let contentType = Change(rawValue: 1 << 9)
    /// Header lines with any other name.
    public static let headers = Change(rawValue: 1 << 10)

    /// Nothing: the probe is the control once more.
    public static let nothing: Change = []
    /// The body, signed as it is sent.
    public static let signedBody: Change = [.body, .message, .signature]
    /// The timestamp, signed as it is sent.
    public static let signedTimestamp: Change = [.timestamp, .message, .signature]
    /// What is signed, while nothing else that is sent changes.
    public static let signedMessage: Change = [.message, .signature]

    private static let names: [(Change, String)] = [
        (.method, "method"), (.target, "target"), (.framing, "framing"), (.body, "body"), (.message, "signed message"),
        (.signature, "signature header"), (.timestamp, "timestamp"), (.eventID, "event id"),
        (.credential, "credential"), (.contentType, "content type"), (.headers, "other headers"),
    ]

    /// The aspects in words.
    public var words: [String] { Self.names.filter { contains($0.0) }.map(\.1) }

    /// Gives the aspects in which two requests differ.
    public static func between(_ control: SignedRequest, _ probe: SignedRequest, scheme: Scheme) -> Change {
        let (left, right) = (control.request, probe.request)
        var change: Change = []
        if left.method != right.method { change.insert(.method) }
        if left.target != right.target { change.insert(.target) }
        if left.framing != right.framing { change.insert(.framing) }
        if left.body != right.body { change.insert(.body) }
        if control.message != probe.message { change.insert(.message) }
        let aspects = headerAspects(of: scheme)
        for name in Set((left.headers.fields + right.headers.fields).map { lowercased($0.name) }) {
            let lines = { (request: HTTPRequest) in request.headers.fields.filter { lowercased($0.name) == name } }
            if lines(left) != lines(right) { change.insert(aspects[name] ?? .headers) }
        }
        return change
    }

    /// The aspects that change along with these in a scheme: where the timestamp is a field of the signature header,
    /// that header does, and where the id stands in the body, the body and its signature do.
    public func consequences(in scheme: Scheme) -> Change {
        var change = self
        if contains(.timestamp), case .field = scheme.timestamp { change.insert(.signature) }
        if contains(.eventID), case .pointer = scheme.eventID { change.formUnion(.signedBody) }
        return change
    }

    private static func headerAspects(of scheme: Scheme) -> [String: Change] {
        var aspects = ["content-type": Change.contentType, scheme.signature.header.lowercased(): .signature]
        if case .header(let name) = scheme.timestamp { aspects[name.lowercased()] = .timestamp }
        if case .header(let name) = scheme.eventID { aspects[name.lowercased()] = .eventID }
        for credential in scheme.credentials { aspects[credential.header.lowercased()] = .credential }
        return aspects
    }

    private static func lowercased(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self).lowercased() }
}
