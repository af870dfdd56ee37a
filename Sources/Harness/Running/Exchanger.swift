internal import Bytes
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Sends requests through one session, at the pace of the run, and counts them.
final class Exchanger {
    private let session: any Session
    private let environment: RunEnvironment

    /// How many requests the target limited and were sent again.
    private(set) var delayed = 0

    private let isInvestigating: Bool
    /// Whether the last request was refused, or no POST. A target may leave the body of such a request unread, and take it
    /// for the beginning of the next one on the connection.
    private var mayBeOutOfStep = false

    /// - Parameter isInvestigating: whether it looks into an outage; all others wait meanwhile.
    init(session: any Session, environment: RunEnvironment, isInvestigating: Bool = false) {
        self.session = session
        self.environment = environment
        self.isInvestigating = isInvestigating
    }

    /// One request, and what came of it.
    struct Sent: Sendable {
        let request: SignedRequest
        let observed: Observed
        /// `nil` when nothing reached the target.
        let observation: Observation?

        var isAccepted: Bool { observation == .accepted }
        /// Whether only the beginning of the answer's body was kept.
        var answerIsCut: Bool { observed.answer?.bodyIsCut == true }
        /// Whether it found nobody to take it; not whether the end of the run prevented it.
        var isUnreached: Bool { observed.failure?.kind == .notReached }
        /// Whether the target took it, and was gone before it answered. A target that is there may be silent.
        var isBrokenOff: Bool { observed.failure?.kind == .broken && observation == .crashed }
        /// Whether nobody was there to answer, or nobody any more.
        var isUnanswered: Bool { isUnreached || isBrokenOff }
        /// Whether there is no decision of a target that works: no answer, or one of an error.
        var isMissing: Bool { isUnreached || observation == .crashed || observation == .silent }
        /// Whether the target limits the rate of requests, and judged none.
        var isLimited: Bool { observed.answer?.limitsTheRate == true }

        /// What the report says of it.
        var summary: CaseResult.Observed {
            switch observed.result {
            case .success(let answer): CaseResult.Observed(observation: observation, status: answer.status)
            case .failure(let failure): CaseResult.Observed(observation: observation, failure: failure.words)
            }
        }
    }

    /// Sends a request; one that the target limits is sent again after a while.
    ///
    /// - Parameter mayBeRefused: whether silence would be an answer too, which is awaited less and less.
    func send(_ request: SignedRequest, mayBeRefused: Bool = false) -> Sent {
        var sent = sendOnce(request, mayBeRefused ? environment.patience.next : nil)
        guard sent.isLimited else { return sent }
        var attempt = 0
        while sent.isLimited, let answer = sent.observed.answer,
            let pause = environment.pace.pause(asked: answer.secondsToWait, attempt: attempt),
            environment.rest(nanoseconds: pause)
        {
            sent = sendOnce(request, mayBeRefused ? environment.patience.next : nil)
            attempt += 1
        }
        delayed += 1
        environment.pace.waitingEnded(helped: !sent.isLimited)
        return sent
    }

    /// Sends a request once, whatever comes of it.
    ///
    /// - Parameter patience: how long an answer is awaited; `nil` for as long as the subject usually gets.
    func sendOnce(_ request: SignedRequest, _ patience: Duration?) -> Sent {
        let first = present(request, patience)
        defer { mayBeOutOfStep = first.observation != .accepted || request.request.method != Self.post }
        guard mayBeOutOfStep, first.mayBeAboutAnother(environment.configuration.scheme.responses) else { return first }
        session.startOver()
        let sent = present(request, patience)
        if sent.observed.answer?.status != first.observed.answer?.status { environment.steadiness.gotOutOfStep() }
        return sent
    }

    private static let post = Array("POST".utf8)

    private func present(_ request: SignedRequest, _ patience: Duration?) -> Sent {
        let wait = environment.pace.takeSlot()
        guard wait == .zero ? !environment.signals.stop.isStopped : environment.pause(wait) else {
            return Sent(neverSent: request)
        }
        if !isInvestigating { environment.outages.enter() }
        defer { if !isInvestigating { environment.outages.leave() } }
        let observed = session.send(
            Attempt(
                request: request, now: environment.deliveries.now, secrets: [environment.secrets.signing],
                credentials: environment.configuration.credentials,
                patience: patience))
        environment.patience.note(observed)
        let observation = observed.observation(by: environment.configuration.scheme.responses)
        let sent = Sent(
            request: request, observed: observed,
            observation: environment.refusalHabit.reading(of: observed, observation))
        if observation == .crashed { environment.disclosures.read(sent, environment) }
        return sent
    }
}

extension Exchanger.Sent {
    /// Whether the answer may be to what was left of the request before it on the connection. Where that is taken for a
    /// request, nothing is verified, so that the answer is hardly the documented refusal.
    fileprivate func mayBeAboutAnother(_ responses: Responses) -> Bool {
        guard observed.isOnKeptConnection, let answer = observed.answer, !isLimited else { return false }
        return observation != .accepted && answer.status != responses.rejected.status
    }

    /// A request that the end of the run prevented.
    fileprivate init(neverSent request: SignedRequest) {
        let failure = Observed.Failure(.brokenOff, words: ExchangeFailure.brokenOff.words)
        self.init(request: request, observed: Observed(.failure(failure)), observation: nil)
    }
}

extension HTTPResponse {
    /// In how many seconds the target wants to be asked again; `nil` when it does not say.
    fileprivate var secondsToWait: Int64? {
        guard let value = headers.first(named: "Retry-After") else { return nil }
        let text = ASCII.trimmed(value)
        if let seconds = ASCII.decimal(text) { return Int64(clamping: seconds) }
        return HTTPDate.parse(value).map { $0 - WallClock.seconds() }
    }
}
