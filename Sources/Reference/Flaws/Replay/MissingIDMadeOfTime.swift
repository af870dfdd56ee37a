internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let missingIDMadeOfTime = Flaw(
        "missing-id-made-of-time", covers: ["F04"], needs: [.requiredEventID],
        caughtBy: ["replay/missing-id-distinct", "replay/missing-id"],
        "It gives a delivery without an id the second of its arrival for one.",
        explanation:
            "Your endpoint makes up ids from the clock: two events of one second are one, and a replay is always new."
    ) { behaviour in
        behaviour.doesWithoutID()
        behaviour.rereads { delivery, received, _ in
            guard delivery.id == nil else { return }
            let second = Array(String(received.now).utf8)
            delivery.event = EffectLog.Event(bridge: delivery.bridge, scheme: received.scheme.id, id: second)
        }
    }
}
