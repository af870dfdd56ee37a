internal import Schemes

/// The paths of bridges that do not exist, in a scheme whose paths contain the bridge's id.
struct UnknownBridge: Sendable {
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private let nowhere: Route

    /// Finds the place of the id in the paths of a scheme; `nil` when there is none.
    init?(_ service: Service) {
        let id = Array(FirstBridge.main.id.utf8)
        for payload in service.scheme.payloads {
            let path = Array(payload.path.utf8)
            guard let place = path.indices.first(where: { path[$0...].starts(with: id) }) else { continue }
            prefix = Array(path[..<place])
            suffix = Array(path[(place + id.count)...])
            var state = BridgeState([])
            state.isDeleted = true
            nowhere = Route(
                payload, path: path, bridge: Bridge(id: "", scheme: service.scheme, state: state), service: service)
            return
        }
        return nil
    }

    /// Returns the path of the bridge with this id.
    func path(of id: String) -> [UInt8] { prefix + Array(id.utf8) + suffix }

    /// Returns the route of a bridge that does not exist, if the path could be that of a bridge.
    func route(at path: [UInt8]) -> Route? {
        guard path.count > prefix.count + suffix.count, path.starts(with: prefix),
            path.suffix(suffix.count).elementsEqual(suffix),
            !path[prefix.count..<(path.count - suffix.count)].contains(UInt8(ascii: "/"))
        else { return nil }
        return nowhere
    }
}
