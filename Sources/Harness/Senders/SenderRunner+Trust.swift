internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

// Handshakes that must fail.
extension SenderRunner {
    /// Offers a receiver with a fault, beside one without: a sender that can't deliver to that one shows nothing.
    func attempt(
        _ testCase: Case, _ procedure: SenderProcedure, _ watch: SenderProcedure.Watch, _ offer: TLSOffer,
        _ control: CaseResult.Observed
    ) -> Result {
        func without(_ reason: String) -> Result { self.without(reason, testCase, control) }
        guard let good = receiver.origin(with: .good), let faulty = receiver.origin(with: offer) else {
            return without("the receiver does not offer \(offer.rawValue)")
        }
        let before: SenderJudge.Delivery
        switch deliver([.done], .init(), name: "\(testCase.id) control", to: good) {
        case .success(let delivery): before = delivery
        case .failure(let failure):
            return without(
                "no delivery came over TLS with a good certificate, so a refusal of this one shows nothing: "
                    + "\(words(failure))")
        }
        guard let seen = offered(faulty, offer, watch, name: testCase.id) else {
            return without("the sender did not connect to \(faulty)")
        }
        return result(of: testCase, procedure, seen, after: before, control)
    }

    /// Triggers a delivery to a receiver with a fault, and watches what follows the handshake; `nil` when there was none.
    private func offered(
        _ origin: String, _ offer: TLSOffer, _ watch: SenderProcedure.Watch, name: String
    ) -> SenderJudge.Delivery? {
        let address = receiver.open([.done])
        let count = receiver.handshakes(with: offer).count
        let event = Trigger.Event(url: origin + address.path, name: "countersign \(name)", text: Self.plainText)
        // That the trigger fails is what a sender does that reports a failed handshake.
        let hasCome = pull(event, for: span(watch.thenQuietFor)) { failure in
            var end = Deadline.never
            let hasCome = awaits(
                "a handshake", sender.patience,
                orStops: {
                    if failure() != nil { end = min(end, Deadline(after: .seconds(1))) }
                    return end.hasPassed
                }
            ) { receiver.waits(at: address, or: offer, beyond: count, by: $0) }
            if hasCome {
                _ = awaits("what follows a handshake", max(span(watch.thenQuietFor), Self.shortest)) {
                    receiver.waits(at: address, by: $0) { !$0.isEmpty }
                }
            }
            return hasCome
        }
        let seen = receiver.close(address)
        guard hasCome == true else { return nil }
        return SenderJudge.Delivery(
            attempts: seen.attempts, handshakes: Array(receiver.handshakes(with: offer).dropFirst(count)))
    }

    /// In our time: requests take some, however fast the sender's clock is.
    private static let shortest = Duration.seconds(1)
}

// What must not arrive, after a usual delivery that did.
extension SenderRunner {
    /// Makes the sender deliver as usual, which shows that it sends, and how long that takes in our time.
    func usualDelivery(before testCase: Case) throws(Trigger.Failure) -> (SenderJudge.Delivery, Duration) {
        let begun = MonotonicClock.nanoseconds()
        let delivery = try deliver([.done], .init(), name: "\(testCase.id) control").get()
        return (delivery, .nanoseconds(Int64(MonotonicClock.nanoseconds() - begun)))
    }

    func without(_ reason: String, _ testCase: Case, _ control: CaseResult.Observed) -> Result {
        Result(
            result: CaseResult(
                testCase, configuration, reason: .inconclusive(.obstacle(judge.safe(reason))), control: control))
    }

    func result(
        of testCase: Case, _ procedure: SenderProcedure, _ seen: SenderJudge.Delivery,
        after before: SenderJudge.Delivery, _ control: CaseResult.Observed
    ) -> Result {
        guard !signals.isInterrupted else {
            return Result(result: CaseResult(testCase, configuration, reason: .inconclusive(.interrupted)))
        }
        let (impact, reason) = judge.judgement(procedure, [seen])
        let result = CaseResult(
            testCase, configuration, impact: impact, reason: reason, observed: judge.observed(before.attempts[0]),
            control: control)
        return Result(result: result, evidence: judge.evidence([before, seen], isPass: result.outcome == .pass))
    }
}

// Addresses that must not be called.
extension SenderRunner {
    /// Whether deliveries usually go to an address.
    func isUsual(_ address: InternalAddress) -> Bool {
        let origin = sender.publicOrigin ?? receiver.origin
        let host = origin.drop { $0 != "/" }.dropFirst(2)
        return host == address.host || host.hasPrefix(address.host + ":")
    }

