internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let bodyTimestampTrusted = Flaw(
        "body-timestamp-trusted", covers: ["E14"], needs: [.timestamp, .json], caughtBy: ["timestamp/*"],
        "It takes the age of a request from its body.",
        explanation: "Your endpoint takes the time of the event for the time of the request, when that one is too old."
    ) { behaviour in
        behaviour.letsIn { reason, received in
            guard reason == .tooOld || reason == .tooFarAhead, let window = received.scheme.freshness else {
                return false
            }
            return EventTime.seconds(in: received.json).map { Strict.staleness($0, received.now, window) == nil }
                ?? false
        }
    }
}
