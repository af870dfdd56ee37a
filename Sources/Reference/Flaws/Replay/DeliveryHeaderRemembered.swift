internal import Catalogue
internal import ReportModel

extension Flaw {
    static let deliveryHeaderRemembered = Flaw(
        "delivery-header-remembered", covers: ["F02"], needs: [.eventID], caughtBy: ["replay/new-delivery-id"],
        "It recognises a delivery by a header that is not signed.",
        explanation: "Your endpoint keys its memory by a header outside the signature, which a replay can change."
    ) { behaviour in
        let names = [
            "X-Request-Id", "Idempotency-Key", "X-Event-Id", "X-Delivery-Id", "X-GitHub-Delivery", "X-Webhook-Id",
        ]
        behaviour.recognises { _, received, _ in names.lazy.compactMap { received.header($0) }.first }
    }
}
