internal import Catalogue
internal import Endpoint
internal import Schemes
internal import Transport

/// Runs against endpoints of our own, every level and enforcing hardening too.
enum SelftestRun {
    /// How fast the clock runs where cases wait: ten minutes take ten seconds.
    private static let speed = 60

    /// Certifies an endpoint with some flaws by the cases of one probe.
    static func probes(_ scheme: Scheme, flaws: [Flaw]) -> Report {
        let endpoint = endpoint(scheme, flaws)
        return report(scheme, path: scheme.payloads[0].path) { endpoint.answer($0) }
    }

    /// Certifies an endpoint with some flaws by the cases of several requests, on a fast clock; those that wait only
    /// where they are declared to catch a flaw, or for the sound endpoint.
    static func scenarios(_ scheme: Scheme, flaws: [Flaw]) -> Report {
        let clock = EndpointClock(offset: 0, speed: speed)
        let now: @Sendable () -> Int64 = { clock.seconds() }
        let endpoint = endpoint(scheme, flaws, now)
        return serving(HTTPServer(now: now) { endpoint.answer($0) }) { port in
            var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
            configuration.speed = Double(speed)
            configuration.facilities = facilities(scheme, port: port)
            configuration.profile = .smoke
            let waiting = { (scenario: Scenario) in
                scenario.waits(scheme) == 0 && scenario.profile < .audit || flaws.isEmpty
                    || flaws.contains { $0.isCaught(by: scenario.id) }
            }
            let plan = Plan(
                cases: plan(configuration).cases, scenarios: Catalogue.scenarios(for: scheme).filter(waiting))
            return report(configuration, plan, port: port, path: scheme.payloads[0].path)
        }
    }

    /// Plays one scenario against the sound endpoint.
    ///
    /// - Returns: what it did, a line each; nothing when it can't be played there.
    static func steps(of scenario: Scenario, _ scheme: Scheme) -> [String] {
        // Ten minutes take a second: nobody certifies anything here.
        let speed = scenario.waits(scheme) > 0 ? 600 : speed
        let clock = EndpointClock(offset: 0, speed: speed)
        let now: @Sendable () -> Int64 = { clock.seconds() }
        let endpoint = endpoint(scheme, [], now)
        let played = serving(HTTPServer(now: now) { endpoint.answer($0) }) { port in
            var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
            configuration.speed = Double(speed)
            configuration.facilities = facilities(scheme, port: port)
            configuration.profile = .smoke
            return report(
                configuration, Plan(cases: [], scenarios: [scenario]), port: port, path: scheme.payloads[0].path)
        }
        return played.timing.evidence[scenario.id]?.steps ?? []
    }

    /// Certifies whatever a handler does.
    static func report(
        _ scheme: Scheme, path: String, handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) -> Report {
        serving(HTTPServer(handler: handler)) { report(scheme, port: $0, path: path) }
    }

    /// Certifies whoever listens on a port of loopback.
    static func report(_ scheme: Scheme, port: UInt16, path: String) -> Report {
        let configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        return report(configuration, Plan(cases: plan(configuration).cases), port: port, path: path)
    }

    // MARK: Parts

    private static func endpoint(
        _ scheme: Scheme, _ flaws: [Flaw], _ clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() }
    ) -> ReferenceEndpoint {
        let secret = VectorContext.secret(of: scheme)
        let credentials = VectorContext.credentials(of: scheme)
        return ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials }, flaws: flaws, clock: clock
        )
    }

    private static func serving(_ server: HTTPServer, _ body: (_ port: UInt16) -> Report) -> Report {
        do throws(ServerError) {
            try server.start()
        } catch {
            preconditionFailure("no endpoint of our own can listen on loopback: \(error)")
        }
        defer { server.stop() }
        return body(server.port)
    }

    private static func report(
        _ configuration: RunConfiguration, _ plan: Plan, port: UInt16, path: String
    ) -> Report {
        var configuration = configuration
        configuration.credentials = VectorContext.credentials(of: configuration.scheme)
        configuration.scope = .all
        configuration.lanes = 8
        // Nobody reads it in thousands of runs.
        configuration.digestsVectors = false
        let target = HTTPTarget(url: url(port, path), options: plan.scenarios.isEmpty ? impatient : ClientOptions())
        return Runner(target: target, configuration: configuration, plan: plan).run()
    }

    /// Flaws that never answer cost a deadline a probe.
    private static let impatient = ClientOptions(
        connectTimeout: .seconds(2), sendTimeout: .seconds(2), answerTimeout: .milliseconds(300))

    private static func plan(_ configuration: RunConfiguration) -> Plan {
        var configuration = configuration
        configuration.scope = .all
        do throws(RunConfiguration.UnmatchedPattern) {
            return try configuration.plan()
        } catch {
            preconditionFailure("a plan without patterns has unmatched ones")
        }
    }

    /// Everything that the reference endpoint offers to who tests it.
    private static func facilities(_ scheme: Scheme, port: UInt16) -> Facilities {
        var facilities = Facilities()
        let (path, second) = (scheme.payloads[0].path, VectorContext.secondPath(of: scheme.payloads[0]))
        let token = Array(VectorContext.adminToken.utf8)
        let effects = { (path: String) in
            ObserverSource.url(url(port, "/countersign/effects?path=\(path)"), pointer: "/events")
        }
        facilities.observer = effects(path)
        facilities.second = SecondBridge(
            target: HTTPTarget(url: url(port, second), options: ClientOptions()),
            secret: VectorContext.secondSecret(of: scheme), observer: effects(second))
        facilities.rotation = .url(
            url(port, "/countersign/rotate-secret?path=\(path)"), pointer: "/secret", token: token)
        let admin = ["scaiwave": "/v1/admin/bridges", "vaultysclaw": "/api/channels/ch_countersign/bridges"]
        facilities.admin = admin[scheme.id].map { AdminInterface(url: url(port, $0), token: token) }
        return facilities
    }

    private static func url(_ port: UInt16, _ path: String) -> TargetURL {
        do throws(TargetURL.ParseError) {
            return try TargetURL("http://127.0.0.1:\(port)\(path)")
        } catch {
            preconditionFailure("the path \(path) makes no URL: \(error)")
        }
    }
}
