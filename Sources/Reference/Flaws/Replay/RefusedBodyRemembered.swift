internal import Catalogue
internal import ReportModel

extension Flaw {
    static let refusedBodyRemembered = Flaw(
        "refused-body-remembered", covers: ["F11"], needs: [.eventIDInBody, .requiredEventID, .invalidBodyRefused],
        caughtBy: ["replay/retry-after-refusal"],
        "It remembers a delivery although it could not use it.",
        explanation: "Your endpoint marks an event as done before it is, and so swallows the retry."
    ) { behaviour in
        let seen = EffectLog()
        let refusesBody = behaviour.refusesBody
        behaviour.refusesBody = { answer, received in
            _ = seen.record(Delivery(received, received.json))
            return refusesBody(answer, received)
        }
        let takesEffect = behaviour.takesEffect
        behaviour.takesEffect = { seen.repeated($0) ?? takesEffect($0, $1) }
    }
}
