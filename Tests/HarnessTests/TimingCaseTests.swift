import Bytes
import Catalogue
import Harness
import Reference
import ReportModel
import Schemes
import Subjects
import Testing
import Timing
import Transport

/// The cases that measure times, against functions of this process.
@Suite struct TimingCaseTests {
    private static let first = "timing/first-wrong-symbol"

    private static func run(
        _ scheme: Scheme, only: String = first, clock: RunClock = RunClock(),
        handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) throws -> Report {
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.credentials = VectorContext.credentials(of: scheme)
        configuration.only = [CaseGlob(only)]
        configuration.clock = clock
        configuration.digestsVectors = false
        // The smallest there is: a thousand tuples, and a thousand to confirm.
        configuration.timing.budget = TimingSettings.fewestRequests(classes: 7)
        configuration.timing.threshold = 0
        let subject = InProcessSubject(path: scheme.payloads[0].path, handler: handler)
        return Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
    }

    private static func endpoint(_ scheme: Scheme, flaws: [Flaw] = []) -> @Sendable (HTTPRequest) -> ServerAction {
        let (secret, credentials) = (VectorContext.secret(of: scheme), VectorContext.credentials(of: scheme))
        let endpoint = ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials }, flaws: flaws)
        return { endpoint.answer($0) }
    }

    private static func scheme(_ name: String) throws -> Scheme { try #require(SchemeLibrary.scheme(named: name)) }

    // Hexadecimal in a header of its own, and Base64 in a list of versions.
    @Test(arguments: ["bridge-events", "standard-webhooks"])
    func aLeakFailsTheCaseAsTheDocumentDemands(name: String) throws {
        let scheme = try Self.scheme(name)
        let leak = PrefixLeak(nanosecondsPerQuarter: 200_000)
        let report = try Self.run(scheme, handler: Self.endpoint(scheme, flaws: [leak.flaw]))
        let result = try #require(report.cases.first)
        #expect(result.outcome == .fail)
        #expect(result.impact == .leak)
        #expect(result.level == .must)
        #expect(result.clauses.map(\.id) == ["constant-time"])
        #expect(report.exit == .failure)
        let measured = try #require(report.measurements.comparisons[Self.first])
        guard case .leak(let found) = measured.verdict else {
            Issue.record("\(measured.verdict)")
            return
        }
        #expect((found.position ?? 0) > 0)
        #expect(report.record.exchanges > measured.rig.requests)
    }

    @Test func withoutAThresholdASoundEndpointIsInconclusive() throws {
        let scheme = try Self.scheme("github")
        let report = try Self.run(scheme, handler: Self.endpoint(scheme))
        #expect(report.cases.map(\.outcome) == [.inconclusive])
        #expect(report.exit == .inconclusive)
    }

    @Test func nothingIsMeasuredWhereWrongSignaturesAreAccepted() throws {
        let scheme = try Self.scheme("github")
        let report = try Self.run(scheme) { _ in .answer(HTTPResponse(status: 200)) }
        #expect(report.cases.first?.impact == .forgery)
        #expect(report.measurements.comparisons.isEmpty)
    }

    @Test func nothingIsMeasuredWhereValidRequestsAreRejected() throws {
        let scheme = try Self.scheme("github")
        let report = try Self.run(scheme) { _ in .answer(HTTPResponse(status: 401)) }
        #expect(report.cases.map(\.outcome) == [.inconclusive])
        #expect(report.measurements.comparisons.isEmpty)
    }

    @Test func answersThatTellThePrefixAreAFindingWithoutAClock() throws {
        let scheme = try Self.scheme("github")
        let sound = Self.endpoint(scheme)
        let verifier = Verifier(scheme: scheme, secrets: [VectorContext.secret(of: scheme)], credentials: [:])
        let handler: @Sendable (HTTPRequest) -> ServerAction = { request in
            if case .accepted = verifier.verify(request, now: 0) { return sound(request) }
            let text = request.headers.first(named: "X-Hub-Signature-256") ?? []
            let right = scheme.rightSignature(for: request, key: VectorContext.secret(of: scheme).key)
            let isFirstWrong = text.dropFirst("sha256=".utf8.count).first != right.first
            return .answer(HTTPResponse(status: 401, body: Array((isFirstWrong ? "no" : "almost").utf8)))
        }
        let report = try Self.run(scheme, only: "timing/*", handler: handler)
        let outcomes = Dictionary(uniqueKeysWithValues: report.cases.map { ($0.id, $0) })
        #expect(outcomes["timing/same-answer"]?.impact == .leak)
        #expect(outcomes[Self.first]?.outcome == .inconclusive)
        guard case .inconclusive(.otherAnswers) = report.measurements.comparisons[Self.first]?.verdict else {
            Issue.record("\(String(describing: report.measurements.comparisons[Self.first]?.verdict))")
            return
        }
    }

    @Test func aClockThatSkipsWaitsMeasuresNothing() throws {
        let scheme = try Self.scheme("github")
        let report = try Self.run(
            scheme, clock: RunClock(waiting: .skips), handler: Self.endpoint(scheme))
        #expect(report.cases.map(\.outcome) == [.skipped])
    }
}
