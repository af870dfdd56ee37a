import Catalogue
import Harness
import Platform
import ReportModel
import Schemes
import Synchronization
import Testing
import Transport

@Suite("An honest verdict")
struct HonestVerdictTests {
    private static func answer(_ isAccepted: Bool) -> Result<HTTPResponse, ExchangeFailure> {
        .success(HTTPResponse(status: isAccepted ? 200 : 401))
    }

    @Test("a strict verifier passes, and its passes discriminate")
    func strict() throws {
        let report = try Fixture.run { request, _ in .success(Fixture.sound(request)) }
        #expect(report.exit == 0, "\(report.cases.filter { $0.outcome != .pass }.map(\.id))")
        #expect(report.summary.discriminating > 0)
        #expect(report.summary.passed + report.summary.skipped == report.summary.cases)
        // What its parser refuses for everybody says nothing about the endpoint; nor does what nobody could see.
        let reasons = ["does not reach", "needs --", "status only"]
        for skipped in report.cases where skipped.outcome == .skipped {
            #expect(reasons.contains { skipped.reason?.contains($0) == true }, "\(skipped.id): \(skipped.reason ?? "")")
        }
    }

    @Test(
        "targets that decide nothing score nothing",
        arguments: [(401, 3), (200, 1), (500, 3), (302, 3), (429, 3)])
    func degenerate(status: Int, exit: Int) throws {
        let report = try Fixture.run { _, _ in .success(HTTPResponse(status: status)) }
        #expect(report.exit == exit)
        #expect(report.summary.discriminating == 0)
    }

    @Test(
        "no answer is no verdict",
        arguments: [
            ExchangeFailure.unreachable(reason: "refused"), .silent(bytesReceived: 0), .closedWithoutAnswer, .reset,
            .notHTTP(prefix: Array("SSH-2.0".utf8)), .tls(reason: "expired"), .truncated(bytesReceived: 3),
        ])
    func unanswered(failure: ExchangeFailure) throws {
        let report = try Fixture.run { _, _ in .failure(failure) }
        #expect(report.exit == 3)
        #expect(report.summary.discriminating == 0)
        #expect(report.summary.inconclusive == report.summary.cases)
        #expect(report.cause?.isEmpty == false)
    }

    @Test("what a target that died half-way rejected is void")
    func dies() throws {
        let report = try Fixture.run { request, number in
            number < 12 ? Self.answer(Fixture.verdict(request)) : .failure(.unreachable(reason: "refused"))
        }
        #expect(report.exit == 3)
        #expect(report.complete)
        #expect(report.cases.count == report.summary.cases)
        #expect(report.summary.inconclusive > 0)
    }

    @Test("a probe after which nothing valid is accepted is void, even if it was refused")
    func locksOut() throws {
        let locked = Flag()
        let report = try Fixture.run { request, number in
            let isValid = Fixture.verdict(request)
            // The first few are those of the preflight.
            if !isValid, number > 10 { locked.raise() }
            return Self.answer(isValid && !locked.isRaised)
        }
        #expect(report.exit == 3)
        // What it refused before it locked itself is told from what it refused for that.
        #expect(report.summary.discriminating < 3)
        #expect(report.cases.contains { $0.reason?.hasPrefix("void:") == true })
    }

    @Test("a coin is found out")
    func random() throws {
        let report = try Fixture.run { _, number in Self.answer((number &* 2_654_435_761) >> 7 & 1 == 0) }
        #expect(report.exit == 1)
    }

    @Test("what an answer must not hold is not judged by its beginning")
    func cut() throws {
        var configuration = Fixture.configuration
        let hiding = Catalogue.all.filter { $0.expectation.hides != nil && $0.applies(to: Fixture.scheme) }
        #expect(!hiding.isEmpty)
        configuration.only = hiding.map { CaseGlob($0.id) }
        let report = try Fixture.run(configuration) { request, _ in
            var response = Fixture.sound(request)
            response.bodyIsCut = response.status != 200
            return .success(response)
        }
        #expect(report.exit == 3)
        let passed = report.cases.filter { $0.outcome == .pass }.map(\.id)
        #expect(passed.isEmpty, "\(passed)")
    }

