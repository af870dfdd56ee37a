internal import Catalogue
internal import ReportModel

extension Flaw {
    static let noDedupe = Flaw(
        "no-dedupe", covers: ["F01"], needs: [.eventID],
        caughtBy: [
            "replay/identical", "replay/remembered", "replay/at-once", "replay/after-many-events", "replay/last-moment",
        ],
        "It remembers no delivery.",
        explanation: "Your endpoint lets a captured request take effect again as often as it is sent."
    ) { $0.rereads { delivery, _, _ in delivery.event = nil } }
}
