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
        #expect(report.exit == .success, "\(report.cases.filter { $0.outcome != .pass }.map(\.id))")
        #expect(report.summary.discriminating > 0)
        #expect(report.summary.passed + report.summary.skipped == report.summary.cases)
        // What its parser refuses for everybody says nothing about the endpoint; nor does what nobody could see.
        for skipped in report.cases where skipped.outcome == .skipped {
            switch skipped.reason {
            case .skipped(.notDelivered), .skipped(.notGiven), .skipped(.statusOnly): break
            case let reason: Issue.record("\(skipped.id): \(String(describing: reason))")
            }
        }
    }

    @Test(
        "targets that decide nothing score nothing",
        arguments: [
            (401, ReportModel.ExitStatus.inconclusive), (200, .failure), (500, .inconclusive), (302, .inconclusive),
            (429, .inconclusive),
        ])
    func degenerate(status: Int, exit: ReportModel.ExitStatus) throws {
        var configuration = Fixture.configuration
        // These answer alike at any time, so that waiting for better ones may take none.
        configuration.clock = RunClock(waiting: .skips)
        let report = try Fixture.run(configuration) { _, _ in .success(HTTPResponse(status: status)) }
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
        #expect(report.exit == .inconclusive)
        #expect(report.summary.discriminating == 0)
        #expect(report.summary.inconclusive == report.summary.cases)
        guard case .validRequest(let observed) = report.cause else {
            Issue.record("\(String(describing: report.cause))")
            return
        }
        #expect(observed.status == nil && observed.failure?.isEmpty == false)
    }

    @Test("rejections by a target that died half-way are void, and no request is blamed that it did not take")
    func dies() throws {
        var configuration = Fixture.configuration
        configuration.returnPatience = .milliseconds(100)
        let report = try Fixture.run(configuration) { request, number in
            number < 22 ? Self.answer(Fixture.verdict(request)) : .failure(.unreachable(reason: "refused"))
        }
        #expect(report.exit == .inconclusive)
        #expect(report.summary.failed == 0, "\(report.cases.filter { $0.outcome == .fail })")
        #expect(report.run.remarks.contains(.notBack))
        #expect(report.summary.discriminating < 5)
        #expect(report.complete)
        #expect(report.cases.count == report.summary.cases)
        #expect(report.summary.inconclusive > 0)
    }

    @Test("a probe after which nothing valid is accepted is void, even if it was rejected")
    func locksOut() throws {
        let locked = Flag()
        let report = try Fixture.run { request, number in
            let isValid = Fixture.verdict(request)
            // The first few are those of the preflight.
            if !isValid, number > 10 { locked.raise() }
            return Self.answer(isValid && !locked.isRaised)
        }
        #expect(report.exit == .inconclusive, "\(report.cases.filter { $0.outcome == .fail })")
        // What it refused before it locked itself is told from what it refused for that.
        #expect(report.summary.discriminating < 3)
        #expect(report.cases.contains { $0.reason == .inconclusive(.void) })
    }

    @Test("a coin is found out")
    func random() throws {
        let report = try Fixture.run { _, number in Self.answer((number &* 2_654_435_761) >> 7 & 1 == 0) }
        #expect(report.exit == .failure)
    }

    @Test("forbidden content is not judged by the beginning of an answer")
    func cut() throws {
        var configuration = Fixture.configuration
        let hiding = Catalogue.cases(for: Fixture.scheme).filter { $0.probe?.expectation.hides != nil }
        #expect(!hiding.isEmpty)
        configuration.only = hiding.map { CaseGlob($0.id) }
        let report = try Fixture.run(configuration) { request, _ in
            var response = Fixture.sound(request)
            response.bodyIsCut = response.status != 200
            return .success(response)
        }
        #expect(report.exit == .inconclusive)
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
            ("too long to be kept in full", "{\"token\": \"constant\"}", true, .inconclusive),
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
        let reason = String(describing: result.reason)
        #expect(result.outcome == outcome, "\(reason)")
        #expect(!reason.contains(Self.secret))
    }

    private static let secret = String(decoding: VectorContext.secret(of: Fixture.scheme).text, as: UTF8.self)

    @Test("no case selected is inconclusive")
    func nothingSelected() throws {
        let subject = ScriptedSubject(path: "/") { _, _ in Self.answer(true) }
        let report = Runner(subject: subject, configuration: Fixture.configuration, plan: Plan(cases: [])).run()
        #expect(report.exit == .inconclusive)
        #expect(report.cause == .nothingSelected)
    }

    @Test("positives alone show nothing")
    func positivesOnly() throws {
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("control/plain")]
        let report = try Fixture.run(configuration) { request, _ in Self.answer(Fixture.verdict(request)) }
        #expect(report.exit == .inconclusive)
        #expect(report.summary.passed == 1)
    }

    @Test(
        "an unmet should is a warning, unless it is enforced",
        arguments: [(Level.must, Outcome.warn, ReportModel.ExitStatus.success), (.should, .fail, .failure)])
    func enforcement(enforced: Level, outcome: Outcome, exit: ReportModel.ExitStatus) throws {
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
        let subject = ScriptedSubject(path: Fixture.scheme.payloads[0].path) { request, number in
            if number == 9 { signals.interrupt() }
            return Self.answer(Fixture.verdict(request))
        }
        let plan = try configuration.plan()
        let report = Runner(subject: subject, configuration: configuration, plan: plan, signals: signals).run()
        #expect(!report.complete)
        #expect(report.exit == .interrupted)
        #expect(report.cases.map(\.id) == plan.cases.map(\.id))
        #expect(report.cases.contains { $0.reason == .skipped(.interrupted) })
    }

    /// A target that could tell sentinels from cases, or probes from controls, could decide by that.
    @Test("sends ids that do not say what a request is for")
    func ids() throws {
        let ids = Mutex<[String]>([])
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("presence/**"), CaseGlob("timestamp/**"), CaseGlob("header/**")]
        _ = try Fixture.run(configuration) { request, _ in
            let text = String(decoding: request.body, as: UTF8.self)
            if let id = text.firstMatch(of: /evt_cs_[0-9A-Za-z_]+/) { ids.withLock { $0.append(String(id.output)) } }
            return .success(Fixture.sound(request))
        }
        let seen = ids.withLock { $0 }
        #expect(seen.count > 300)
        for id in Set(seen) { #expect(id.wholeMatch(of: /evt_cs_[0-9a-f]{10}_[0-9]+/) != nil, "\(id)") }
    }

    @Test("reads the target's clock, and signs at its time", arguments: [1000, 120, 25, 5, -5, -25, -120, -1000])
    func clock(ahead: Int64) throws {
        let configuration = Fixture.configuration
        let subject = Fixture.subject { WallClock.seconds() + ahead }
        let report = Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
        #expect(report.exit == .success, "\(report.cases.filter { $0.outcome == .fail }.map(\.id))")
        let offset = try #require(report.measurements.clock)
        #expect(abs(offset.seconds - Double(ahead)) < 2)
    }

    @Test("an accelerated run says when the target's Date does not run along", arguments: [true, false])
    func acceleratedDate(runsAlong: Bool) throws {
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("control/plain")]
        let clock = RunClock(speed: 100)
        configuration.clock = clock
        let subject = Fixture.subject { runsAlong ? clock.wholeSeconds : WallClock.seconds() }
        let report = Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
        #expect(report.run.remarks.contains(.dateNotAccelerated) != runsAlong)
    }

    @Test(
        "does not sign by a Date that the endpoint does not go by",
        arguments: [86_400, 1000, 120, 25, 8, -8, -25, -120, -1000])
    func wrongDate(ahead: Int64) throws {
        let configuration = Fixture.configuration
        let subject = Fixture.subject(dateAhead: ahead) { WallClock.seconds() }
        let report = Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
        #expect(report.exit == .success, "\(report.cases.filter { $0.outcome == .fail }.map(\.id))")
    }
}

final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
