import Bytes
import Catalogue
import Harness
import Platform
import ReportModel
import Schemes
import Subjects
import Synchronization
import Testing
import Transport

/// Targets whose answers say one thing and whose effects another, with an observer that lists the ids of effects.
@Suite("Effects outrank statuses")
struct EffectJudgementTests {
    /// What a target does with a request.
    struct Verdict: Sendable {
        var answer: HTTPResponse
        var hasEffect: Bool
    }

    /// Runs some cases against a server that answers and acts as told, and shows its effects.
    ///
    /// - Parameter shown: how many effects the observer lists, newest last.
    private static func report(
        only: [String], shown: Int = .max, _ verdict: @escaping @Sendable (HTTPRequest) -> Verdict
    ) throws -> Report {
        let effects = Mutex<[String]>([])
        let server = HTTPServer { request in
            if request.method.elementsEqual("GET".utf8), request.target.elementsEqual("/effects".utf8) {
                let ids = effects.withLock { $0 }.suffix(shown)
                return .answer(HTTPResponse(status: 200, body: Array("[\(ids.joined(separator: ","))]".utf8)))
            }
            let verdict = verdict(request)
            if verdict.hasEffect {
                let id = (try? JSON.parse(request.body))?["event_id"]?.string ?? ""
                effects.withLock { effects in
                    let id = String(decoding: JSON.string(id).serialized(), as: UTF8.self)
                    // A repeated delivery has no second effect.
                    if !effects.contains(id) { effects.append(id) }
                }
            }
            return .answer(verdict.answer)
        }
        try server.start()
        defer { server.stop() }
        let origin = "http://127.0.0.1:\(server.port)"
        var configuration = Fixture.configuration
        configuration.only = only.map { CaseGlob($0) }
        configuration.digestsVectors = false
        configuration.facilities.observer = .channel(
            HTTPSideChannel(url: try TargetURL("\(origin)/effects")), pointer: "")
        let plan = try configuration.plan()
        let url = try TargetURL(origin + Fixture.scheme.payloads[0].path)
        let subject = HTTPSubject(url: url, options: ClientOptions())
        return Runner(subject: subject, configuration: configuration, plan: plan).run()
    }

    private static let only = ["signature/**", "presence/**", "timestamp/**", "contract/*-status", "control/**"]

    private static func sound(_ request: HTTPRequest) -> Verdict {
        let answer = Fixture.sound(request)
        return Verdict(answer: answer, hasEffect: answer.status == 200)
    }

    private static let signature = Fixture.scheme.signature.header

    @Test("those of a sound endpoint are seen, and change nothing", arguments: [Int.max, 60])
    func sound(shown: Int) throws {
        let report = try Self.report(only: Self.only, shown: shown, Self.sound)
        #expect(report.exit == ReportModel.ExitStatus.success, "\(report.failed)")
        #expect(report.measurements.window != nil)
        let seen = report.cases.filter { $0.observed?.effect != nil }
        #expect(seen.count > (shown == .max ? 100 : 5))
        for result in seen {
            #expect(result.observed?.effect == (result.observed?.observation == .accepted), "\(result.id)")
        }
    }

    @Test("who answers 200 to all and verifies later has the wrong answers, and lets nobody in")
    func answersFirst() throws {
        let report = try Self.report(only: Self.only) { request in
            Verdict(answer: HTTPResponse(status: 200), hasEffect: Self.sound(request).hasEffect)
        }
        #expect(report.failed == ["contract/wrong-signature-status"])
        let result = try #require(report.cases.first { $0.id == "contract/wrong-signature-status" })
        #expect(result.impact == .contract)
        guard case .acceptedWithoutEffect(let count) = result.reason else {
            Issue.record("\(String(describing: result.reason))")
            return
        }
        #expect(count > 100)
        #expect(report.cause == nil)
        #expect(report.summary.discriminating > 100)
        #expect(report.measurements.window == nil && report.measurements.failed.contains(.window))
    }

    @Test("a refusal with an effect is a forgery")
    func refusedWithEffect() throws {
        let report = try Self.report(only: Self.only) { request in
            let isUnsigned = request.headers.first(named: Self.signature) == nil
            let sound = Self.sound(request)
            return Verdict(answer: sound.answer, hasEffect: sound.hasEffect || isUnsigned)
        }
        #expect(report.failed.contains("presence/no-signature-header"))
        for id in report.failed {
            let result = try #require(report.cases.first { $0.id == id })
            #expect(result.impact == .forgery && result.reason == .refusedWithEffect, "\(id)")
            #expect(result.severity == .critical)
        }
    }

    @Test("a valid request that is answered with 200 and has no effect is refused")
    func lost() throws {
        let report = try Self.report(only: ["control/**", "presence/**"]) { request in
            var verdict = Self.sound(request)
            let type = request.headers.first(named: "Content-Type") ?? []
            if type.contains(UInt8(ascii: ";")) { verdict.hasEffect = false }
            return verdict
        }
        let refused = report.cases.filter { $0.impact == .refusal }
        #expect(refused.contains { $0.id == "control/content-type-charset" }, "\(refused.map(\.id))")
        for result in refused {
            #expect(result.reason == .acceptedWithoutEffect(1) && result.changes == .contentType, "\(result.id)")
        }
    }

    @Test("a forgery with an effect stays one")
    func forgery() throws {
        let report = try Self.report(only: Self.only) { request in
            let isUnsigned = request.headers.first(named: Self.signature) == nil
            return isUnsigned ? Verdict(answer: HTTPResponse(status: 200), hasEffect: true) : Self.sound(request)
        }
        let result = try #require(report.cases.first { $0.id == "presence/no-signature-header" })
        #expect(result.impact == .forgery && result.observed?.effect == true)
    }

    @Test("a rotate call that replaces nothing is an obstacle")
    func lyingRotation() throws {
        let server = HTTPServer { request in
            guard request.target.elementsEqual("/rotate".utf8) else { return .answer(Fixture.sound(request)) }
            let fresh = (try? Fixture.scheme.signature.secret.freshSecret()) ?? []
            let text = String(decoding: fresh, as: UTF8.self)
            return .answer(HTTPResponse(status: 200, body: Array("{\"secret\":\"\(text)\"}".utf8)))
        }
        try server.start()
        defer { server.stop() }
        let origin = "http://127.0.0.1:\(server.port)"
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("rotation/**"), CaseGlob("presence/no-signature-header")]
        configuration.digestsVectors = false
        configuration.facilities.skipsSlow = true
        let channel = HTTPSideChannel(url: try TargetURL("\(origin)/rotate"))
        configuration.facilities.rotation = .channel(channel, pointer: "/secret", token: nil)
        let plan = try configuration.plan()
        let url = try TargetURL(origin + Fixture.scheme.payloads[0].path)
        let subject = HTTPSubject(url: url, options: ClientOptions())
        let report = Runner(subject: subject, configuration: configuration, plan: plan).run()
        #expect(report.failed.isEmpty)
        #expect(report.exit == ReportModel.ExitStatus.inconclusive)
        #expect(report.summary.inconclusive > 0)
    }
}

extension Report {
    fileprivate var failed: [String] { cases.filter { $0.outcome == .fail }.map(\.id) }
}
