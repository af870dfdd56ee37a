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
    /// How many valid requests are answered in that time at least, however busy the machine is.
    private static let leastAnswers = 8

    init(_ environment: RunEnvironment) {
        self.environment = environment
        exchanger = environment.exchanger(to: environment.subject, isInvestigating: true)
    }

    /// What came of it.
    struct Outcome {
        var isBack: Bool
        var ending: Outages.Ending?
    }

    /// Waits for the target and looks for the request that ended it.
    func run(_ suspects: Outages.Suspects) -> Outcome {
        let absence = waitForReturn()
        guard absence == .over else {
            // Nothing can be tried again. A target that is there and answers nothing valid may have its reasons.
            let last = absence == .nobodyListens ? suspects.brokenOff : nil
            return Outcome(
                isBack: false,
                ending: last.map { Outages.Ending(origin: $0.origin, sent: $0.sent, departure: .forGood) })
        }
        for suspect in suspects.newestFirst {
            if isThere(after: exchanger.send(suspect.request())) { continue }
            // It may have been away for another reason: an earlier suspect's, or its own. What ends it does so again.
            guard waitForReturn() == .over else { break }
            let sent = exchanger.send(suspect.request())
            if sent.isUnreached || isThere(after: sent) { continue }
            if environment.signals.stop.isStopped { break }
            let ending = Outages.Ending(origin: suspect.origin, sent: sent, departure: .again)
            return Outcome(isBack: waitForReturn() == .over, ending: ending)
        }
        return Outcome(isBack: waitForReturn() == .over, ending: nil)
    }

    /// Whether a request was answered, and so are valid ones for some time after it: what watches over a server may start
    /// it again at once. One that is refused, such as for what an odd request left on the connection, was answered.
    private func isThere(after sent: Exchanger.Sent) -> Bool {
        guard !sent.isBrokenOff, !sent.isUnreached else { return false }
        let end = environment.clock.nanoseconds + Self.delay.wholeNanoseconds
        var answers = 0
        while answers < Self.leastAnswers || environment.clock.nanoseconds < end {
            if sendValidRequest().isMissing { return false }
            answers += 1
            environment.clock.pause(Self.interval)
        }
        return true
    }

    private func sendValidRequest() -> Exchanger.Sent {
        exchanger.send(Draft(environment.deliveries.next()).signedRequest())
    }

    /// How an absence of the target went on.
    private enum Absence {
        /// It accepts valid requests.
        case over
        /// At last nobody took a connection any more.
        case nobodyListens
        /// It did not accept a valid request, or nobody waited for that to the end.
        case unclear
    }

    /// Waits until a valid request is accepted; a command of the user's may start the target.
    private func waitForReturn() -> Absence {
        var sent = sendValidRequest()
        if sent.isAccepted { return .over }
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
            sent = sendValidRequest()
            if sent.isAccepted { return .over }
            pause = min(pause * 2, .seconds(1))
        }
        service?.end()
        return sent.isUnreached && !environment.signals.stop.isStopped ? .nobodyListens : .unclear
    }
}
