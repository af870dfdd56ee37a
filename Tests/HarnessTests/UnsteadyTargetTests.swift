import Catalogue
import Harness
import Reference
import ReportModel
import Schemes
import Subjects
import Synchronization
import Testing
import Transport

/// Targets whose verdicts come and go, against the runs that must notice.
@Suite("A target whose verdicts are not steady")
struct UnsteadyTargetTests {
    @Test("a sound endpoint is steady whatever the seed, and each verdict is its own", arguments: [1, 2, 3, 99])
    func sound(seed: Int) throws {
        let report = try Scripted.run(seed: UInt64(seed)) { request, _ in Scripted.sound(request) }
        #expect(report.exit == ReportModel.ExitStatus.success, "\(report.failures)")
        #expect(report.summary.discriminating > 100)
        #expect(!report.cases.contains { $0.isUnsteady })
    }

    @Test(
        "a pattern of verdicts passes no selection",
        arguments: ["timestamp/**", "header/**", "control/**", "replay/**", "timestamp/future-one-year"], [2, 5, 7, 11])
    func alternating(only: String, seed: Int) throws {
        let report = try Scripted.run(only: [only], seed: UInt64(seed)) { _, number in
            HTTPResponse(status: number.isMultiple(of: 2) ? 200 : 401)
        }
        #expect(report.exit == ReportModel.ExitStatus.failure)
        #expect(report.summary.discriminating == 0)
        #expect(report.cases.contains { $0.id == "control/steady" && $0.outcome == .fail && $0.level == .must })
    }

    @Test("who looks at the form of a signature only accepts wrong ones", arguments: ["header/**", "contract/**"])
    func shape(only: String) throws {
        let report = try Scripted.run(only: [only]) { request, _ in
            let text = request.headers.first(named: Scripted.scheme.signature.header)
            let reading = text.flatMap { SignatureHeader(of: Scripted.scheme).read($0) }
            let isShaped =
                reading?.candidates.contains { Scripted.scheme.signature.encoding.decode($0) != nil } ?? false
            return HTTPResponse(status: isShaped ? 200 : 401)
        }
        #expect(report.exit == ReportModel.ExitStatus.failure)
        #expect(report.summary.discriminating == 0)
        let steady = try #require(report.cases.first { $0.id == "control/steady" })
        #expect(steady.reason == .unsteady(.wrongSignatureAccepted))
        #expect(steady.impact == .forgery)
    }

    @Test("a valid request that is refused once is a failure of its own, and blamed on no case")
    func refusedOnce() throws {
        // One valid request in sixteen, by what is signed: as an endpoint does that takes digests for numbers.
        let report = try Scripted.run { request, _ in
            let text = request.headers.first(named: Scripted.scheme.signature.header) ?? []
            let isUnlucky = text.last.map { $0 == UInt8(ascii: "a") } ?? false
            var altered = request
            altered.body.insert(UInt8(ascii: "~"), at: 0)
            return Scripted.sound(isUnlucky ? altered : request)
        }
        #expect(report.exit == ReportModel.ExitStatus.failure)
        let steady = try #require(report.cases.first { $0.id == "control/steady" })
        #expect(steady.outcome == .fail)
        #expect(steady.impact == .refusal)
        #expect(report.failures == ["control/steady"])
        #expect(report.cause == nil)
    }

    @Test("a limit is waited for, told once, and no finding", arguments: [429, 503])
    func limited(status: Int) throws {
        let clock = RunClock(waiting: .skips)
        let endpoint = Scripted.endpoint(by: clock)
        let report = try Scripted.run(only: ["timestamp/**"], clock: clock) { request, number in
            guard [9, 10, 30].contains(number) else { return Scripted.answer(of: endpoint, to: request) }
            var answer = HTTPResponse(status: status)
            answer.headers.append("Retry-After", Array("0".utf8))
            return answer
        }
        #expect(report.exit == ReportModel.ExitStatus.success, "\(report.failures)")
        #expect(report.run.remarks == [.rateLimited])
        #expect(report.summary.inconclusive == 0)
    }

