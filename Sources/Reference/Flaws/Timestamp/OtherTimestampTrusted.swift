internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let otherTimestampTrusted = Flaw(
        "other-timestamp-trusted", covers: ["E03", "E14"], needs: [.timestamp], caughtBy: ["timestamp/*", "header/*"],
        "It takes the age of a request from a header that nobody signed.",
        explanation: "Your endpoint checks the age by a header that is not part of the signature."
    ) { behaviour in
        behaviour.letsIn { reason, received in
            guard reason == .tooOld || reason == .tooFarAhead, let window = received.scheme.freshness else {
                return false
            }
            return ["X-Timestamp", "X-Request-Timestamp", "X-Webhook-Timestamp"].contains { name in
                received.header(name).flatMap(Strict.readTimestamp)
                    .map { Strict.staleness($0, received.now, window) == nil } ?? false
            }
        }
    }
}
