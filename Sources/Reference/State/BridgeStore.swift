internal import Schemes
internal import Synchronization

/// The bridges of an endpoint, and the paths at which they are reached.
final class BridgeStore: Sendable {
    private struct Created {
        /// In order of creation, including deleted ones.
        var bridges: [Bridge] = []
        var routes: [[UInt8]: Route] = [:]
    }

    /// The most bridges that are kept besides the initial ones; the oldest deleted one makes room.
    static let capacity = 1000

    /// The initial paths, main bridges before second ones.
    let routes: [Route]
    /// The initial bridges.
    let first: [Bridge]
    private let byPath: [[UInt8]: Route]
    private let created = Mutex(Created())

    /// Creates a store with initial bridges.
    init(_ routes: [Route]) {
        self.routes = routes
        byPath = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        first = routes.reduce(into: []) { bridges, route in
            if !bridges.contains(where: { $0 === route.bridge }) { bridges.append(route.bridge) }
        }
    }

    /// Returns the route at exactly this path.
    func route(at path: [UInt8]) -> Route? { byPath[path] ?? created.withLock { $0.routes[path] } }

    /// Returns the bridges of a scheme that have not been deleted, in order of creation.
    func bridges(of scheme: String) -> [Bridge] {
        (first + created.withLock { $0.bridges }).filter { $0.scheme.id == scheme && !$0.state.isDeleted }
    }

    /// Returns the bridge of a scheme with this id, unless it has been deleted.
    func bridge(_ id: [UInt8], of scheme: String) -> Bridge? {
        bridges(of: scheme).first { $0.id.utf8.elementsEqual(id) }
    }

    /// Returns the latest bridge, deleted or not, that passes a test.
    func latest(_ test: (Bridge) -> Bool) -> Bridge? { created.withLock { $0.bridges.last(where: test) } }

    /// Adds a bridge unless a similar one exists or the store is full.
    ///
    /// - Parameters:
    ///   - bridge: the bridge.
    ///   - route: where it is reached, if anywhere.
    /// - twin: whether an existing bridge is similar to it.
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

    /// The outcome of adding a bridge.
    enum Addition: Sendable {
        case added
        /// A similar bridge exists.
        case exists
        /// The store is full.
        case full
    }
}
