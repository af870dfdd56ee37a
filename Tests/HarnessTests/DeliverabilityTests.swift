import Catalogue
import Harness
import Platform
import Reference
import ReportModel
import Schemes
import Subjects
import Testing
import Transport

/// Servers in front of an endpoint that do not deliver each method or each length of body.
@Suite("Methods and lengths of bodies that the path does not deliver")
struct DeliverabilityTests {
    private func run(
        _ only: String, answer: @escaping @Sendable (HTTPRequest) -> Result<HTTPResponse, ExchangeFailure>
    ) throws -> Report {
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob(only)]
        return try Fixture.run(configuration) { request, _ in answer(request) }
    }

    private static func isSigned(_ request: HTTPRequest) -> Bool {
        request.headers.first(named: Fixture.scheme.signature.header) != nil
    }

    @Test(
        "a method that the server does not know is skipped with the reason",
        arguments: [
            ("PUT", "put", TransportFeature.putMethod), ("COUNTERSIGN", "unknown", .unknownMethod),
            ("post", "lower-case-post", .lowerCaseMethod),
        ])
    func unknownMethod(method: String, name: String, feature: TransportFeature) throws {
        let report = try run("transport/unsigned-*-method") { request in
            .success(request.method.elementsEqual(method.utf8) ? HTTPResponse(status: 501) : Fixture.sound(request))
        }
        let result = try #require(report.cases.first { $0.id == "transport/unsigned-\(name)-method" })
        #expect(result.outcome == .skipped)
        guard case .skipped(.notDelivered(feature, let observed)) = result.reason else {
            Issue.record("\(String(describing: result.reason))")
            return
        }
        #expect(observed.status == 501)
        #expect(report.measurements.transport[feature] == .refused(observed))
        #expect(report.cases.filter { $0.outcome == .skipped }.count == 1)
        #expect(report.exit == .success)
    }

    @Test("a method that only unsigned requests fail with is a crash")
    func crash() throws {
        let report = try run("transport/unsigned-put-method") { request in
            if request.method.elementsEqual("PUT".utf8) {
                return .success(HTTPResponse(status: Self.isSigned(request) ? 200 : 501))
            }
            return .success(Fixture.sound(request))
        }
        #expect(report.cases.first?.impact == .crash)
        #expect(report.measurements.transport[.putMethod] == .delivered)
    }

    @Test("a server that closes on long bodies is no crash of the endpoint")
    func longBody() throws {
        let report = try run("transport/unsigned-large-body") { request in
            request.body.count > 64 << 10 ? .failure(.reset) : .success(Fixture.sound(request))
        }
        let result = try #require(report.cases.first)
        guard case .skipped(.notDelivered(.body128KiB, _)) = result.reason else {
            Issue.record("\(String(describing: result.reason))")
            return
        }
        #expect(report.exit != .failure)
    }

    @Test("the case of a length says what is refused, and what is taken", arguments: [64, 20])
    func length(limit: Int) throws {
        let report = try run("limits/body-100-kib") { request in
            .success(request.body.count > limit << 10 ? HTTPResponse(status: 413) : Fixture.sound(request))
        }
        let result = try #require(report.cases.first)
        #expect(result.impact == .refusal)
        guard case .finding(let words) = result.reason else {
            Issue.record("\(String(describing: result.reason))")
            return
        }
        #expect(words.contains("413") && words.contains("one of \(limit == 64 ? 64 : 16) KiB was accepted"), "\(words)")
    }

    @Test(
        "each payload of a scheme is judged as what it is",
        arguments: [
            ("github", "push"), ("github", "push-form"), ("slack", "command"), ("slack", "interaction"),
            ("discord", "ping"), ("scaiwave", "outbound"),
        ])
    func payloads(name: String, payload: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let sent = try #require(scheme.payload(named: payload))
        let secret = VectorContext.secret(of: scheme)
        let endpoint = ReferenceEndpoint(schemes: [scheme], secrets: { _ in [secret] })
        var configuration = RunConfiguration(scheme: scheme, payload: sent, secret: secret)
        configuration.scope = .all
        configuration.digestsVectors = false
        let subject = InProcessSubject(path: sent.path) { endpoint.answer($0) }
        let report = Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
        #expect(report.exit == .success, "\(report.cases.filter { $0.impact != nil }.map(\.id))")
        #expect(report.summary.discriminating > 300)
    }
}
