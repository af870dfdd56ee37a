internal import Catalogue
internal import ReportModel

extension Flaw {
    static let memorySharedByBridges = Flaw(
        "memory-shared-by-bridges", covers: ["F07"], needs: [.eventID], caughtBy: ["replay/two-bridges"],
        "It has one memory for all bridges.",
        explanation: "Your endpoint drops an event of one bridge because another bridge had an event with the same id."
    ) { behaviour in
        behaviour.rereads { delivery, _, _ in
            guard let event = delivery.event else { return }
            delivery.event = EffectLog.Event(bridge: [], scheme: event.scheme, id: event.id)
        }
    }
}
