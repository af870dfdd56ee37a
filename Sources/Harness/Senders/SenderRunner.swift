internal import Bytes
package import Catalogue
internal import Cryptography
internal import Platform
package import ReportModel
package import Schemes
package import Subjects
internal import Synchronization
internal import Transport

/// Runs the cases about a sender: triggers deliveries, answers them as each case says, and judges what arrives.
package struct SenderRunner: Sendable {
    /// Everything about the sender that is not in the configuration of a run.
    package struct Sender: Sendable {
        /// What makes it send.
        package var trigger: Trigger
        /// Another registration with it.
        package var second: SecondRegistration?
        /// Its name in reports.
        package var name: String
        /// The receiver's origin as the sender sees it; `nil` for where the receiver listens.
        package var publicOrigin: String?
        /// What the receiver has for it: ports with faulty certificates, and addresses inside this machine.
        package var given: Set<Facility> = []
        /// How fast its time passes.
        package var pace = SenderPace()
        /// For how long a first delivery is awaited.
        package var patience = Duration.seconds(30)
        /// The longest watch of one delivery, in seconds of our clock; longer cases are skipped.
        package var longestWatch = 150.0
        /// How many deliveries are watched at a time.
        package var lanes = 8

        /// Creates a description of a sender.
        package init(trigger: Trigger, name: String) {
            self.trigger = trigger
            self.name = name
        }

        /// Why a case is not put to it, as far as that is known before anything is sent; `nil` when it is put.
        package func reasonToSkip(_ testCase: Case, _ configuration: RunConfiguration) -> SkipReason? {
            guard let procedure = testCase.procedure.sender else { return .notApplicable(configuration.scheme.id) }
            var circumstances = configuration.circumstances
            if trigger.takesText { circumstances.given.insert(.eventText) }
            if trigger.takesURL { circumstances.given.formUnion(given) }
            if second != nil { circumstances.given.insert(.secondRegistration) }
            if let reason = testCase.reasonToSkip(in: circumstances) { return reason }
            switch procedure.setting {
            case .closedPort where publicOrigin != nil:
                return .moot("a proxy or tunnel takes the connections, whether or not a port of this machine is closed")
            case .closedPort, .overlapping, .inTurn:
                if !trigger.takesURL {
                    return .moot("the sender has one fixed URL, so that deliveries come one by one")
                }
            default: break
            }
            let seconds = procedure.longest(in: configuration.scheme, at: pace).rounded(.up)
            return seconds <= longestWatch ? nil : .tooLong(seconds: Int64(seconds))
        }
    }

    /// Another receiver that is registered with a sender.
    package struct SecondRegistration: Sendable {
        /// What makes the sender send for it.
        package let trigger: Trigger
        /// What signs its deliveries.
        package let secret: Secret

        /// Creates a registration.
        package init(trigger: Trigger, secret: Secret) {
            self.trigger = trigger
            self.secret = secret
        }
    }

    let receiver: Receiver
    let sender: Sender
    let configuration: RunConfiguration
    let plan: Plan
    let signals: RunSignals
    let redactor: Redactor
    let judge: SenderJudge

    /// Creates a runner.
    ///
    /// - Parameter receiver: is listening.
    package init(
        receiver: Receiver, sender: Sender, configuration: RunConfiguration, plan: Plan,
        signals: RunSignals = RunSignals()
    ) {
        self.receiver = receiver
        self.sender = sender
        self.configuration = configuration
        self.plan = plan
        self.signals = signals
        redactor = configuration.makeRedactor()
        if let second = sender.second { redactor.hide(second.secret) }
        judge = SenderJudge(configuration, redactor, pace: sender.pace)
    }

    /// Runs to the end, or until it is interrupted. The report is complete in its cases either way.
    package func run() -> Report {
        let started = (wall: WallClock.seconds(), monotonic: MonotonicClock.nanoseconds())
        var report = Report(
            complete: true, exit: .inconclusive, run: .init(configuration, plan, target: sender.name),
            measurements: Measurements(), cause: nil, cases: [],
            record: RunRecord(started: started.wall))
        let control = deliver([.done], .init(), name: "control")
        var hasReplaced = false
        switch control {
        case .failure(let failure):
            let cause = Cause.noDelivery(words(failure))
            report.cause = cause
            report.cases = plan.cases.map { CaseResult($0, configuration, reason: .inconclusive(.notBegun(cause))) }
        case .success(let delivery):
            let first = judge.observed(delivery.attempts[0])
            let found = results(control: first, hasReplaced: &hasReplaced)
            for place in plan.cases.indices {
                guard let result = found[place] else { continue }
                report.cases.append(result.result)
                report.record.evidence[plan.cases[place].id] = result.evidence
            }
        }
        if hasReplaced { report.run.remarks.append(.secretReplaced(times: 1)) }
        report.complete = !signals.isInterrupted
        report.record.nanoseconds = MonotonicClock.nanoseconds() - started.monotonic
        report.conclude()
        return report
    }

    struct Result: Sendable {
        var result: CaseResult
        var evidence: RunRecord.Evidence?
    }

    /// Several cases at a time, and when they are done, those that replace the secret.
    private func results(control: CaseResult.Observed, hasReplaced: inout Bool) -> [Int: Result] {
        let places = plan.cases.indices.filter { !plan.cases[$0].needs.contains(.given(.rotation)) }
        let findings = Mutex<[Int: Result]>([:])
        let next = Atomic<Int>(0)
        let work: @Sendable () -> Void = {
            while true {
                let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard places.indices.contains(turn) else { return }
                let result = result(of: plan.cases[places[turn]], control: control)
                findings.withLock { $0[places[turn]] = result }
                signals.caseIsDone(failed: result.result.outcome == .fail)
            }
        }
        let lanes = sender.trigger.takesURL ? max(1, min(sender.lanes, places.count)) : 1
        let threads = (1..<lanes).map { _ in WorkerThread(work) }
        work()
        for thread in threads { thread?.join() }
        var found = findings.withLock { $0 }
        var rotation = Rotation()
        for place in plan.cases.indices where found[place] == nil {
            let result = result(of: plan.cases[place], control: control, &rotation)
            found[place] = result
            signals.caseIsDone(failed: result.result.outcome == .fail)
        }
        hasReplaced = rotation.hasReplaced
        return found
    }

    // MARK: One case

    /// Why a case is not put; `nil` when it is.
    func reasonToSkip(_ testCase: Case) -> SkipReason? {
        guard let procedure = testCase.procedure.sender else { return .notApplicable(configuration.scheme.id) }
        if let reason = signals.reasonToStop { return reason }
        if let reason = sender.reasonToSkip(testCase, configuration) { return reason }
        guard case .internalAddress(let address) = procedure.setting, isUsual(address) else { return nil }
        return .moot("the sender is set to deliver to \(address.host)")
    }

    private func result(of testCase: Case, control: CaseResult.Observed) -> Result {
        let reason = reasonToSkip(testCase)
        guard reason == nil, let procedure = testCase.procedure.sender else {
            let reason = reason ?? .notApplicable(configuration.scheme.id)
            return Result(result: CaseResult(testCase, configuration, reason: .skipped(reason)))
        }
        let watch = procedure.watch(configuration.scheme.deliveryOrDefault)
        let seconds = sender.pace.longest(watch).rounded(.up)
        let first = attempt(testCase, procedure, watch, control)
        // What may have been an accident of the moment must happen again before anyone is blamed. What was revealed, was so
        // once and for all.
        guard let impact = first.result.impact, impact != .leak, seconds <= Self.longestSecondLook else { return first }
        let second = attempt(testCase, procedure, watch, control)
        guard second.result.outcome == .pass, case .finding(let words) = first.result.reason else { return first }
        var result = second
        result.result = CaseResult(
            testCase, configuration, reason: .inconclusive(.notRepeated(words)), observed: second.result.observed,
            control: control)
        return result
    }

    private static let longestSecondLook = 30.0

    private func attempt(
        _ testCase: Case, _ procedure: SenderProcedure, _ watch: SenderProcedure.Watch, _ control: CaseResult.Observed
    ) -> Result {
        switch procedure.setting {
        case .tls(let offer): return attempt(testCase, procedure, watch, offer, control)
        case .internalAddress(let address): return attempt(testCase, procedure, watch, address, control)
        case .closedPort: return attemptAtClosedPort(testCase, procedure, watch, control)
        case .overlapping, .inTurn:
            return attempt(testCase, procedure, control, deliveries: concurrent(procedure, name: testCase.id))
        case .usual, .secondRegistration, .withinGrace, .afterGrace: break
        }
        let second = procedure.setting == .secondRegistration ? sender.second : nil
        let judge =
            second.map { SenderJudge(configuration, redactor, pace: sender.pace, replacement: $0.secret) } ?? judge
        var deliveries = [SenderJudge.Delivery]()
        for number in 1...procedure.deliveries {
            let text = testCase.needs.contains(.given(.eventText)) ? Self.oddText : Self.plainText
            let name = "\(testCase.id) \(number)"
            switch deliver(
                procedure.answers(configuration.scheme.deliveryOrDefault), watch, name: name, text: text,
                by: second?.trigger)
            {
            case .success(let delivery): deliveries.append(delivery)
            case .failure(let failure):
                return attempt(testCase, procedure, control, deliveries: .failure(failure))
            }
        }
        return attempt(testCase, procedure, control, by: judge, deliveries: .success(deliveries))
    }

    /// Judges what was delivered.
    private func attempt(
        _ testCase: Case, _ procedure: SenderProcedure, _ control: CaseResult.Observed, by judge: SenderJudge? = nil,
        deliveries: Swift.Result<[SenderJudge.Delivery], Trigger.Failure>
    ) -> Result {
        let judge = judge ?? self.judge
        switch deliveries {
        case .failure(let failure):
            return Result(
                result: CaseResult(
                    testCase, configuration, reason: .inconclusive(.obstacle(words(failure))), control: control))
        case .success(let deliveries):
            let (impact, reason) = judge.judgement(procedure, deliveries)
            let first = deliveries[0].attempts[0]
            let result = CaseResult(
                testCase, configuration, impact: impact, reason: reason, observed: judge.observed(first),
                control: control)
            return Result(result: result, evidence: judge.evidence(deliveries, isPass: result.outcome == .pass))
        }
    }

    // MARK: Deliveries

    /// Triggers an event and watches its delivery.
    ///
    /// - Parameters:
    ///   - origin: where it is to be sent; `nil` for where deliveries usually are.
    ///   - trigger: what makes the sender send it; `nil` for what usually does.
    func deliver(
        _ answers: [StagedAnswer], _ watch: SenderProcedure.Watch, name: String, text: String = plainText,
        to origin: String? = nil, by trigger: Trigger? = nil
    ) -> Swift.Result<SenderJudge.Delivery, Trigger.Failure> {
        let address = receiver.open(answers)
        if !sender.trigger.takesURL { receiver.takeEverything(for: address) }
        defer { if !sender.trigger.takesURL { receiver.takeEverything(for: nil) } }
        let url = (origin ?? sender.publicOrigin ?? receiver.origin) + address.path
        let event = Trigger.Event(url: url, name: "countersign \(name)", text: text)
        return pull(event, by: trigger, for: ours(sender.pace.longest(watch))) { failure in
            watched(address, watch, name, failure)
        }
            ?? .failure(Trigger.Failure("the system allows no more threads"))
    }

    /// Makes the sender send, and watches. It returns `nil` when the system allows no more threads.
    func pull<Value>(
        _ event: Trigger.Event, by trigger: Trigger? = nil, for longest: Duration,
        watching: (_ failure: () -> Trigger.Failure?) -> Value
    ) -> Value? {
        let failed = Kept<Trigger.Failure>()
        // A trigger may itself be the sender. It ends with the watch at the latest.
        let stop = StopSignal(by: Deadline(after: sender.patience + longest + .seconds(2)))
        let trigger = trigger ?? sender.trigger
        let pull: @Sendable () -> Void = {
            do { try trigger.pull(event, stop) } catch {
                failed.value.withLock {
                    $0 = (error as? Trigger.Failure) ?? Trigger.Failure("the trigger failed: \(error)")
                }
            }
        }
        guard let thread = WorkerThread(pull) else { return nil }
        defer {
            stop.stop()
            thread.join()
        }
        return watching { failed.value.withLock { $0 } }
    }

    private func watched(
        _ address: Receiver.Address, _ watch: SenderProcedure.Watch, _ name: String,
        _ failure: () -> Trigger.Failure?
    ) -> Swift.Result<SenderJudge.Delivery, Trigger.Failure> {
        let hasArrived = awaits(address, "a delivery", sender.patience, orStops: { failure() != nil }) { !$0.isEmpty }
        guard hasArrived else {
            _ = receiver.close(address)
            // A request at another path explains more than the status with which its trigger ended.
            let failure = receiver.unknownPaths.isEmpty ? failure() : nil
            return .failure(failure ?? Trigger.Failure(reasonForSilence))
        }
        if watch.attempts > 1 {
            _ = awaits(address, name, ours(sender.pace.within(watch))) { $0.count >= watch.attempts }
        }
        if watch.thenQuietFor > 0 {
            let count = receiver.attempts(at: address).count
            _ = awaits(address, name, span(watch.thenQuietFor)) {
                watch.endsWithAnswer ? $0[0].held != nil : $0.count > count
            }
        }
        let seen = receiver.close(address)
        // A watch that was cut short has not seen that nothing more came.
        guard !signals.isInterrupted else { return .failure(Trigger.Failure("the run was interrupted")) }
        return .success(SenderJudge.Delivery(attempts: seen.attempts, redirected: seen.redirected))
    }

    /// Seconds of the sender's schedule, in our time.
    func span(_ seconds: Double) -> Duration { ours(seconds / sender.pace.schedule) }

    private func ours(_ seconds: Double) -> Duration { .nanoseconds(Int64(seconds * 1e9)) }

    /// Waits until the attempts at a delivery meet a condition, in the open, as long as the run goes on.
    ///
    /// - Returns: whether they did.
    private func awaits(
        _ address: Receiver.Address, _ what: String, _ span: Duration, orStops: () -> Bool = { false },
        until isMet: ([Arrival]) -> Bool
    ) -> Bool {
        awaits(what, span, orStops: orStops) { receiver.waits(at: address, by: $0, until: isMet) }
    }

    /// Waits for something, in the open, as long as the run goes on.
    ///
    /// - Returns: whether it came.
    func awaits(
        _ what: String, _ span: Duration, orStops: () -> Bool = { false }, _ hasCome: (Deadline) -> Bool
    ) -> Bool {
        let deadline = Deadline(after: span)
        signals.awaits(what, until: deadline)
        defer { signals.arrived(what) }
        while true {
            let next = min(deadline, Deadline(after: .milliseconds(250)))
            if hasCome(next) { return true }
            if deadline.hasPassed || signals.isInterrupted || orStops() { return false }
            signals.tell()
        }
    }

    /// Why a trigger failed, with what it printed; no secret and no control character is in it.
    func words(_ failure: Trigger.Failure) -> String {
        let reason = judge.safe(failure.reason)
        return failure.output.isEmpty
            ? reason : "\(reason), and printed \"\(redactor.text(failure.output).prefix(200))\""
    }

    private var reasonForSilence: String {
        let unknown = receiver.unknownPaths
        guard let path = unknown.first else {
            return
                "no request arrived within \(sender.patience.wholeNanoseconds / 1_000_000_000) s of the trigger: check that "
                + "the sender can reach \(sender.publicOrigin ?? receiver.origin), and that the trigger makes it send"
        }
        return "requests arrived, but at other paths than the one that was given, such as "
            + "\(redactor.text(path, limit: 100)): check that the sender uses the URL as it is"
    }

    static let plainText = "Countersign test event, please ignore"

    /// Text that writers of JSON write in different ways: accents, an emoji beyond the basic plane, a slash, HTML, line
    /// separators that JavaScript escapes.
    private static let oddText = "Caf\u{E9} \u{1F600} </script> a/b & \u{2028} \"q\" \\ 1.0"
}

/// A value that one thread leaves for another.
private final class Kept<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
