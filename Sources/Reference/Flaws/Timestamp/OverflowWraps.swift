internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let timestampOverflowWraps = Flaw(
        "timestamp-overflow-wraps", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It subtracts timestamps without looking for overflow.",
        explanation:
            "Your endpoint's age of a request overflows for the least timestamp, and becomes negative: not too old."
    ) { behaviour in
        behaviour.alsoReadsTimestamps(Java.parseLong)
        behaviour.judgesAge { timestamp, now, window, sound in
            timestamp < now ? (now &- timestamp > window.past ? .tooOld : nil) : sound
        }
    }
}
