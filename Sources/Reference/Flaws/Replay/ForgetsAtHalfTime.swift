internal import Catalogue
internal import ReportModel

extension Flaw {
    static let forgetsAtHalfTime = Flaw(
        "forgets-at-half-time", covers: ["F08"], needs: [.eventID],
        caughtBy: ["replay/last-moment", "replay/remembered"],
        "It forgets a delivery after half of the time for which it may be repeated.",
        explanation:
            "Your endpoint forgets deliveries before their timestamps have expired, and then takes a replay for new."
    ) { $0.rereads { delivery, _, _ in delivery.window /= 2 } }
}
