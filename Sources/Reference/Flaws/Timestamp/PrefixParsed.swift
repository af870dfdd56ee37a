internal import Catalogue
internal import ReportModel

extension Flaw {
    static let timestampPrefixParsed = Flaw(
        "timestamp-prefix-parsed", covers: ["E05"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It reads the digits at the start of a timestamp, and ignores the rest.",
        explanation: "Your endpoint reads timestamps with parseInt, which ignores whatever follows the digits."
    ) { $0.alsoReadsTimestamps(JavaScript.parseInt) }
}
