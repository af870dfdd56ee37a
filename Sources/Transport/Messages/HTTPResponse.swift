/// An answer, its body kept up to a bound.
package struct HTTPResponse: Sendable, Hashable {
    /// The status code, 100 to 999.
    package var status: Int
    /// The reason phrase as sent.
    package var reason: [UInt8]
    /// The header lines in the order of the wire.
    package var headers: Headers
    /// The body after framing was removed; only its beginning when it was longer than the client keeps.
    package var body: [UInt8]
    /// Whether `body` is only the beginning.
    package var bodyIsCut: Bool

    /// Creates an answer.
    package init(
        status: Int, reason: String = "", headers: Headers = Headers(), body: [UInt8] = [], bodyIsCut: Bool = false
    ) {
        self.status = status
        self.reason = Array(reason.utf8)
        self.headers = headers
        self.body = body
        self.bodyIsCut = bodyIsCut
    }
}
