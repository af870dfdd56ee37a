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
            var sent = exchanger.send(suspect.request())
            if !sent.isBrokenOff {
                if !sent.isUnreached, isThere(for: Self.delay) { continue }
                // It may have had another reason to be away for a moment. A request that ends it does so again.
                guard waitForReturn() == .over else { break }
                sent = exchanger.send(suspect.request())
                if !sent.isBrokenOff, sent.isUnreached || isThere(for: Self.delay) { continue }
            }
            if environment.signals.stop.isStopped { break }
            let ending = Outages.Ending(origin: suspect.origin, sent: sent, departure: .again)
            return Outcome(isBack: waitForReturn() == .over, ending: ending)
        }
        return Outcome(isBack: waitForReturn() == .over, ending: nil)
    }

    /// Whether valid requests are answered for some time: what watches over a server may start it again at once. One that
    /// is refused, such as for what an odd request left on the connection, was answered.
    private func isThere(for span: Duration) -> Bool {
        let end = environment.clock.nanoseconds + span.wholeNanoseconds
        repeat {
            if sendValidRequest().isMissing { return false }
            environment.clock.pause(Self.interval)
        } while environment.clock.nanoseconds < end
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
