internal import Catalogue
internal import ReportModel

extension Flaw {
    static let timestampPythonIntParsed = Flaw(
        "timestamp-int-parsed", covers: ["E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It reads timestamps as Python's int does.",
        explanation: "Your endpoint reads timestamps leniently: with blanks, a sign, leading zeros or underscores."
    ) { $0.alsoReadsTimestamps(Python.int) }
}
