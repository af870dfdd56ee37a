internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Platform
package import ReportModel
internal import Schemes
package import Subjects
internal import Synchronization
internal import Transport

/// Runs the cases about a sender: triggers deliveries, answers them as each case says, and judges what arrives.
package struct SenderRunner: Sendable {
    /// Everything about the sender that is not in the configuration of a run.
    package struct Sender: Sendable {
        /// What makes it send.
        package var trigger: Trigger
        /// Its name in reports.
        package var name: String
        /// The receiver's origin as the sender sees it; `nil` for where the receiver listens.
        package var publicOrigin: String?
        /// How many seconds of its schedule pass in one of ours.
        package var speed = 1.0
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
    }

    let receiver: Receiver
    let sender: Sender
    let configuration: RunConfiguration
    let plan: Plan
    let signals: RunSignals
    let redactor: Redactor
    let check: SecretCheck

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
        check = SecretCheck(configuration)
    }

    /// Runs to the end, or until it is interrupted. The report is complete in its cases either way.
    package func run() -> Report {
        let started = (wall: WallClock.seconds(), monotonic: MonotonicClock.nanoseconds())
        var report = Report(
            complete: true, exit: .inconclusive, run: .init(configuration, plan, target: sender.name),
            measurements: Measurements(), cause: nil, cases: [],
            record: RunRecord(started: started.wall))
        let control = deliver([.done], .init(), name: "control")
        switch control {
        case .failure(let failure):
            let cause = Cause.noDelivery(safe(failure.reason))
            report.cause = cause
            report.cases = plan.cases.map { CaseResult($0, configuration, reason: .inconclusive(.notBegun(cause))) }
        case .success(let delivery):
            let first = observed(delivery.attempts[0])
            let findings = Mutex<[Int: Result]>([:])
            let next = Atomic<Int>(0)
            let work: @Sendable () -> Void = {
                while true {
                    let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard plan.cases.indices.contains(place) else { return }
                    let result = result(of: plan.cases[place], control: first)
                    findings.withLock { $0[place] = result }
                    signals.caseIsDone(failed: result.result.outcome == .fail)
                }
            }
            let lanes = sender.trigger.takesURL ? max(1, min(sender.lanes, plan.cases.count)) : 1
            let threads = (1..<lanes).map { _ in WorkerThread(work) }
            work()
            for thread in threads { thread?.join() }
            let found = findings.withLock { $0 }
            for place in plan.cases.indices {
                guard let result = found[place] else { continue }
                report.cases.append(result.result)
                report.record.evidence[plan.cases[place].id] = result.evidence
            }
        }
        report.complete = !signals.isInterrupted
        report.record.nanoseconds = MonotonicClock.nanoseconds() - started.monotonic
        report.conclude()
        return report
    }

    private struct Result: Sendable {
        var result: CaseResult
        var evidence: RunRecord.Evidence?
    }

    // MARK: One case

    private func result(of testCase: Case, control: CaseResult.Observed) -> Result {
        func skipped(_ reason: SkipReason) -> Result {
            Result(result: CaseResult(testCase, configuration, reason: .skipped(reason)))
        }
        guard let procedure = testCase.procedure.sender else {
            return skipped(.notApplicable(configuration.scheme.id))
        }
        if let reason = signals.reasonToStop { return skipped(reason) }
        var circumstances = configuration.circumstances
        if sender.trigger.takesText { circumstances.given.insert(.eventText) }
        if let reason = testCase.reasonToSkip(in: circumstances) { return skipped(reason) }
        let watch = procedure.watch(configuration.scheme.deliveryOrDefault)
        let seconds = (watch.longest / sender.speed).rounded(.up)
        guard seconds <= sender.longestWatch else { return skipped(.tooLong(seconds: Int64(seconds))) }
        let first = attempt(testCase, procedure, watch, control)
        // What may have been an accident of the moment must happen again before anyone is blamed.
        guard first.result.impact != nil, seconds <= Self.longestSecondLook else { return first }
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
        var deliveries = [Delivery]()
        for number in 1...procedure.deliveries {
            let text = testCase.needs.contains(.given(.eventText)) ? Self.oddText : Self.plainText
            switch deliver(procedure.answers, watch, name: "\(testCase.id) \(number)", text: text) {
            case .success(let delivery): deliveries.append(delivery)
            case .failure(let failure):
                return Result(
                    result: CaseResult(
                        testCase, configuration, reason: .inconclusive(.obstacle(safe(failure.reason))),
                        control: control))
            }
        }
        let (impact, reason) = judgement(procedure, deliveries)
        let first = deliveries[0].attempts[0]
        let result = CaseResult(
            testCase, configuration, impact: impact, reason: reason, observed: observed(first), control: control)
        return Result(result: result, evidence: evidence(deliveries, isPass: result.outcome == .pass))
    }

    private func judgement(_ procedure: SenderProcedure, _ deliveries: [Delivery]) -> (Impact?, Reason?) {
        let observation = SenderObservation(
            scheme: configuration.scheme, rule: configuration.scheme.deliveryOrDefault,
            deliveries: deliveries.map(\.attempts), redirected: deliveries.flatMap(\.redirected), speed: sender.speed,
            check: check)
        do {
            try procedure.judge(observation)
            return (nil, nil)
        } catch let finding as Finding {
            return (finding.impact, .finding(safe(finding.text)))
        } catch let obstacle as Obstacle {
            switch obstacle.kind {
            case .skip(let reason): return (nil, .skipped(reason))
            case .refusedControl(let text): return (nil, .inconclusive(.obstacle(safe(text))))
            case .doubt(let doubt): return (nil, .inconclusive(doubt))
            }
        } catch {
            return (nil, .inconclusive(.obstacle(safe("\(error)"))))
        }
    }

    private func observed(_ arrival: Arrival) -> CaseResult.Observed {
        let isGenuine = check.verdict(on: arrival).isAccepted
        var observed = CaseResult.Observed(observation: isGenuine ? .accepted : .rejected)
        switch arrival.answer {
        case .status(let status, _, _), .redirect(let status, _): observed.status = status
        case .silence, .slowHead, .slowBody, .endless, .close, .reset: break
        }
        return observed
    }

    // MARK: Deliveries

    struct Delivery: Sendable {
        let attempts: [Arrival]
        let redirected: [Arrival]
    }

    /// Triggers an event and watches its delivery.
    private func deliver(
        _ answers: [StagedAnswer], _ watch: SenderProcedure.Watch, name: String, text: String = plainText
    ) -> Swift.Result<Delivery, Trigger.Failure> {
        let address = receiver.open(answers)
        if !sender.trigger.takesURL { receiver.takeEverything(for: address) }
        defer { if !sender.trigger.takesURL { receiver.takeEverything(for: nil) } }
        let url = (sender.publicOrigin ?? receiver.origin) + address.path
        let event = Trigger.Event(url: url, name: "countersign \(name)", text: text)
        let failed = Kept<Trigger.Failure>()
        // A trigger may itself be the sender. It ends with the watch at the latest.
        let stop = StopSignal(by: Deadline(after: sender.patience + span(watch.longest) + .seconds(2)))
        let pull: @Sendable () -> Void = { [sender] in
            do { try sender.trigger.pull(event, stop) } catch {
                failed.value.withLock {
                    $0 = (error as? Trigger.Failure) ?? Trigger.Failure("the trigger failed: \(error)")
                }
            }
        }
        guard let thread = WorkerThread(pull) else {
            _ = receiver.close(address)
            return .failure(Trigger.Failure("the system allows no more threads"))
        }
        defer {
            stop.stop()
            thread.join()
        }
        let hasArrived = awaits(
            address, "a delivery", sender.patience, orStops: { failed.value.withLock { $0 != nil } }
        ) { !$0.isEmpty }
        guard hasArrived else {
            _ = receiver.close(address)
            // A request at another path explains more than the status with which its trigger ended.
            let failure = receiver.unknownPaths.isEmpty ? failed.value.withLock { $0 } : nil
            return .failure(failure ?? Trigger.Failure(reasonForSilence))
        }
        if watch.attempts > 1 { _ = awaits(address, name, span(watch.within)) { $0.count >= watch.attempts } }
        if watch.thenQuietFor > 0 {
            let count = receiver.attempts(at: address).count
            _ = awaits(address, name, span(watch.thenQuietFor)) {
                watch.endsWithAnswer ? $0[0].held != nil : $0.count > count
            }
        }
        let seen = receiver.close(address)
        // A watch that was cut short has not seen that nothing more came.
        guard !signals.isInterrupted else { return .failure(Trigger.Failure("the run was interrupted")) }
        return .success(Delivery(attempts: seen.attempts, redirected: seen.redirected))
    }

    private func span(_ seconds: Double) -> Duration { .nanoseconds(Int64(seconds / sender.speed * 1e9)) }

    /// Waits until the attempts at a delivery meet a condition, in the open, as long as the run goes on.
    ///
    /// - Returns: whether they did.
    private func awaits(
        _ address: Receiver.Address, _ what: String, _ span: Duration, orStops: () -> Bool = { false },
        until isMet: ([Arrival]) -> Bool
    ) -> Bool {
        let deadline = Deadline(after: span)
        signals.awaits(what, until: deadline)
        defer { signals.arrived(what) }
        while true {
            let next = min(deadline, Deadline(after: .milliseconds(250)))
            if receiver.waits(at: address, by: next, until: isMet) { return true }
            if deadline.hasPassed || signals.isInterrupted || orStops() { return false }
            signals.tell()
        }
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

    private static let plainText = "Countersign test event, please ignore"

    /// Text that writers of JSON write in different ways: accents, an emoji beyond the basic plane, a slash, HTML, line
    /// separators that JavaScript escapes.
    private static let oddText = "Caf\u{E9} \u{1F600} </script> a/b & \u{2028} \"q\" \\ 1.0"
}

/// A value that one thread leaves for another.
private final class Kept<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
