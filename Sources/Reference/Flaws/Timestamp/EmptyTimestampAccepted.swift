internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let emptyTimestampAccepted = Flaw(
        "empty-timestamp-accepted", covers: ["E04", "E15"], needs: [.timestamp], caughtBy: ["timestamp/word-empty"],
        "It accepts an empty timestamp, which is never too old.",
        explanation: "Your endpoint skips the check of the age when the timestamp is there but empty."
    ) { $0.letsIn { reason, received in reason == .timestampMalformed && received.timestamp == [] } }
}
