internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let timestampFloatParsed = Flaw(
        "timestamp-float-parsed", covers: ["E04", "E05"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It reads timestamps as Python's float does, not-a-number included.",
        explanation: "Your endpoint reads timestamps as floating-point numbers, and nan is never too old."
    ) { behaviour in
        behaviour.judgesAge { timestamp, _, _, sound in timestamp == .min ? nil : sound }
        // The least integer stands for not-a-number, which passes every comparison with a tolerance.
        behaviour.alsoReadsTimestamps { text in Python.float(text).flatMap { $0 ?? .min } }
    }
}
