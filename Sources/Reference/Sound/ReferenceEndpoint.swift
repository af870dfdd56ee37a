internal import Bytes
internal import Catalogue
internal import Platform
package import Schemes
package import Transport

/// An endpoint that answers as each scheme's document says; sound unless it is given flaws.
///
/// It is a function from a request to an action; a server puts it on a socket. It knows schemes and flaws, never cases.
/// Each scheme starts with two bridges, so that what belongs to one can be tried at the other.
package struct ReferenceEndpoint: Sendable {
    /// The effects of the requests that it accepted.
    package let log: EffectLog

    private let bridges: BridgeStore
    private let interfaces: [any Interface]
    private let unknownBridges: [UnknownBridge]
    private let clock: @Sendable () -> Int64

    /// Creates an endpoint that serves each scheme at the paths of its payloads, each with a second bridge.
    ///
    /// - Parameters:
    /// - schemes: the schemes to serve.
    /// - secrets: the valid secrets of a scheme, newest first.
    ///   - secondSecret: the secret of a scheme's second bridge.
    ///   - credentials: the value of each credential that a scheme names.
    /// - flaws: what it does wrong; a flaw that does not apply to a scheme leaves it sound.
    /// - adminToken: the token that the administrative interfaces require.
    /// - grace: how long a replaced secret stays valid, in seconds; `nil` for what the document says.
    ///   - window: how long a delivery is remembered, in seconds, 0 for never; `nil` for what the document says.
    ///   - clock: Unix seconds.
    ///   - freshSecret: makes the secret of a rotation.
    ///   - log: where effects are counted.
    package init(
        schemes: [Scheme], secrets: (Scheme) -> [Secret],
        secondSecret: (Scheme) -> Secret = { VectorContext.secondSecret(of: $0) },
        credentials: (Scheme) -> [String: [UInt8]] = { _ in [:] }, flaws: [Flaw] = [],
        adminToken: [UInt8] = Array(VectorContext.adminToken.utf8), grace: Int? = nil, window: Int? = nil,
        clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() },
        freshSecret: @escaping @Sendable (SecretRule) -> [UInt8]? = { try? $0.freshSecret() },
        log: EffectLog = EffectLog()
    ) {
        self.clock = clock
        self.log = log
        let services = schemes.map { scheme in
            Service(scheme, flaws: flaws, credentials: credentials(scheme), grace: grace, window: window)
        }
        let main = services.flatMap { service in
            Self.routes(service, .main, BridgeState(secrets(service.scheme))) { $0.path }
        }
        let second = services.flatMap { service in
            Self.routes(service, .second, BridgeState([secondSecret(service.scheme)]), path: VectorContext.secondPath)
        }
        let bridges = BridgeStore(main + second)
        self.bridges = bridges
        unknownBridges = services.compactMap(UnknownBridge.init)
        let gate = AdminGate(token: adminToken)
        interfaces =
            [CountersignInterface(bridges: bridges, log: log, gate: gate, freshSecret: freshSecret, clock: clock)]
            + services.compactMap {
                AdministrationInterface(service: $0, bridges: bridges, gate: gate, clock: clock)
            }
    }

    /// Returns the limits of a server before endpoints of some schemes: no lower than those of the documents.
    package static func serverLimits(of schemes: [Scheme]) -> ServerLimits {
        var limits = ServerLimits()
        limits.maximumBody = schemes.compactMap(\.sender.maximumBody).reduce(limits.maximumBody, max)
        return limits
    }

    /// Returns the path of the bridges of a scheme in its administrative interface, or `nil` when it has none.
    package static func administrationPath(of scheme: Scheme) -> String? {
        scheme.administration.map { administration in
            administration.places.reduce(administration.path) {
                $0.replacing("{\($1)}", with: FirstBridge.main.place)
            }
        }
    }

    /// Decides what to do with a request.
    package func answer(_ request: HTTPRequest) -> ServerAction {
        let path = Array(request.target.prefix { $0 != UInt8(ascii: "?") })
        if let route = bridges.route(at: path) { return answer(request, at: route) }
        for interface in interfaces {
            if let answer = interface.answer(request, path: path) { return .answer(answer) }
        }
        // A flaw may serve another path.
        if let route = bridges.routes.first(where: { $0.behaviour.serves(request.target, $0.path) }) {
            return answer(request, at: route)
        }
        if let route = unknownBridges.lazy.compactMap({ $0.route(at: path) }).first {
            return answer(request, at: route)
        }
        return .answer(.problem(404, "not found"))
    }

    private func answer(_ request: HTTPRequest, at route: Route) -> ServerAction {
        route.answer(request, now: clock(), bridges: bridges, log: log)
    }

    private static func routes(
        _ service: Service, _ place: FirstBridge, _ state: BridgeState, path: (Payload) -> String
    ) -> [Route] {
        let bridge = Bridge(
            id: place.id, scheme: service.scheme, details: place.details(of: service.scheme), state: state)
        return service.scheme.payloads.map { payload in
            Route(payload, path: Array(path(payload).utf8), bridge: bridge, service: service)
        }
    }
}
