internal import Catalogue
internal import ReportModel

extension Flaw {
    static let fullMemoryIgnored = Flaw(
        "full-memory-ignored", covers: ["F18"], needs: [.eventID], caughtBy: ["replay/after-many-events"],
        "It does without its memory of deliveries once that is full.",
        explanation: "Your endpoint goes on when it can't remember a delivery, and so takes its replay for a new one."
    ) { behaviour in
        behaviour.takesEffect = { delivery, log in
            guard log.remembered >= 256, log.repeated(delivery) == nil else { return log.record(delivery) }
            var unremembered = delivery
            unremembered.event = nil
            return log.added(unremembered)
        }
    }
}