    /// Has a delivery sent to an address inside the sender's machine, after a usual one, which shows that the sender
    /// sends, and how long that takes.
    func attempt(
        _ testCase: Case, _ procedure: SenderProcedure, _ watch: SenderProcedure.Watch,
        _ internalAddress: InternalAddress,
        _ control: CaseResult.Observed
    ) -> Result {
        func without(_ reason: String) -> Result { self.without(reason, testCase, control) }
        guard let origin = receiver.origin(at: internalAddress) else {
            return without("this machine has no address that \(internalAddress.host) reaches")
        }
        let (before, usual): (SenderJudge.Delivery, Duration)
        do throws(Trigger.Failure) { (before, usual) = try usualDelivery(before: testCase) } catch {
            return without("no usual delivery came just before: \(words(error))")
        }
        let address = receiver.open([.done])
        let event = Trigger.Event(
            url: origin + address.path, name: "countersign \(testCase.id)", text: Self.plainText)
        let wait = max(Self.leastWait, usual * 3)
        let hasBegun = pull(event, for: wait) { _ in
            // That the trigger fails is what a sender does that refuses the address, and what one does that has called it.
            awaits("a delivery that must not come", wait) { receiver.waits(at: address, by: $0) { !$0.isEmpty } }
        }
        let seen = SenderJudge.Delivery(attempts: receiver.close(address).attempts)
        guard hasBegun != nil else { return without("the system allows no more threads") }
        return result(of: testCase, procedure, seen, after: before, control)
    }

    /// For a delivery that must not come.
    private static let leastWait = Duration.seconds(5)
}

// Secrets that are replaced.
extension SenderRunner {
    /// The one replacement of a run, as far as it has come.
    struct Rotation {
        /// Judges under the new secret and the old; an obstacle when there is no new one; `nil` before it was asked for.
        fileprivate var judge: Swift.Result<SenderJudge, Obstacle>?
        /// When the secret was replaced.
        fileprivate var replaced: UInt64 = 0

        /// Whether the secret was replaced.
        var hasReplaced: Bool { if case .success = judge { true } else { false } }
    }

    /// Puts a case about a replaced secret, which is replaced for the first of them.
    func result(of testCase: Case, control: CaseResult.Observed, _ rotation: inout Rotation) -> Result {
        func without(_ reason: Reason) -> Result {
            Result(result: CaseResult(testCase, configuration, reason: reason, control: control))
        }
        let reason = reasonToSkip(testCase)
        guard reason == nil, let procedure = testCase.procedure.sender else {
            return without(.skipped(reason ?? .notApplicable(configuration.scheme.id)))
        }
        let judge: SenderJudge
        do throws(Obstacle) {
            judge = try replaceOnce(&rotation)
        } catch {
            return without(Self.reason(for: error))
        }
        if procedure.setting == .afterGrace {
            let grace = Double(configuration.scheme.rotation?.grace ?? 0) + SenderProcedure.margin
            let passed = Duration.nanoseconds(Int64(MonotonicClock.nanoseconds() - rotation.replaced))
            _ = awaits("the end of the grace", max(.zero, span(grace) - passed)) { next in
                MonotonicClock.pause(.nanoseconds(Int64(clamping: next.remaining)))
                return false
            }
            guard !signals.isInterrupted else { return without(.inconclusive(.interrupted)) }
        }
        switch deliver([.done], .init(), name: testCase.id) {
        case .failure(let failure): return without(.inconclusive(.obstacle(words(failure))))
        case .success(let delivery):
            let (impact, reason) = judge.judgement(procedure, [delivery])
            let result = CaseResult(
                testCase, configuration, impact: impact, reason: reason,
                observed: judge.observed(delivery.attempts[0]), control: control)
            return Result(result: result, evidence: judge.evidence([delivery], isPass: result.outcome == .pass))
        }
    }

    private func replaceOnce(_ rotation: inout Rotation) throws(Obstacle) -> SenderJudge {
        if let judge = rotation.judge { return try judge.get() }
        do throws(Obstacle) {
            let text = try Rotator(configuration.facilities, stop: signals.stop).replace()
            redactor.hide(text, as: "new-secret")
            let secret: Secret
            do throws(SecretError) {
                secret = try Secret(text, rule: configuration.scheme.signature.secret)
            } catch {
                throw Obstacle("the new secret can't be used: \(error.reason)")
            }
            guard secret != configuration.secret else { throw Obstacle("the new secret is the old one") }
            redactor.hide(secret)
            let judge = SenderJudge(configuration, redactor, pace: sender.pace, replacement: secret)
            rotation.judge = .success(judge)
            rotation.replaced = MonotonicClock.nanoseconds()
            return judge
        } catch {
            rotation.judge = .failure(error)
            throw error
        }
    }

    private static func reason(for obstacle: Obstacle) -> Reason {
        switch obstacle.kind {
        case .skip(let reason): .skipped(reason)
        case .refusedControl(let text): .inconclusive(.obstacle(text))
        case .doubt(let doubt): .inconclusive(doubt)
        }
    }
}
