internal import Catalogue
internal import ReportModel

extension Flaw {
    static let idAndTimestampRemembered = Flaw(
        "id-and-timestamp-remembered", covers: ["F14"], needs: [.eventID, .timestamp], caughtBy: ["replay/resigned"],
        "It takes a delivery that was signed anew for another event.",
        explanation:
            "Your endpoint keys its memory by id and timestamp, so that each retry of an honest sender takes effect again."
    ) { $0.recognises { id, received, _ in id + (received.timestamp ?? []) } }
}
