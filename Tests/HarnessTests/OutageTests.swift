import Catalogue
import Harness
import Platform
import ReportModel
import Schemes
import Subjects
import Synchronization
import Testing
import Transport

/// Targets that end of a request: which one it was is found by sending the suspects alone.
@Suite("A target that ends of a request", .serialized)
struct OutageTests {
    /// A request that some cases send, and no valid one.
    struct Deadly: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isMet: @Sendable (HTTPRequest) -> Bool
    }

    static let deadly = [
        Deadly(testDescription: "a timestamp of letters") {
            $0.headers.first(named: Fixture.scheme.signature.header).map { $0.starts(with: "t=abc,".utf8) } ?? false
        },
        Deadly(testDescription: "no signature") { $0.headers.first(named: Fixture.scheme.signature.header) == nil },
        Deadly(testDescription: "a valid body in chunks") {
            if case .chunked = $0.framing { true } else { $0.headers.first(named: "Transfer-Encoding") != nil }
        },
    ]

    private static func run(
        _ server: MortalServer, only: [String], lanes: Int = 1, seed: UInt64 = 1, restart: String? = nil,
        patience: Duration = .seconds(30)
    ) throws -> (report: Report, plan: Plan) {
        var configuration = Fixture.configuration
        configuration.only = only.map { CaseGlob($0) }
        configuration.lanes = lanes
        configuration.seed = seed
        configuration.restart = restart
        configuration.returnPatience = patience
        configuration.digestsVectors = false
        let plan = try configuration.plan()
        let subject = HTTPSubject(url: try TargetURL(server.url), options: ClientOptions(answerTimeout: .seconds(5)))
        return (Runner(subject: subject, configuration: configuration, plan: plan).run(), plan)
    }

    /// The cases whose probe is such a request.
    private static func cases(_ plan: Plan, with deadly: Deadly) -> [String] {
        let context = VectorContext.context(of: Fixture.scheme)
        return plan.cases.filter { $0.probe.map { deadly.isMet($0.probeRequest(context).request) } ?? false }.map(\.id)
    }

    private static let only = [
        "timestamp/word-*", "contract/*-timestamp-*", "presence/*-form-*", "contract/missing-signature-*",
    ]

    @Test(
        "comes back, and is ended again by the killer alone",
        arguments: deadly.prefix(2), [MortalServer.Death.atOnce, .afterAnswers(0)])
    func comesBack(deadly: Deadly, death: MortalServer.Death) throws {
        let server = try MortalServer(returnsAfter: .milliseconds(30)) { deadly.isMet($0) ? death : nil }
        defer { server.stop() }
        let (report, plan) = try Self.run(server, only: Self.only)
        let guilty = Self.cases(plan, with: deadly)
        #expect(!guilty.isEmpty && guilty.count < plan.cases.count)
        #expect(report.gone == guilty)
        #expect(report.failures == guilty)
        #expect(report.exit == ReportModel.ExitStatus.failure)
        #expect(report.summary.inconclusive == 0, "\(report.cases(.inconclusive))")
        for result in report.cases where guilty.contains(result.id) {
            #expect(result.reason == .gone(.again))
            #expect(result.impact == .crash)
            #expect(result.severity == .high)
            #expect(report.record.evidence[result.id]?.probe != nil)
        }
    }

    @Test("of several requests at once, the killer is found", arguments: [2, 5])
    func lanes(count: Int) throws {
        let deadly = Self.deadly[0]
        let server = try MortalServer(returnsAfter: .milliseconds(30)) { deadly.isMet($0) ? .atOnce : nil }
        defer { server.stop() }
        let (report, plan) = try Self.run(server, only: ["timestamp/**", "contract/**"], lanes: count)
        #expect(report.gone == Self.cases(plan, with: deadly))
        #expect(report.failures == report.gone)
        #expect(report.summary.inconclusive == 0, "\(report.cases(.inconclusive))")
    }

    @Test("some answers later, when others were accepted since")
    func late() throws {
        let deadly = Self.deadly[0]
        let server = try MortalServer(returnsAfter: .milliseconds(30)) {
            deadly.isMet($0) ? .afterAnswers(5) : nil
        }
        defer { server.stop() }
        let (report, plan) = try Self.run(server, only: ["contract/unreadable-timestamp-status", "presence/**"])
        #expect(report.gone == Self.cases(plan, with: deadly))
        #expect(report.failures == report.gone)
    }

    @Test("and stays away: the last request is named, and nothing is said of the rest", arguments: [1, 2, 3])
    func staysAway(seed: Int) throws {
        let deadly = Self.deadly[0]
        let server = try MortalServer(returnsAfter: nil) { deadly.isMet($0) ? .atOnce : nil }
        defer { server.stop() }
        let only = ["contract/unreadable-timestamp-status", "presence/**"]
        let (report, plan) = try Self.run(server, only: only, seed: UInt64(seed), patience: .seconds(1))
        #expect(server.deaths == 1)
        #expect(report.gone == Self.cases(plan, with: deadly))
        #expect(report.failures == report.gone)
        #expect(report.cases.first { report.gone.contains($0.id) }?.reason == .gone(.forGood))
        #expect(report.exit == ReportModel.ExitStatus.failure)
        #expect(report.run.remarks.contains(.notBack))
    }

    @Test("before the cases, of a form of request that the path is asked to deliver")
    func inPreflight() throws {
        let deadly = Self.deadly[2]
        for returnsAfter in [Duration.milliseconds(30), nil] {
            let server = try MortalServer(returnsAfter: returnsAfter) { deadly.isMet($0) ? .atOnce : nil }
            defer { server.stop() }
            let (report, plan) = try Self.run(
                server, only: ["transport/chunked-*", "timestamp/word-*"],
                patience: .seconds(returnsAfter == nil ? 1 : 30))
            #expect(!report.failures.isEmpty && report.failures == report.gone)
            let context = VectorContext.context(of: Fixture.scheme)
            for testCase in plan.cases where report.failures.contains(testCase.id) {
                let probe = try #require(testCase.probe)
                let requests = [probe.controlRequest(context), probe.probeRequest(context)]
                #expect(requests.contains { deadly.isMet($0.request) }, "\(testCase.id)")
            }
            #expect(report.exit == ReportModel.ExitStatus.failure)
        }
    }

    @Test("is started again by the user's command")
    func restart() throws {
        let deadly = Self.deadly[0]
        // The command leaves a mark, and the server returns once it is there.
        let mark = "/tmp/countersign-restart-\(MonotonicClock.nanoseconds())"
        let server = try MortalServer(returnsAfter: nil) { deadly.isMet($0) ? .atOnce : nil }
        let watcher = WorkerThread {
            let deadline = Deadline(after: .seconds(10))
            while !deadline.hasPassed {
                MonotonicClock.pause(.milliseconds(10))
                let arguments = ["test -e \(mark) && rm \(mark)"]
                guard (try? Subprocess.output(of: arguments[0], by: deadline)) != nil else { continue }
                try? server.start()
                if server.deaths == 3 { break }
            }
        }
        let (report, plan) = try Self.run(
            server, only: ["contract/unreadable-timestamp-status", "presence/**"], restart: "touch \(mark)")
        watcher?.join()
        server.stop()
        #expect(report.gone == Self.cases(plan, with: deadly))
        #expect(report.failures == report.gone)
        #expect(report.cases.first { report.gone.contains($0.id) }?.reason == .gone(.again))
    }

    @Test("an error that is seen once is blamed on nobody", arguments: [500, 418, 302])
    func once(status: Int) throws {
        let seen = Mutex(false)
        let server = try MortalServer(
            returnsAfter: nil,
            answer: { request in
                let isFirst = seen.withLock { seen in
                    defer { seen = seen || Self.deadly[0].isMet(request) }
                    return !seen && Self.deadly[0].isMet(request)
                }
                return isFirst ? HTTPResponse(status: status) : Fixture.sound(request)
            }, death: { _ in nil })
        defer { server.stop() }
        let (report, _) = try Self.run(server, only: ["contract/unreadable-timestamp-status", "presence/**"])
        #expect(report.failures.isEmpty)
        let result = try #require(report.cases.first { $0.id == "contract/unreadable-timestamp-status" })
        #expect(result.outcome == .inconclusive)
        guard case .inconclusive(.seenOnce(let observed)) = result.reason else {
            Issue.record("\(String(describing: result.reason))")
            return
        }
        #expect(observed.status == status)
    }

    @Test("refusals that are all errors are one finding about the status", arguments: [500, 503, 302, 0])
    func habit(status: Int) throws {
        let server = HTTPServer { request in
            let answer = Fixture.sound(request)
            if (200...299).contains(answer.status) { return .answer(answer) }
            return status == 0 ? .close : .answer(HTTPResponse(status: status))
        }
        try server.start()
        defer { server.stop() }
        for only in [["signature/**", "presence/**", "contract/**"], ["presence/**"]] {
            var configuration = Fixture.configuration
            configuration.only = only.map { CaseGlob($0) }
            configuration.digestsVectors = false
            let plan = try configuration.plan()
            let url = try TargetURL("http://127.0.0.1:\(server.port)\(Fixture.scheme.payloads[0].path)")
            let subject = HTTPSubject(url: url, options: ClientOptions())
            let report = Runner(subject: subject, configuration: configuration, plan: plan).run()
            #expect(report.failures.first == "contract/wrong-signature-status")
            let failed = report.cases.filter { $0.outcome == .fail || $0.outcome == .warn }
            #expect(failed.allSatisfy { $0.impact == .contract }, "\(failed.map(\.id))")
            #expect(failed.count < 4, "\(failed.map(\.id))")
            #expect(report.summary.discriminating > 0)
        }
    }
}

extension Report {
    fileprivate var failures: [String] { cases.filter { $0.outcome == .fail }.map(\.id) }
    fileprivate var gone: [String] { cases.filter { if case .gone = $0.reason { true } else { false } }.map(\.id) }
    fileprivate func cases(_ outcome: Outcome) -> [String] {
        cases.filter { $0.outcome == outcome }.map { "\($0.id): \(String(describing: $0.reason))" }
    }
}
