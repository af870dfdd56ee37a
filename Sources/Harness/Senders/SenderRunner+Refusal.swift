internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

// A port that refuses connections.
extension SenderRunner {
    /// Has a delivery sent to a port that refuses connections, and opens it before the last awaited attempt is due. No
    /// receiver sees an attempt that was refused: it is taken to have been made in the time in which a usual delivery arrives,
    /// threefold.
    func attemptAtClosedPort(
        _ testCase: Case, _ procedure: SenderProcedure, _ watch: SenderProcedure.Watch, _ control: CaseResult.Observed
    ) -> Result {
        func without(_ reason: String) -> Result { self.without(reason, testCase, control) }
        let (before, usual): (SenderJudge.Delivery, Duration)
        do throws(Trigger.Failure) { (before, usual) = try usualDelivery(before: testCase) } catch {
            return without("no usual delivery came just before: \(words(error))")
        }
        let rule = configuration.scheme.deliveryOrDefault
        let closed = max(usual * 3, min(due(watch.attempts, rule) / 2, Self.mostClosed))
        // Where deliveries take long to begin, several attempts may come while it is closed. The first one that comes after
        // that is awaited, if the document says when it does.
        var awaited = watch.attempts
        while due(awaited, rule) < closed * 1.25, !rule.schedule.isEmpty, awaited < Self.mostAwaited { awaited += 1 }
        guard let (server, origin) = receiver.refusingServer() else { return without("no port was free") }
        defer { server.stop() }
        let address = receiver.open([.done])
        let event = Trigger.Event(
            url: origin + address.path, name: "countersign \(testCase.id)", text: Self.plainText)
        let within = min(span(rule.longest(attempts: awaited)), .nanoseconds(Int64(sender.longestWatch * 1e9)))
        // That the trigger fails is what one does that reports the first attempt.
        let fault: String?? = pull(event, for: closed + within) { _ in
            _ = awaits("the moment to open the port", closed) { next in
                MonotonicClock.pause(.nanoseconds(Int64(clamping: next.remaining)))
                return false
            }
            do throws(ServerError) { try server.start() } catch { return "the port can't be opened: \(error)" }
            _ = awaits(testCase.id, within) { receiver.waits(at: address, by: $0) { !$0.isEmpty } }
            return nil
        }
        let seconds = SenderJudge.seconds(Double(closed.wholeNanoseconds) / 1e9 * sender.pace.schedule)
        let seen = SenderJudge.Delivery(
            attempts: receiver.close(address).attempts,
            preparations: ["the port of the next delivery was closed for the first \(seconds) after its trigger"])
        guard let fault else { return without("the system allows no more threads") }
        if let fault { return without(fault) }
        let most = rule.retryWithoutAnswer?.attempts ?? .max
        let isTold = !seen.attempts.isEmpty || awaited <= most && closed < due(awaited, rule)
        guard isTold || signals.isInterrupted else {
            return without(
                "a usual delivery takes so long to arrive that the port may have been closed for all of the attempts")
        }
        return result(of: testCase, procedure, seen, after: before, control)
    }

    /// When an attempt is due after the first, at the earliest.
    private func due(_ attempt: Int, _ rule: DeliveryRule) -> Duration {
        span(Double((2...attempt).reduce(0) { $0 + (rule.wait(before: $1) ?? Self.likelyWait) }))
    }

    private static let mostAwaited = 6
    /// In our time: long enough to begin.
    private static let mostClosed = Duration.seconds(2)
    /// In seconds of the schedule, where the document states none.
    private static let likelyWait = 5
}
