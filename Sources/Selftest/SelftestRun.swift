internal import Catalogue
internal import Cryptography
internal import Harness
internal import Platform
internal import Reference
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// Runs against reference endpoints, at every level and with hardening enforced. The endpoint goes by the clock of the
/// run, so that waits are skipped.
enum SelftestRun {
    /// How an endpoint is reached.
    enum Way: Sendable {
        /// As a function of this process.
        case inProcess
        /// Over HTTP on loopback.
        case http
    }

    /// The report of a run, and whether the endpoint ever did something that only a connection can show: closed it,
    /// left it open without an answer, or wrote raw bytes.
    struct Result {
        let report: Report
        let showsOnTheWire: Bool
    }

    /// Runs cases against an endpoint with some flaws and everything that a scenario may need.
    ///
    /// - Throws: `ServerError` when no endpoint can listen on loopback, as do all other functions here.
    ///
    /// - Parameters:
    ///   - kept: the requests of earlier runs against endpoints of the scheme in this process, and then of this one.
    ///   - keepsEvidence: whether the report contains evidence.
    static func run(
        _ cases: [Case], _ scheme: Scheme, flaws: [Flaw], _ way: Way, kept: KeptRequests = newCollection(),
        keepsEvidence: Bool = false
    ) throws -> Result {
        // At the time of the vectors, so that requests are the same in each run.
        let clock = RunClock(waiting: .skips, at: Double(VectorContext.clock))
        let now: @Sendable () -> Int64 = { clock.wholeSeconds }
        let endpoint = endpoint(scheme, flaws, now)
        let wire = WireLog()
        let handler: @Sendable (HTTPRequest) -> ServerAction = { wire.noting(endpoint.answer($0)) }
        let path = scheme.payloads[0].path
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.clock = clock
        configuration.keepsEvidence = keepsEvidence
        // The window is measured by other requests than those of cases.
        configuration.profile = .smoke
        let report: Report
        switch way {
        case .inProcess:
            configuration.kept = kept
            let subject = InProcessSubject(path: path, now: now, kept: kept, handler: handler)
            configuration.facilities = try facilities(scheme, second: { subject.at(path: $0) }) { subject.at(path: $0) }
            report = run(subject, configuration, Plan(cases: cases))
        case .http:
            // The port is another one in each run.
            configuration.kept = newCollection()
            report = try serving(
                HTTPServer(limits: ReferenceEndpoint.serverLimits(of: [scheme]), now: now, handler: handler)
            ) { port in
                // A sound endpoint that is slow on a busy machine is no finding.
                let options = flaws.isEmpty ? ClientOptions() : impatient
                let subject = { (path: String) in HTTPSubject(url: try url(port, path), options: options) }
                configuration.facilities = try facilities(scheme, second: subject) {
                    HTTPSideChannel(url: try url(port, $0))
                }
                return run(try subject(path), configuration, Plan(cases: cases))
            }
        }
        return Result(report: report, showsOnTheWire: wire.isMarked)
    }

    /// Runs one scenario against the sound endpoint.
    static func demonstration(of testCase: Case, _ scheme: Scheme) throws -> Report {
        try run([testCase], scheme, flaws: [], .inProcess, keepsEvidence: true).report
    }

    /// Returns an empty collection of requests.
    static func newCollection() -> KeptRequests { KeptRequests(nonce: "kill-matrix") }

    /// What is run, where it is not everything: a profile, or the cases that a pattern matches.
    struct Selection: Sendable {
        var profile = Profile.standard
        var only: [CaseGlob] = []
        var seed: UInt64 = 1
    }

    /// Certifies whatever a handler does by the cases of one probe, and by those of several requests that do not wait
    /// where they are named.
    static func report(
        _ scheme: Scheme, path: String, _ way: Way, _ selection: Selection = Selection(),
        handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) throws -> Report {
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.profile = selection.profile
        configuration.only = selection.only
        configuration.seed = selection.seed
        configuration.keepsEvidence = false
        configuration.namesCauses = true
        let plan = Plan(
            cases: plan(configuration).cases.filter { testCase in
                testCase.probe != nil || !selection.only.isEmpty && testCase.waits(in: scheme) == 0
            })
        switch way {
        case .inProcess: return run(InProcessSubject(path: path, handler: handler), configuration, plan)
        case .http:
            return try serving(HTTPServer(handler: handler)) { port in
                run(HTTPSubject(url: try url(port, path), options: impatient), configuration, plan)
            }
        }
    }