    @Test(
        "an answer to a replay can't hide what is fresh in it",
        arguments: [
            ("a secret as a name", "{\"\(secret)\": \"number\"}", false, Outcome.fail),
            ("a time before it", "{\"at\": \"12:00\", \"token\": \"number\"}", false, .fail),
            ("the same again", "{\"token\": \"constant\"}", false, .pass),
            ("no JSON", "number", false, .skipped),
            ("longer than what is kept", "{\"token\": \"constant\"}", true, .inconclusive),
        ])
    func fresh(name: String, body: String, isCut: Bool, outcome: Outcome) throws {
        var configuration = Fixture.configuration
        configuration.enforced = .should
        configuration.only = [CaseGlob("replay/no-fresh-capability")]
        let report = try Fixture.run(configuration) { request, number in
            var response = Fixture.sound(request)
            guard response.status == 200 else { return .success(response) }
            response.body = Array(body.replacing("number", with: "number \(number)").utf8)
            response.bodyIsCut = isCut
            return .success(response)
        }
        let result = try #require(report.cases.first)
        #expect(result.outcome == outcome, "\(result.reason ?? "")")
        #expect(result.reason?.contains(Self.secret) != true)
    }

    private static let secret = String(decoding: VectorContext.secret(of: Fixture.scheme).text, as: UTF8.self)

    @Test("no case selected is inconclusive")
    func nothingSelected() throws {
        let target = ScriptedTarget(path: "/") { _, _ in Self.answer(true) }
        let report = Runner(target: target, configuration: Fixture.configuration, plan: Plan(cases: [])).run()
        #expect(report.exit == 3)
        #expect(report.cause == "no case was selected")
    }

    @Test("positives alone show nothing")
    func positivesOnly() throws {
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("control/plain")]
        let report = try Fixture.run(configuration) { request, _ in Self.answer(Fixture.verdict(request)) }
        #expect(report.exit == 3)
        #expect(report.summary.passed == 1)
    }

    @Test(
        "an unmet should is a warning, unless it is enforced",
        arguments: [(Level.must, Outcome.warn, 0), (.should, .fail, 1)])
    func enforcement(enforced: Level, outcome: Outcome, exit: Int) throws {
        var configuration = Fixture.configuration
        configuration.enforced = enforced
        let report = try Fixture.run(configuration) { request, _ in
            // No bound on the future: a `should` of ScaiWave, whose document is silent on it.
            let verifier = Verifier(scheme: Fixture.scheme, secrets: [VectorContext.secret(of: Fixture.scheme)])
            let lenient = Verifier(
                scheme: Fixture.scheme, secrets: verifier.secrets, freshness: Freshness(past: 300, future: nil))
            let isFuture =
                verifier.verify(request, now: WallClock.seconds()) == .rejected(.tooFarAhead)
                && lenient.verify(request, now: WallClock.seconds()).isAccepted
            return .success(isFuture ? HTTPResponse(status: 200) : Fixture.sound(request))
        }
        #expect(report.cases.first { $0.id == "timestamp/future-one-year" }?.outcome == outcome)
        #expect(report.exit == exit)
        let window = try #require(report.measurements.window)
        #expect(window.past == 300 && window.future == nil)
    }

    @Test("finds the same with one lane and with several")
    func lanes() throws {
        var configuration = Fixture.configuration
        let one = try Fixture.run(configuration) { request, _ in .success(Fixture.sound(request)) }
        configuration.lanes = 4
        let four = try Fixture.run(configuration) { request, _ in .success(Fixture.sound(request)) }
        #expect(one.cases == four.cases)
    }

    @Test("an interrupted run says so, and reports every case")
    func interrupted() throws {
        let configuration = Fixture.configuration
        let signals = RunSignals()
        let target = ScriptedTarget(path: Fixture.scheme.payloads[0].path) { request, number in
            if number == 9 { signals.interrupt() }
            return Self.answer(Fixture.verdict(request))
        }
        let plan = try configuration.plan()
        let report = Runner(target: target, configuration: configuration, plan: plan, signals: signals).run()
        #expect(!report.complete)
        #expect(report.exit == 130)
        #expect(report.cases.map(\.id) == plan.ids)
        #expect(report.cases.contains { $0.outcome == .skipped && $0.reason == "the run was interrupted" })
    }

    @Test("reads the target's clock, and signs at its time")
    func clock() throws {
        let report = try Fixture.run { request, _ in
            let now = WallClock.seconds() + 1000
            var response = Fixture.sound(request) { now }
            response.headers.append("Date", HTTPDate.format(now))
            return .success(response)
        }
        #expect(report.exit == 0)
        let offset = try #require(report.measurements.clock)
        #expect(abs(offset.seconds - 1000) < 2)
    }
}

final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
