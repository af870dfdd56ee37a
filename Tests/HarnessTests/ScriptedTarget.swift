import Catalogue
import Harness
import Schemes
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

        func exchange(_ request: SignedRequest) -> Exchange {
            let number = target.count.value.wrappingAdd(1, ordering: .relaxed).newValue
            return Exchange(result: target.answer(request.request, number))
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

    /// Decides as the strict verifier does.
    static func verdict(_ request: HTTPRequest) -> Bool {
        let verifier = Verifier(scheme: scheme, secrets: [VectorContext.secret(of: scheme)])
        return verifier.verify(request, now: WallClock.seconds()).isAccepted
    }

    static func run(
        _ configuration: RunConfiguration = Fixture.configuration,
        answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>
    ) throws -> Report {
        let target = ScriptedTarget(path: scheme.payloads[0].path, answer: answer)
        return Runner(target: target, configuration: configuration, plan: try configuration.plan()).run()
    }
}
