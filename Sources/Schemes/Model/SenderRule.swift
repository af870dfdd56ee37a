package import Bytes

/// What the requests of a vendor look like apart from their signature, as documented or as seen.
package struct SenderRule: Sendable, Hashable {
    /// The User-Agent.
    package let userAgent: String?
    /// One of the addresses that they come from.
    package let address: String?
    /// Header lines in every request, beside those of its payload.
    package let headers: [JSON.Member]
    /// The most bytes that a body has.
    package let maximumBody: Int?

    /// Nothing that a document says.
    static let unstated = SenderRule(userAgent: nil, address: nil, headers: [], maximumBody: nil)
}
