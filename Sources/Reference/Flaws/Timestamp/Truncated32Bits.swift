internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let timestamp32Bits = Flaw(
        "timestamp-of-32-bits", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/wrapped-at-32-bits"],
        "It keeps the lower 32 bits of a timestamp.",
        explanation: "Your endpoint keeps 32 bits of the timestamp, so that one 136 years ahead looks like now."
    ) { behaviour in
        let read = behaviour.steps.readTimestamp
        behaviour.steps.readTimestamp = { text in read(text).map { Int64(UInt32(truncatingIfNeeded: $0)) } }
    }
}
