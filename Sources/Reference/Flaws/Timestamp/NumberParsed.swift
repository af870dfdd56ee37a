internal import Catalogue
internal import ReportModel

extension Flaw {
    static let timestampNumberParsed = Flaw(
        "timestamp-number-parsed", covers: ["E05", "E06"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It reads timestamps as JavaScript's Number does.",
        explanation:
            "Your endpoint reads timestamps as any number: with fractions, exponents, blanks or in hexadecimal."
    ) { $0.alsoReadsTimestamps(JavaScript.number) }
}
