import Catalogue
import Harness
import Platform
import Reference
import ReportModel
import Schemes
import Subjects
import Synchronization
import Transport

/// A target that is a function: for what the harness itself decides, apart from sockets.
struct ScriptedTarget: Target {
    let name = "scripted"
    let authority = "localhost"
    let path: String
    let answer: @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>
    private let count = Counter()

    init(path: String, answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>) {
        self.path = path
        self.answer = answer
    }

    func openLane() -> any Lane { ScriptedLane(target: self) }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    private final class ScriptedLane: Lane {
        private let target: ScriptedTarget

        init(target: ScriptedTarget) { self.target = target }

        func exchange(_ request: SignedRequest) -> Transport.Exchange {
            let number = target.count.value.wrappingAdd(1, ordering: .relaxed).newValue
            return Transport.Exchange(result: target.answer(request.request, number))
        }
    }
}

/// What most of the harness's tests run.
enum Fixture {
    static let scheme = SchemeLibrary.scheme(named: "scaiwave") ?? SchemeLibrary.all[0]

    static var configuration: RunConfiguration {
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.scope = .all
        return configuration
    }

    /// Answers as the sound endpoint does, behind a parser like that of its server.
    static func sound(_ request: HTTPRequest, now: @escaping @Sendable () -> Int64 = { WallClock.seconds() })
        -> HTTPResponse
    {
        let secret = VectorContext.secret(of: scheme)
        let endpoint = ReferenceEndpoint(schemes: [scheme], secrets: { _ in [secret] }, clock: now)
        var parser = RequestParser()
        let isRead = request.wireBytes.withUnsafeBytes { bytes in
            (try? parser.consume(bytes)) != nil && parser.isComplete
        }
        guard isRead, case .answer(let response) = endpoint.answer(parser.request) else {
            return HTTPResponse(status: 400)
        }
        return response
    }

    /// Whether the sound endpoint takes a request.
    static func verdict(_ request: HTTPRequest) -> Bool { sound(request).status == 200 }

    static func run(
        _ configuration: RunConfiguration = Fixture.configuration,
        answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>
    ) throws -> Report {
        let target = ScriptedTarget(path: scheme.payloads[0].path, answer: answer)
        return Runner(target: target, configuration: configuration, plan: try configuration.plan()).run()
    }
}
