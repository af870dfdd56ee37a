internal import Catalogue
internal import ReportModel

extension Flaw {
    static let isoTimestampAccepted = Flaw(
        "iso-timestamp-accepted", covers: ["E12"], needs: [.timestamp], caughtBy: ["timestamp/iso-8601"],
        "It accepts timestamps in ISO 8601 too.",
        explanation: "Your endpoint also reads timestamps as dates, where the document says Unix seconds."
    ) { $0.alsoReadsTimestamps(EventTime.iso) }
}