    /// Runs the probes against the server on a port of loopback.
    static func report(_ scheme: Scheme, port: UInt16, path: String) throws -> Report {
        let configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        let plan = Plan(cases: plan(configuration).cases.filter { $0.probe != nil })
        return run(HTTPSubject(url: try url(port, path), options: impatient), configuration, plan)
    }

    // MARK: Parts

    /// The sound endpoint of a scheme as a function.
    static func handler(_ scheme: Scheme, flaws: [Flaw] = []) -> @Sendable (HTTPRequest) -> ServerAction {
        let endpoint = endpoint(scheme, flaws)
        return { endpoint.answer($0) }
    }

    private static func endpoint(
        _ scheme: Scheme, _ flaws: [Flaw], _ clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() }
    ) -> ReferenceEndpoint {
        let secret = VectorContext.secret(of: scheme)
        let credentials = VectorContext.credentials(of: scheme)
        let rotations = Atomic<Int>(0)
        return ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials }, flaws: flaws,
            clock: clock,
            freshSecret: { rule in
                let number = rotations.wrappingAdd(1, ordering: .relaxed).newValue
                guard rule.decoding == .pem else { return try? rule.freshSecret() }
                return try? privateKeys.value(of: Array("\(number)".utf8)) { try rule.freshSecret() }
            })
    }

    /// The private keys of the first, second, … rotation, for all endpoints: making one takes longer than a run.
    private static let privateKeys = KeptValues<[UInt8]>(limit: 16)

    private static func serving(_ server: HTTPServer, _ body: (_ port: UInt16) throws -> Report) throws -> Report {
        try server.start()
        defer { server.stop() }
        return try body(server.port)
    }

    private static func run(_ subject: any Subject, _ configuration: RunConfiguration, _ plan: Plan) -> Report {
        var configuration = configuration
        configuration.credentials = VectorContext.credentials(of: configuration.scheme)
        configuration.scope = .all
        // Nothing reads it in these thousands of runs.
        configuration.digestsVectors = false
        return Runner(subject: subject, configuration: configuration, plan: plan).run()
    }

    /// Flaws that never answer cost one timeout for each probe.
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

    /// Everything that the reference endpoint offers to tests.
    private static func facilities(
        _ scheme: Scheme, second: (_ path: String) throws -> any Subject,
        channel: (_ path: String) throws -> any SideChannel
    ) throws -> Facilities {
        var facilities = Facilities()
        let (path, secondPath) = (scheme.payloads[0].path, VectorContext.secondPath(of: scheme.payloads[0]))
        let token = Array(VectorContext.adminToken.utf8)
        func effects(_ path: String) throws -> ObserverSource {
            .channel(try channel("/countersign/effects?path=\(path)"), pointer: "/events")
        }
        facilities.observer = try effects(path)
        facilities.second = SecondBridge(
            subject: try second(secondPath), secret: VectorContext.secondSecret(of: scheme),
            observer: try effects(secondPath))
        facilities.rotation = .channel(
            try channel("/countersign/rotate-secret?path=\(path)"), pointer: "/secret", token: token)
        facilities.admin = try ReferenceEndpoint.administrationPath(of: scheme).map {
            AdminInterface(channel: try channel($0), token: token)
        }
        return facilities
    }

    /// Returns the URL of a path. The path of a user's scheme may not fit into a URL.
    private static func url(_ port: UInt16, _ path: String) throws(TargetURL.ParseError) -> TargetURL {
        try TargetURL("http://127.0.0.1:\(port)\(path)")
    }
}

/// Whether an endpoint ever did something that only a connection can show.
private final class WireLog: Sendable {
    private let mark = Atomic<Bool>(false)

    var isMarked: Bool { mark.load(ordering: .relaxed) }

    func noting(_ action: ServerAction) -> ServerAction {
        switch action {
        case .answer, .answerAndClose: break
        case .close, .hang, .raw, .script: mark.store(true, ordering: .relaxed)
        }
        return action
    }
}
