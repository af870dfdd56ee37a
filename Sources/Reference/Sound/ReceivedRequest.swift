package import Bytes
package import Schemes
package import Transport

/// One request at the endpoint, with everything a decision about it may need.
package struct ReceivedRequest: Sendable {
    /// The request as the endpoint sees it.
    package let request: HTTPRequest
    /// How it should be signed.
    package let scheme: Scheme
    /// The kind of request served at its path.
    package let payload: Payload
    /// The valid secrets, newest first.
    package let secrets: [Secret]
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]
    /// Unix seconds.
    package let now: Int64

    /// The documented path that served it; its target may be spelled differently.
    let route: [UInt8]
    /// Its bridge.
    let bridge: Bridge
    /// The bridge's state on arrival.
    let state: BridgeState
    /// All bridges.
    let bridges: BridgeStore
    /// How long a delivery is remembered, in seconds.
    let window: Int64
    /// Where effects are counted.
    let log: EffectLog

    /// The body as an object or another value, or `nil`.
    package var json: JSON? { payload.read(request.body) }

    /// Returns the value of the first line of a header, or `nil`.
    package func header(_ name: String) -> [UInt8]? { request.headers.first(named: name) }
}
