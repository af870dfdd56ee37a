internal import Catalogue
internal import ReportModel

extension Flaw {
    static let signatureHeaderRemembered = Flaw(
        "signature-header-remembered", covers: ["F12"], needs: [.eventID],
        caughtBy: ["replay/malleable-*", "replay/resigned"],
        "It recognises a delivery by the text of its signature header.",
        explanation:
            "Your endpoint keys its memory by the signature header, which can be written in many ways for one signature."
    ) { $0.recognises { _, received, _ in received.signatureHeader } }
}
