internal import Catalogue

extension Flaw {
    static let firstTimestampWins = Flaw(
        "first-timestamp-wins", covers: ["G01"], needs: [.timestampField], caughtBy: ["header/*"],
        "Of two timestamps in the header it takes the first.",
        explanation: "Your endpoint takes the first of several timestamps, while a gateway before it may take the last."
    ) { $0.splitsTimestamps(signed: \.first, fresh: \.first) }
}