    @Test("a limit that does not end is an obstacle, told as that")
    func limitedForEver() throws {
        let clock = RunClock(waiting: .skips)
        let endpoint = Scripted.endpoint(by: clock)
        let report = try Scripted.run(only: ["timestamp/**"], clock: clock) { request, number in
            number < 20 ? Scripted.answer(of: endpoint, to: request) : HTTPResponse(status: 429)
        }
        #expect(report.exit == ReportModel.ExitStatus.inconclusive)
        #expect(report.summary.failed == 0)
        let doubts = report.cases.compactMap { result in
            if case .inconclusive(.limited) = result.reason { result.id } else { nil }
        }
        #expect(doubts.count == report.summary.inconclusive)
    }

    @Test("a sender that is locked out after refusals is told so once, and nothing is blamed")
    func lockedOut() throws {
        let refusals = Atomic<Int>(0)
        let report = try Scripted.run(only: ["timestamp/**"]) { request, _ in
            let answer = Scripted.sound(request)
            guard refusals.load(ordering: .relaxed) < 10 else { return HTTPResponse(status: 403) }
            if answer.status != 200 { refusals.wrappingAdd(1, ordering: .relaxed) }
            return answer
        }
        #expect(report.exit == ReportModel.ExitStatus.inconclusive)
        #expect(report.summary.failed == 0)
        #expect(report.cases.contains { $0.reason == .inconclusive(.lockedOut) })
    }

    @Test("a window that can't be found is not measured")
    func noWindow() throws {
        let count = Atomic<Int>(0)
        // The smallest profile measures no window; what comes after as many requests is its measurement.
        _ = try Scripted.run(only: ["control/plain"], profile: .smoke) { request, _ in
            count.wrappingAdd(1, ordering: .relaxed)
            return Scripted.sound(request)
        }
        let before = count.load(ordering: .relaxed)
        let report = try Scripted.run(only: ["control/plain"]) { request, number in
            number < before ? Scripted.sound(request) : HTTPResponse(status: 401)
        }
        #expect(report.measurements.window == nil)
        #expect(report.measurements.failed.contains(.window))
    }

    @Test("one seed makes one run, another makes another")
    func seeds() throws {
        func decisions(_ seed: UInt64) throws -> [Bool] {
            let seen = Mutex<[Bool]>([])
            _ = try Scripted.run(only: ["timestamp/**"], seed: seed) { request, _ in
                let answer = Scripted.sound(request)
                seen.withLock { $0.append(answer.status == 200) }
                return answer
            }
            return seen.withLock { $0 }
        }
        let (first, again, other) = (try decisions(3), try decisions(3), try decisions(4))
        #expect(first == again)
        #expect(first != other)
    }
}

extension Report {
    fileprivate var failures: [String] { cases.filter { $0.outcome == .fail }.map(\.id) }
}

/// Runs against functions of this process.
private enum Scripted {
    static let scheme = SchemeLibrary.scheme(named: "scaiwave") ?? SchemeLibrary.all[0]
    private static let present = endpoint(by: RunClock())

    /// The sound endpoint, which goes by the clock of a run.
    static func endpoint(by clock: RunClock) -> ReferenceEndpoint {
        let secret = VectorContext.secret(of: scheme)
        return ReferenceEndpoint(schemes: [scheme], secrets: { _ in [secret] }, clock: { clock.wholeSeconds })
    }

    static func answer(of endpoint: ReferenceEndpoint, to request: HTTPRequest) -> HTTPResponse {
        if case .answer(let answer) = endpoint.answer(request) { answer } else { HTTPResponse(status: 400) }
    }

    /// The answer of the sound endpoint, by the time of day.
    static func sound(_ request: HTTPRequest) -> HTTPResponse { answer(of: present, to: request) }

    static func run(
        only: [String] = [], profile: Profile = .standard, seed: UInt64 = 1, clock: RunClock = RunClock(),
        answer: @escaping @Sendable (HTTPRequest, Int) -> HTTPResponse
    ) throws -> Report {
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.scope = .all
        configuration.only = only.map { CaseGlob($0) }
        configuration.profile = profile
        configuration.seed = seed
        configuration.clock = clock
        configuration.digestsVectors = false
        let count = Mutex(0)
        let subject = InProcessSubject(path: scheme.payloads[0].path) { request in
            let number = count.withLock { count in
                count += 1
                return count - 1
            }
            return .answer(answer(request, number))
        }
        return Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
    }
}
