internal import Catalogue
internal import ReportModel

extension Flaw {
    static let lastTimestampIsFresh = Flaw(
        "last-timestamp-is-fresh", covers: ["G01"], needs: [.timestampField],
        caughtBy: ["header/timestamp-old-then-now"],
        "Of two timestamps it verifies the first, and takes the age from the last.",
        explanation: "Your endpoint lets one timestamp stand for the signature and another for the age."
    ) { $0.splitsTimestamps(signed: \.first, fresh: \.last) }
}
