internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// Sends requests through one session, at the pace of the run, and counts them.
final class Exchanger {
    private let session: any Session
    private let environment: RunEnvironment

    init(session: any Session, environment: RunEnvironment) {
        self.session = session
        self.environment = environment
    }

    /// One request, and what came of it.
    struct Sent {
        let request: SignedRequest
        let observed: Observed
        /// `nil` when nothing reached the target.
        let observation: Observation?

        var isAccepted: Bool { observation == .accepted }
        /// Whether only the beginning of the answer's body was kept.
        var answerIsCut: Bool { observed.answer?.bodyIsCut == true }

        /// What the report says of it.
        var summary: CaseResult.Observed {
            switch observed.result {
            case .success(let answer): CaseResult.Observed(observation: observation, status: answer.status)
            case .failure(let failure): CaseResult.Observed(observation: observation, failure: failure.words)
            }
        }
    }

    func send(_ request: SignedRequest) -> Sent {
        environment.pace.wait()
        let observed = session.send(
            Attempt(
                request: request, now: environment.deliveries.now, secrets: [environment.secrets.signing],
                credentials: environment.configuration.credentials))
        return Sent(
            request: request, observed: observed,
            observation: observed.observation(by: environment.configuration.scheme.responses))
    }
}

/// The pace of a run: a count of its requests, and the rate they may not exceed.
final class Pace: Sendable {
    private let interval: UInt64?
    private let next = Atomic<UInt64>(0)
    private let count = Atomic<Int>(0)

    init(requestsPerSecond: Int?) {
        interval = requestsPerSecond.map { 1_000_000_000 / UInt64(max(1, $0)) }
    }

    var requests: Int { count.load(ordering: .relaxed) }

    /// Counts a request, and waits until it may be sent.
    func wait() {
        count.wrappingAdd(1, ordering: .relaxed)
        guard let interval else { return }
        let now = MonotonicClock.nanoseconds()
        // Each request takes the next slot; a slot that was missed is not made up for by a burst.
        var slot = next.load(ordering: .relaxed)
        while true {
            let mine = max(slot, now)
            let (exchanged, seen) = next.compareExchange(expected: slot, desired: mine + interval, ordering: .relaxed)
            if exchanged {
                if mine > now { MonotonicClock.pause(.nanoseconds(mine - now)) }
                return
            }
            slot = seen
        }
    }
}
