internal import Transport

/// How the receiver answers one attempt of a delivery.
package enum StagedAnswer: Sendable, Hashable {
    /// With a status, header lines and a body.
    case status(Int, headers: [Header] = [], body: String = "")
    /// With a redirect to another path of the receiver, on the same or on another port.
    case redirect(Int, toOtherPort: Bool)
    /// Never; the connection stays open.
    case silence
    /// With a status line that arrives one byte a second.
    case slowHead
    /// With the head of a 200 at once, and a body that arrives one byte a second.
    case slowBody
    /// With a 200 whose body does not end.
    case endless(Coding)
    /// Not at all: the connection is closed once the request has arrived.
    case close
    /// Not at all: the connection is reset once the request has arrived.
    case reset

    /// How an endless body is written.
    package enum Coding: Sendable, Hashable {
        /// In chunks.
        case chunked
        /// Compressed with gzip, a thousandfold, in chunks.
        case gzip
    }

    /// A header line.
    package struct Header: Sendable, Hashable {
        /// The name.
        package let name: String
        private let value: Value

        private enum Value: Sendable, Hashable {
            case text(String)
            case date(after: Int64)
        }

        /// Creates a line.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = .text(value)
        }

        /// Creates a line whose value is the date so many seconds after the answer.
        package init(_ name: String, dateAfter seconds: Int64) {
            self.name = name
            value = .date(after: seconds)
        }

        /// The value in an answer that is given at a time.
        ///
        /// - Parameter now: in Unix seconds.
        package func value(at now: Int64) -> String {
            switch value {
            case .text(let text): text
            case .date(let seconds): String(decoding: HTTPDate.format(now + seconds), as: UTF8.self)
            }
        }
    }

    /// A plain answer that says that the delivery is done.
    package static let done = StagedAnswer.status(200, body: "{\"ok\":true}")
}
