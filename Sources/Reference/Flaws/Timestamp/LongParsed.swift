internal import Catalogue
internal import ReportModel

extension Flaw {
    static let timestampLongParsed = Flaw(
        "timestamp-long-parsed", covers: ["E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It reads timestamps as Java's parseLong does.",
        explanation: "Your endpoint reads timestamps with a sign, leading zeros, or digits of other scripts."
    ) { $0.alsoReadsTimestamps(Java.parseLong) }
}
