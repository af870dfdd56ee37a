internal import Catalogue
internal import ReportModel

extension Flaw {
    static let malformedTimestampCrashes = Flaw(
        "malformed-timestamp-crashes", covers: ["E04", "E05", "J09"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It fails with an exception on a timestamp that is no number.",
        explanation: "Your endpoint reads the timestamp without catching the error, and so answers 500 to any odd one."
    ) { behaviour in
        behaviour.crashes(.traceback("ValueError: invalid literal for int() with base 10", line: 26)) {
            $0.timestamp.map { Python.int($0) == nil } ?? false
        }
    }
}
