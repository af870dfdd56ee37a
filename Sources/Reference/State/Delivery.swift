internal import Bytes
internal import Cryptography
internal import Schemes
internal import Transport

/// An accepted request on its way to its effect.
struct Delivery: Sendable {
    /// The path of the bridge in which it takes effect.
    var bridge: [UInt8]
    /// Its id, byte for byte; `nil` when it has none.
    let id: [UInt8]?
    /// What identifies it when it is repeated; `nil` when nothing does.
    var event: EffectLog.Event?
    /// How long it is remembered, in seconds.
    var window: Int64
    /// Unix seconds.
    let now: Int64
}

extension Delivery {
    /// Reads the identity of a request.
    /// If the scheme has ids and the request has none, everything signed identifies it: only a request with the same
    /// body and timestamp repeats it (F03, F04).
    init(_ received: ReceivedRequest, _ body: JSON?) {
        let id = Self.id(of: received, body)
        self.init(bridge: received.route, id: id, event: nil, window: received.window, now: received.now)
        guard received.scheme.eventID != nil else { return }
        let key = id ?? HashFunction.sha256.digest((received.timestamp ?? []) + [0] + received.request.body)
        event = EffectLog.Event(bridge: bridge, scheme: received.scheme.id, id: key)
    }

    private static func id(of received: ReceivedRequest, _ body: JSON?) -> [UInt8]? {
        switch received.scheme.eventID {
        case .header(let name): received.header(name)
        case .pointer(let pointer): body?[pointer: pointer]?.string.map { Array($0.utf8) }
        case nil: nil
        }
    }
}
