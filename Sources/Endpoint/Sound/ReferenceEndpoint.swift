public import Schemes
public import Transport

/// An endpoint that answers as each scheme's document says: sound, unless it is given flaws.
///
/// It is a function from a request to an action; a server puts it on a socket. It knows schemes and flaws, never cases.
public struct ReferenceEndpoint: Sendable {
    /// What it did with the requests it accepted.
    public let log: EffectLog

    private let routes: [Route]
    private let clock: @Sendable () -> Int64

    /// Creates an endpoint that serves each scheme at the paths of its payloads.
    ///
    /// - Parameters:
    ///   - schemes: what it speaks.
    ///   - secrets: the secrets that are good for a scheme, the newest first.
    ///   - credentials: the value of each credential that a scheme names.
    ///   - flaws: what it does wrong; one that makes no sense for a scheme leaves that scheme sound.
    ///   - clock: Unix seconds.
    ///   - log: where effects are counted.
    public init(
        schemes: [Scheme], secrets: (Scheme) -> [Secret], credentials: (Scheme) -> [String: [UInt8]] = { _ in [:] },
        flaws: [Flaw] = [], clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() },
        log: EffectLog = EffectLog()
    ) {
        self.clock = clock
        self.log = log
        routes = schemes.flatMap { scheme in
            let keys = secrets(scheme)
            let values = credentials(scheme)
            var behaviour = EndpointBehaviour(scheme: scheme)
            for flaw in flaws where flaw.applies(to: scheme) { flaw.apply(&behaviour) }
            return scheme.payloads.map { payload in
                Route(scheme: scheme, payload: payload, secrets: keys, credentials: values, behaviour: behaviour)
            }
        }
    }

    /// Decides what to do with a request.
    public func answer(_ request: HTTPRequest) -> ServerAction {
        let route = routes.first { $0.behaviour.serves(request.target, $0.path) }
        guard let route else { return .answer(.problem(404, "not found")) }
        return route.answer(request, now: clock(), log: log)
    }
}
