internal import Catalogue
internal import ReportModel

extension Flaw {
    static let forgetsAfterASecond = Flaw(
        "forgets-after-a-second", covers: ["F01", "F08"], needs: [.eventID],
        caughtBy: ["replay/remembered", "replay/last-moment"],
        "It forgets a delivery after a second.",
        explanation: "Your endpoint forgets a delivery within moments, so that only the quickest replay is noticed."
    ) { $0.rereads { delivery, _, _ in delivery.window = min(delivery.window, 1) } }
}
