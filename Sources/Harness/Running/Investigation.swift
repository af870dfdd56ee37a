internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects

/// The search for the request that ended the target: it waits until the target is back, and sends each suspect alone.
struct Investigation {
    private let environment: RunEnvironment
    private let exchanger: Exchanger

    /// How long after an answer a server may still end of it, and how often that is looked at.
    private static let (delay, interval) = (Duration.milliseconds(50), Duration.milliseconds(3))

    init(_ environment: RunEnvironment) {
        self.environment = environment
        exchanger = environment.exchanger(to: environment.subject, isInvestigating: true)
    }

    /// What came of it.
    struct Outcome {
        var isBack: Bool
        var ending: Outages.Ending?
    }

    /// - Parameters:
    ///   - open: the requests that no accepted one followed, newest first.
    ///   - earlier: those before, newest first.
    func run(_ open: [Outages.Suspect], _ earlier: [Outages.Suspect]) -> Outcome {
        guard waitForReturn() else {
            // A target that nobody waited for to the end may have come back.
            if environment.signals.stop.isStopped { return Outcome(isBack: false) }
            // Nothing can be tried again; without a suspect nothing is blamed.
            let last = open.first { $0.sent?.isUnanswered ?? true } ?? open.first
            return Outcome(
                isBack: false,
                ending: last.map { Outages.Ending(origin: $0.origin, sent: $0.sent, departure: .forGood) })
        }
        for suspect in open + earlier {
            let sent = exchanger.send(suspect.request())
            let isGone = sent.isUnanswered || !isThere(for: Self.delay)
            if environment.signals.stop.isStopped { break }
            if isGone {
                let ending = Outages.Ending(origin: suspect.origin, sent: sent, departure: .again)
                return Outcome(isBack: waitForReturn(), ending: ending)
            }
        }
        return Outcome(isBack: true, ending: nil)
    }

    /// Whether valid requests are accepted for some time: what watches over a server may start it again at once.
    private func isThere(for span: Duration) -> Bool {
        let end = environment.clock.nanoseconds + span.wholeNanoseconds
        repeat {
            guard acceptsValidRequest() else { return false }
            environment.clock.pause(Self.interval)
        } while environment.clock.nanoseconds < end
        return true
    }

    private func acceptsValidRequest() -> Bool {
        exchanger.send(Draft(environment.deliveries.next()).signedRequest()).isAccepted
    }

    /// Waits until a valid request is accepted; a command of the user's may start the target.
    private func waitForReturn() -> Bool {
        if acceptsValidRequest() { return true }
        let configuration = environment.configuration
        let service = configuration.restart.flatMap {
            try? Subprocess.Service($0, withholding: configuration.facilities.secretVariables)
        }
        let what = "the target to come back"
        environment.signals.awaits(what, until: Deadline(after: configuration.returnPatience))
        defer { environment.signals.arrived(what) }
        let end = environment.clock.nanoseconds + configuration.returnPatience.wholeNanoseconds
        var pause = Duration.milliseconds(20)
        while environment.clock.nanoseconds < end, environment.pause(pause) {
            if acceptsValidRequest() { return true }
            pause = min(pause * 2, .seconds(1))
        }
        service?.end()
        return false
    }
}
