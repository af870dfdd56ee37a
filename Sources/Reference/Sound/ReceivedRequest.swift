package import Bytes
package import Schemes
package import Transport

/// One request at the endpoint, with everything a decision about it may need.
package struct ReceivedRequest: Sendable {
    /// The request as the endpoint sees it.
    package let request: HTTPRequest
    /// How it should be signed.
    package let scheme: Scheme
    /// Which kind of request is served at its path.
    package let payload: Payload
    /// The secrets that are good now, the newest first.
    package let secrets: [Secret]
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]
    /// Unix seconds.
    package let now: Int64

    /// The documented path at which it was taken, which its target need not be letter by letter.
    let route: [UInt8]
    /// The bridge it came to.
    let bridge: Bridge
    /// The bridge's state when it came.
    let state: BridgeState
    /// The bridges there are.
    let bridges: BridgeStore
    /// How long a delivery is remembered, in seconds.
    let window: Int64
    /// Where effects are counted.
    let log: EffectLog

    /// The body as JSON, or `nil`.
    package var json: JSON? { try? JSON.parse(request.body) }

    /// Gives the value of the first line of a header, or `nil`.
    package func header(_ name: String) -> [UInt8]? { request.headers.first(named: name) }
}
