internal import Catalogue

extension Flaw {
    static let lastTimestampWins = Flaw(
        "last-timestamp-wins", covers: ["G01"], needs: [.timestampField], caughtBy: ["header/*"],
        "Of two timestamps in the header it takes the last.",
        explanation: "Your endpoint takes the last of several timestamps, while a gateway before it may take the first."
    ) { $0.splitsTimestamps(signed: \.last, fresh: \.last) }
}
