internal import Catalogue
internal import ReportModel

extension Flaw {
    static let missingIDNotRemembered = Flaw(
        "missing-id-not-remembered", covers: ["F03"], needs: [.requiredEventID], caughtBy: ["replay/missing-id"],
        "It accepts deliveries without an id, and does not remember them.",
        explanation:
            "Your endpoint looks for duplicates only where there is an id, so that a request without one can be replayed."
    ) { behaviour in
        behaviour.doesWithoutID()
        behaviour.rereads { delivery, _, _ in if delivery.id == nil { delivery.event = nil } }
    }
}
