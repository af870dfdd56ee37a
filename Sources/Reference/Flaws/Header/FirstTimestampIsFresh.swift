internal import Catalogue
internal import ReportModel

extension Flaw {
    static let firstTimestampIsFresh = Flaw(
        "first-timestamp-is-fresh", covers: ["G01"], needs: [.timestampField],
        caughtBy: ["header/timestamp-now-then-old"],
        "Of two timestamps it verifies the last, and takes the age from the first.",
        explanation: "Your endpoint lets one timestamp stand for the age and another for the signature."
    ) { $0.splitsTimestamps(signed: \.last, fresh: \.first) }
}
