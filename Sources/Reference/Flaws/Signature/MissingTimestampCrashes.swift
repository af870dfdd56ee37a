internal import Catalogue
internal import ReportModel

extension Flaw {
    static let missingTimestampCrashes = Flaw(
        "missing-timestamp-crashes", covers: ["B13", "J09"], needs: [.timestamp, .timestampHeader],
        caughtBy: ["presence/no-timestamp-header", "presence/no-signature-and-no-timestamp"],
        "It fails with an exception when the timestamp header is missing.",
        explanation: "Your endpoint uses the timestamp header before it looks whether there is one."
    ) { behaviour in
        behaviour.crashes(
            .traceback(
                "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
                line: 27)
        ) { $0.timestamp == nil }
    }
}
