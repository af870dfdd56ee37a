internal import Catalogue
internal import Harness
internal import Platform
internal import Reference
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Runs against endpoints of our own, every level and enforcing hardening too.
enum SelftestRun {
    /// How fast the clock runs where cases wait: ten minutes take ten seconds.
    private static let speed = 60

    /// Certifies an endpoint with some flaws by the cases of one probe.
    ///
    /// - Throws: `ServerError` when no endpoint can listen on loopback; so do all the others.
    static func probes(_ scheme: Scheme, flaws: [Flaw]) throws -> Report {
        let endpoint = endpoint(scheme, flaws)
        return try report(scheme, path: scheme.payloads[0].path) { endpoint.answer($0) }
    }

    /// Certifies an endpoint with some flaws by the cases of several requests, on a fast clock; those that wait only
    /// where they are declared to catch a flaw, or for the sound endpoint.
    static func scenarios(_ scheme: Scheme, flaws: [Flaw]) throws -> Report {
        try overTime(scheme, flaws: flaws, speed: speed) { configuration in
            let isPlayed = { (scenario: Scenario) in
                scenario.waits(scheme) == 0 && scenario.profile < .audit || flaws.isEmpty
                    || flaws.contains { $0.isCaught(by: scenario.id) }
            }
            return Plan(
                cases: plan(configuration).cases, scenarios: Catalogue.scenarios(for: scheme).filter(isPlayed))
        }
    }

    /// Plays one scenario against the sound endpoint.
    static func rehearsal(of scenario: Scenario, _ scheme: Scheme) throws -> Report {
        // Ten minutes take a second: nobody certifies anything here.
        try overTime(scheme, flaws: [], speed: scenario.waits(scheme) > 0 ? 600 : speed) { _ in
            Plan(cases: [], scenarios: [scenario])
        }
    }

    /// Certifies whatever a handler does.
    static func report(
        _ scheme: Scheme, path: String, handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) throws -> Report {
        try serving(HTTPServer(handler: handler)) { try report(scheme, port: $0, path: path) }
    }

    /// Certifies whoever listens on a port of loopback.
    static func report(_ scheme: Scheme, port: UInt16, path: String) throws -> Report {
        let configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        return try report(configuration, Plan(cases: plan(configuration).cases), port: port, path: path)
    }

    // MARK: Parts

    /// Certifies an endpoint that has everything a scenario may need, on a fast clock.
    private static func overTime(
        _ scheme: Scheme, flaws: [Flaw], speed: Int, plan: (RunConfiguration) -> Plan
    ) throws -> Report {
        let clock = EndpointClock(offset: 0, speed: speed)
        let now: @Sendable () -> Int64 = { clock.seconds() }
        let endpoint = endpoint(scheme, flaws, now)
        return try serving(HTTPServer(now: now) { endpoint.answer($0) }) { port in
            var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
            configuration.speed = Double(speed)
            configuration.facilities = try facilities(scheme, port: port)
            configuration.profile = .smoke
            return try report(configuration, plan(configuration), port: port, path: scheme.payloads[0].path)
        }
    }

    private static func endpoint(
        _ scheme: Scheme, _ flaws: [Flaw], _ clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() }
    ) -> ReferenceEndpoint {
        let secret = VectorContext.secret(of: scheme)
        let credentials = VectorContext.credentials(of: scheme)
        return ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials }, flaws: flaws, clock: clock
        )
    }

    private static func serving(_ server: HTTPServer, _ body: (_ port: UInt16) throws -> Report) throws -> Report {
        try server.start()
        defer { server.stop() }
        return try body(server.port)
    }

    private static func report(
        _ configuration: RunConfiguration, _ plan: Plan, port: UInt16, path: String
    ) throws -> Report {
        var configuration = configuration
        configuration.credentials = VectorContext.credentials(of: configuration.scheme)
        configuration.scope = .all
        configuration.lanes = 8
        // Nobody reads it in thousands of runs.
        configuration.digestsVectors = false
        let target = HTTPTarget(
            url: try url(port, path), options: plan.scenarios.isEmpty ? impatient : ClientOptions())
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
    private static func facilities(_ scheme: Scheme, port: UInt16) throws -> Facilities {
        var facilities = Facilities()
        let (path, second) = (scheme.payloads[0].path, VectorContext.secondPath(of: scheme.payloads[0]))
        let token = Array(VectorContext.adminToken.utf8)
        let effects = { (path: String) in
            ObserverSource.url(try url(port, "/countersign/effects?path=\(path)"), pointer: "/events")
        }
        facilities.observer = try effects(path)
        facilities.second = SecondBridge(
            target: HTTPTarget(url: try url(port, second), options: ClientOptions()),
            secret: VectorContext.secondSecret(of: scheme), observer: try effects(second))
        facilities.rotation = .url(
            try url(port, "/countersign/rotate-secret?path=\(path)"), pointer: "/secret", token: token)
        facilities.admin = try ReferenceEndpoint.administrationPath(of: scheme).map {
            AdminInterface(url: try url(port, $0), token: token)
        }
        return facilities
    }

    /// The path of a user's scheme may be none that a URL has room for.
    private static func url(_ port: UInt16, _ path: String) throws(TargetURL.ParseError) -> TargetURL {
        try TargetURL("http://127.0.0.1:\(port)\(path)")
    }
}
