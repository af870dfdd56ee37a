internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// What all threads of a run share.
struct RunEnvironment: Sendable {
    let configuration: RunConfiguration
    let target: any Target
    let signals: RunSignals
    let clock: RunClock
    let secrets: SecretChain
    let deliveries: DeliveryMaker
    let redactor: Redactor
    let pace: Pace
    /// Cases pass together. Who counts effects or replaces a secret passes alone, so that nothing else is counted, and
    /// no request is signed before and received after.
    let traffic = Gate()

    init(_ configuration: RunConfiguration, target: any Target, signals: RunSignals, runID: String) {
        self.configuration = configuration
        self.target = target
        self.signals = signals
        clock = RunClock(speed: configuration.speed)
        secrets = SecretChain(configuration.secret)
        deliveries = DeliveryMaker(configuration, target: target, runID: runID, clock: clock, secrets: secrets)
        redactor = Redactor(secret: configuration.secret, credentials: configuration.credentials)
        pace = Pace(requestsPerSecond: configuration.requestsPerSecond)
    }

    /// Opens an access to a target for one thread.
    func exchanger(to target: any Target) -> Exchanger {
        Exchanger(lane: target.openLane(), pace: pace, responses: configuration.scheme.responses)
    }
}
