import Catalogue
import Harness
import Platform
import Reference
import ReportModel
import Schemes
import Subjects
import Synchronization
import Transport

/// A subject whose answers and failures are scripted, with the number of each request.
struct ScriptedSubject: Subject {
    let name = "scripted"
    let authority = "localhost"
    let path: String
    private let answer: @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>

    private let sent = Counter()

    init(path: String, answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>) {
        self.path = path
        self.answer = answer
    }

    func openSession(until stop: StopSignal) -> any Session { ScriptedSession(subject: self) }

    private final class Counter: Sendable {
        private let value = Atomic<Int>(0)
        func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    private final class ScriptedSession: Session {
        private let subject: ScriptedSubject

        init(subject: ScriptedSubject) { self.subject = subject }

        func send(_ attempt: Attempt) -> Observed {
            Observed(subject.answer(attempt.request.request, subject.sent.next()).mapError(Observed.Failure.init))
        }
    }
}

/// What most of the harness's tests run.
enum Fixture {
    static let scheme = SchemeLibrary.scheme(named: "scaiwave") ?? SchemeLibrary.all[0]

    static var configuration: RunConfiguration {
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.scope = .all
        configuration.digestsVectors = false
        return configuration
    }

    /// The sound endpoint with a given clock.
    /// - Parameter dateAhead: how many seconds the server's `Date` is ahead of that clock.
    static func subject(dateAhead: Int64 = 0, now: @escaping @Sendable () -> Int64) -> InProcessSubject {
        let secret = VectorContext.secret(of: scheme)
        let endpoint = ReferenceEndpoint(schemes: [scheme], secrets: { _ in [secret] }, clock: now)
        return InProcessSubject(path: scheme.payloads[0].path, now: { now() + dateAhead }) { endpoint.answer($0) }
    }

    private static let shared = subject { WallClock.seconds() }

    /// The answer of the sound endpoint.
    static func sound(_ request: HTTPRequest) -> HTTPResponse {
        (try? shared.answer(to: request).get()) ?? HTTPResponse(status: 500)
    }

    /// Whether the sound endpoint takes a request.
    static func verdict(_ request: HTTPRequest) -> Bool { sound(request).status == 200 }

    static func run(
        _ configuration: RunConfiguration = Fixture.configuration,
        answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>
    ) throws -> Report {
        let subject = ScriptedSubject(path: scheme.payloads[0].path, answer: answer)
        return Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
    }
}
