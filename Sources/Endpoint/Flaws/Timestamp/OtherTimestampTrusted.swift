internal import Catalogue
internal import Schemes
internal import Transport

extension Flaw {
    static let otherTimestampTrusted = Flaw(
        "other-timestamp-trusted", covers: ["E03", "E14"], needs: [.timestamp], caughtBy: ["timestamp/*", "header/*"],
        "It takes the age of a request from a header that nobody signed.",
        explanation: "Your endpoint checks the age by a header that is not part of the signature."
    ) { behaviour in
        behaviour.letsIn { reason, exchange in
            guard reason == .tooOld || reason == .tooFarAhead, let window = exchange.scheme.freshness else {
                return false
            }
            return ["X-Timestamp", "X-Request-Timestamp", "X-Webhook-Timestamp"].contains { name in
                exchange.header(name).flatMap(Strict.readTimestamp)
                    .map { Strict.staleness($0, exchange.now, window) == nil } ?? false
            }
        }
    }
}
