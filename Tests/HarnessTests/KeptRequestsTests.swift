import Catalogue
import Harness
import Reference
import ReportModel
import Schemes
import Subjects
import Synchronization
import Testing
import Transport

/// Runs that share their requests, against runs that make their own.
@Suite("Kept requests")
struct KeptRequestsTests {
    static let schemes = ["scaiwave", "standard-webhooks", "discord"]

    @Test("of a run are sent again in the next, byte for byte, and in no other order", arguments: schemes)
    func repeated(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let kept = KeptRequests(nonce: "test")
        let first = try Self.run(scheme, kept)
        let second = try Self.run(scheme, kept)
        #expect(first.received.count > 500)
        #expect(first.received == second.received)
        #expect(first.report.cases == second.report.cases)
    }

    @Test("get the verdicts of new ones", arguments: schemes)
    func verdicts(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let kept = KeptRequests(nonce: "test")
        _ = try Self.run(scheme, kept)
        for flaw in FlawRegistry.all.filter({ $0.applies(to: scheme) }).prefix(40) where flaw.id.hasSuffix("accepted") {
            let (again, new) = (try Self.run(scheme, kept, flaw), try Self.run(scheme, nil, flaw))
            #expect(again.report.cases.map(\.outcome) == new.report.cases.map(\.outcome), "\(flaw.id)")
        }
    }

    @Test("do not depend on the cases that are run with them")
    func plan() throws {
        let scheme = Fixture.scheme
        let kept = KeptRequests(nonce: "test")
        let whole = try Self.run(scheme, kept)
        let part = try Self.run(scheme, kept, only: "timestamp/**")
        #expect(part.report.cases.count < whole.report.cases.count)
        let isOfPart: (CaseResult) -> Bool = { $0.info.family == "timestamp" }
        #expect(part.report.cases.filter(isOfPart) == whole.report.cases.filter(isOfPart))
        // All but the preflight's and those between the cases, whose form is the next case's.
        let common = Set(part.received).intersection(whole.received)
        #expect(common.count > part.received.count / 2)
    }

    /// Runs the probes in process at the time of the vectors, and returns what the endpoint received.
    private static func run(
        _ scheme: Scheme, _ kept: KeptRequests?, _ flaw: Flaw? = nil, only: String? = nil
    ) throws -> (report: Report, received: [HTTPRequest]) {
        let clock = RunClock(waiting: .skips, at: Double(VectorContext.clock))
        let now: @Sendable () -> Int64 = { clock.wholeSeconds }
        let (secret, credentials) = (VectorContext.secret(of: scheme), VectorContext.credentials(of: scheme))
        let endpoint = ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials },
            flaws: [flaw].compactMap(\.self), clock: now)
        var configuration = RunConfiguration(scheme: scheme, secret: secret)
        configuration.credentials = credentials
        configuration.scope = .all
        configuration.digestsVectors = false
        configuration.clock = clock
        configuration.kept = kept
        configuration.only = [only].compactMap(\.self).map { CaseGlob($0) }
        let plan = Plan(cases: try configuration.plan().cases.filter { $0.probe != nil })
        let received = Mutex<[HTTPRequest]>([])
        let subject = InProcessSubject(path: scheme.payloads[0].path, now: now, kept: kept) { request in
            received.withLock { $0.append(request) }
            return endpoint.answer(request)
        }
        let report = Runner(subject: subject, configuration: configuration, plan: plan).run()
        return (report, received.withLock { $0 })
    }
}
