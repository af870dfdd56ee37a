internal import Catalogue
internal import Platform
internal import Subjects

// Several events at a time.
extension SenderRunner {
    /// Triggers several events, and waits for their deliveries.
    func concurrent(
        _ procedure: SenderProcedure, name: String
    ) -> Swift.Result<[SenderJudge.Delivery], Trigger.Failure> {
        procedure.setting == .overlapping
            ? overlapping(name: name) : inTurn(procedure.deliveries, name: name)
    }

    /// The second of two deliveries is triggered while the first waits for its answer. That it does not come is what a
    /// sender does that makes one delivery at a time.
    private func overlapping(name: String) -> Swift.Result<[SenderJudge.Delivery], Trigger.Failure> {
        let held = receiver.open([.silence])
        let usual = sender.publicOrigin ?? receiver.origin
        let event = Trigger.Event(url: usual + held.path, name: "countersign \(name) 1", text: Self.plainText)
        var second = [Arrival]()
        var fault: Trigger.Failure?
        let hasCome = pull(event, for: sender.patience) { failure in
            let hasCome = awaits("a delivery", sender.patience, orStops: { failure() != nil }) {
                receiver.waits(at: held, by: $0) { !$0.isEmpty }
            }
            guard hasCome else { return false }
            let end = Deadline(after: sender.patience)
            switch deliver([.done], .init(), name: "\(name) 2") {
            case .success(let delivery): second = delivery.attempts
            // A trigger that fails at once says nothing of the sender.
            case .failure(let reason): if !end.hasPassed { fault = reason }
            }
            return true
        }
        let first = receiver.close(held).attempts
        if let fault { return .failure(fault) }
        guard hasCome == true, !first.isEmpty else { return .failure(Trigger.Failure("no first delivery came")) }
        guard !signals.isInterrupted else { return .failure(Trigger.Failure("the run was interrupted")) }
        return .success([SenderJudge.Delivery(attempts: first), SenderJudge.Delivery(attempts: second)])
    }

    /// Each delivery is triggered a moment after the one before, whether or not that has come.
    private func inTurn(_ count: Int, name: String) -> Swift.Result<[SenderJudge.Delivery], Trigger.Failure> {
        let addresses = (0..<count).map { _ in receiver.open([.done]) }
        let usual = sender.publicOrigin ?? receiver.origin
        var failure: Trigger.Failure?
        for (number, address) in addresses.enumerated() where failure == nil {
            if number > 0 { MonotonicClock.pause(Self.moment) }
            let event = Trigger.Event(
                url: usual + address.path, name: "countersign \(name) \(number + 1)", text: Self.plainText)
            do { try sender.trigger.pull(event, StopSignal(by: Deadline(after: sender.patience))) } catch {
                failure = (error as? Trigger.Failure) ?? Trigger.Failure("the trigger failed: \(error)")
            }
        }
        for address in addresses where failure == nil {
            let hasCome = awaits("a delivery", sender.patience) {
                receiver.waits(at: address, by: $0) { !$0.isEmpty }
            }
            if !hasCome { failure = Trigger.Failure("not all of \(count) deliveries came") }
        }
        let deliveries = addresses.map { SenderJudge.Delivery(attempts: receiver.close($0).attempts) }
        return failure.map(Swift.Result.failure) ?? .success(deliveries)
    }

    /// What happens at the same time has no order.
    private static let moment = Duration.milliseconds(250)
}
