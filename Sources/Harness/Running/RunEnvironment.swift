internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// The state that all threads of a run share.
struct RunEnvironment: Sendable {
    let configuration: RunConfiguration
    let subject: any Subject
    let signals: RunSignals
    let secrets: SecretChain
    let deliveries: DeliveryMaker
    let redactor: Redactor
    let pace: Pace
    let patience: Patience
    let steadiness = Steadiness()
    let outages = Outages()
    let deliverability = Deliverability()
    let refusalHabit = RefusalHabit()
    let disclosures = Disclosures()
    /// Cases pass together. Counting effects and replacing a secret pass alone, so that nothing else is counted and no
    /// request is signed before a replacement and received after it.
    let traffic = Gate()

    init(_ configuration: RunConfiguration, subject: any Subject, signals: RunSignals, runID: String) {
        self.configuration = configuration
        self.subject = subject
        self.signals = signals
        secrets = SecretChain(configuration.secret)
        deliveries = DeliveryMaker(configuration, subject: subject, runID: runID, secrets: secrets)
        redactor = configuration.makeRedactor()
        pace = Pace(requestsPerSecond: configuration.requestsPerSecond, clock: configuration.clock)
        patience = Patience(configuration.facilities.options.answerTimeout)
    }

    var clock: RunClock { configuration.clock }

    /// Waits, in the open and only as long as the run goes on.
    ///
    /// - Returns: whether the time passed.
    func rest(nanoseconds: UInt64) -> Bool {
        let what = "the target's rate limit"
        let span = Duration.nanoseconds(Int64(clamping: nanoseconds))
        signals.awaits(what, until: Deadline(after: span))
        defer { signals.arrived(what) }
        return pause(span)
    }

    /// Waits as long as the run goes on.
    ///
    /// - Returns: whether the time passed.
    func pause(_ span: Duration) -> Bool {
        clock.pause(span) {
            signals.tell()
            return !signals.stop.isStopped
        }
    }

    /// Returns the end of a call that changes the target: an interrupted run does not begin one, but waits for the answer
    /// of one that was sent, because what it made must be known to be removed.
    func endOfChange() throws(Obstacle) -> StopSignal {
        if let doubt = signals.doubt { throw Obstacle(doubt) }
        return StopSignal(by: Deadline(after: configuration.facilities.options.answerTimeout))
    }

    /// Opens a session with a subject for one thread.
    ///
    /// - Parameter isInvestigating: whether it looks into an outage; all others wait meanwhile.
    func exchanger(to subject: any Subject, isInvestigating: Bool = false) -> Exchanger {
        Exchanger(
            session: subject.openSession(until: signals.stop), environment: self, isInvestigating: isInvestigating)
    }
}
