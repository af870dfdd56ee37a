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

/// A run ends when it must, and says of nothing more than it knows.
@Suite("The end of a run") struct EndOfRunTests {
    private static func run(
        _ configuration: RunConfiguration = Fixture.configuration, signals: RunSignals,
        answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, ExchangeFailure>
    ) throws -> Report {
        let subject = ScriptedSubject(path: Fixture.scheme.payloads[0].path, answer: answer)
        return Runner(subject: subject, configuration: configuration, plan: try configuration.plan(), signals: signals)
            .run()
    }

    @Test("before its first case: none is judged, and the target is not blamed") func atOnce() throws {
        let signals = RunSignals(deadline: Deadline(atNanoseconds: 0))
        let report = try Self.run(signals: signals) { _, _ in .success(HTTPResponse(status: 401)) }
        #expect(!report.complete && report.cause == .outOfTime && report.exit == .inconclusive)
        #expect(report.cases.allSatisfy { $0.reason == .skipped(.outOfTime) })
        #expect(!report.cases.isEmpty)
    }

    @Test("by a deadline keeps what was proven") func afterFailure() throws {
        let begun = MonotonicClock.nanoseconds()
        let deadline = Deadline(atNanoseconds: begun + 2_000_000_000)
        let report = try Self.run(signals: RunSignals(deadline: deadline)) { _, number in
            // Everything is accepted, until the time is over.
            if number > 400 { while !deadline.hasPassed { WorkerThread.yieldProcessor() } }
            return .success(HTTPResponse(status: 200))
        }
        #expect(!report.complete && report.cause == .outOfTime && report.exit == .failure)
        #expect(report.cases.contains { $0.outcome == .fail && $0.impact == .forgery })
        #expect(report.cases.contains { $0.reason == .skipped(.outOfTime) })
        #expect(!report.cases.contains { $0.impact == .refusal || $0.impact == .crash })
    }

    @Test("during the measurement of the window leaves the window unmeasured") func duringMeasurement() throws {
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("timestamp/future-one-year")]
        let requests = Mutex(0)
        let whole = try Self.run(configuration, signals: RunSignals()) { request, number in
            requests.withLock { $0 = number }
            return .success(Fixture.sound(request))
        }
        #expect(whole.measurements.window != nil)
        let signals = RunSignals()
        let last = requests.withLock { $0 }
        let report = try Self.run(configuration, signals: signals) { request, number in
            if number == last - 3 { signals.interrupt() }
            return .success(Fixture.sound(request))
        }
        #expect(!report.complete && report.exit == .interrupted)
        #expect(report.measurements.window == nil && report.measurements.failed.isEmpty)
    }

    @Test("answers that decide nothing leave the window unmeasured") func undecided() throws {
        var configuration = Fixture.configuration
        configuration.only = [CaseGlob("timestamp/future-one-year")]
        let total = Mutex(0)
        _ = try Self.run(configuration, signals: RunSignals()) { request, number in
            total.withLock { $0 = number }
            return .success(Fixture.sound(request))
        }
        let last = total.withLock { $0 }
        let report = try Self.run(configuration, signals: RunSignals()) { request, number in
            .success(number >= last - 3 ? HTTPResponse(status: 302) : Fixture.sound(request))
        }
        #expect(report.measurements.window == nil && report.measurements.failed.contains(.window))
    }

    @Test("a target that refuses by silence is waited for less and less, but not for what it should accept")
    func patience() throws {
        let waits = Mutex<[(isValid: Bool, patience: Duration?)]>([])
        var configuration = Fixture.configuration
        configuration.facilities.options.answerTimeout = .seconds(10)
        configuration.only = [CaseGlob("signature/**"), CaseGlob("control/*")]
        let subject = PatientSubject { attempt in
            let isValid = Fixture.verdict(attempt.request.request)
            waits.withLock { $0.append((isValid, attempt.patience)) }
            return isValid ? .success(HTTPResponse(status: 200)) : .failure(Observed.Failure(.silent, words: "silence"))
        }
        _ = Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
        let refused = waits.withLock { $0.filter { !$0.isValid }.map { $0.patience ?? .seconds(10) } }
        #expect(refused.count > 50)
        #expect(zip(refused, refused.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(refused.reduce(.zero, +) < .seconds(60), "it would be \(refused.count * 10) s")
        #expect(refused.last == .milliseconds(200))
        // Valid requests in the place of probes look like them, and are answered in time.
        #expect(
            waits.withLock { $0 }.filter { $0.isValid }.allSatisfy {
                $0.patience.map { $0 >= .milliseconds(200) } ?? true
            })
    }
}

/// A subject that sees how long it may take.
private struct PatientSubject: Subject {
    let name = "patient"
    let authority = "localhost"
    let path = Fixture.scheme.payloads[0].path
    let answer: @Sendable (Attempt) -> Result<HTTPResponse, Observed.Failure>

    func openSession(until stop: StopSignal) -> any Session { PatientSession(answer: answer) }

    private final class PatientSession: Session {
        let answer: @Sendable (Attempt) -> Result<HTTPResponse, Observed.Failure>
        init(answer: @escaping @Sendable (Attempt) -> Result<HTTPResponse, Observed.Failure>) { self.answer = answer }
        func send(_ attempt: Attempt) -> Observed { Observed(answer(attempt)) }
    }
}
