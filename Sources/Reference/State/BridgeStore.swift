internal import Schemes
internal import Synchronization

/// The bridges of an endpoint, and the paths at which they are reached.
final class BridgeStore: Sendable {
    private struct Created {
        /// In the order in which they were made, deleted ones included.
        var bridges: [Bridge] = []
        var routes: [[UInt8]: Route] = [:]
    }

    /// The most bridges that are kept beside those from the start; the oldest deleted one makes room.
    static let capacity = 1000

    /// The paths from the start, the main bridges before the second ones.
    let routes: [Route]
    /// The bridges from the start.
    let first: [Bridge]
    private let byPath: [[UInt8]: Route]
    private let created = Mutex(Created())

    /// Creates a store with bridges that are there from the start.
    init(_ routes: [Route]) {
        self.routes = routes
        byPath = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        first = routes.reduce(into: []) { bridges, route in
            if !bridges.contains(where: { $0 === route.bridge }) { bridges.append(route.bridge) }
        }
    }

    /// Gives the route at exactly this path.
    func route(at path: [UInt8]) -> Route? { byPath[path] ?? created.withLock { $0.routes[path] } }

    /// Gives the bridges of a scheme that were not deleted, in the order in which they were made.
    func bridges(of scheme: String) -> [Bridge] {
        (first + created.withLock { $0.bridges }).filter { $0.scheme.id == scheme && !$0.state.isDeleted }
    }

    /// Gives the bridge of a scheme with this id, unless it was deleted.
    func bridge(_ id: [UInt8], of scheme: String) -> Bridge? {
        bridges(of: scheme).first { $0.id.utf8.elementsEqual(id) }
    }

    /// Gives the latest bridge, deleted or not, that a test finds.
    func latest(_ test: (Bridge) -> Bool) -> Bridge? { created.withLock { $0.bridges.last(where: test) } }

    /// Adds a bridge, unless there is one like it or no room.
    ///
    /// - Parameters:
    ///   - bridge: the bridge.
    ///   - route: where it is reached, if anywhere.
    ///   - twin: tells whether a bridge that is there is like it.
    func add(_ bridge: Bridge, _ route: Route?, unless twin: (Bridge) -> Bool = { _ in false }) -> Addition {
        created.withLock { created in
            if (first + created.bridges).contains(where: { !$0.state.isDeleted && twin($0) }) { return .exists }
            if created.bridges.count >= Self.capacity {
                guard let place = created.bridges.firstIndex(where: \.state.isDeleted) else { return .full }
                let gone = created.bridges.remove(at: place)
                created.routes = created.routes.filter { $0.value.bridge !== gone }
            }
            created.bridges.append(bridge)
            if let route { created.routes[route.path] = route }
            return .added
        }
    }

    /// What came of adding a bridge.
    enum Addition: Sendable {
        case added
        /// There is one like it.
        case exists
        /// There are as many as can be.
        case full
    }
}
