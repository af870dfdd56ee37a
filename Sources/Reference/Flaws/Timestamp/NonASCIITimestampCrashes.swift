internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let nonASCIITimestampCrashes = Flaw(
        "non-ascii-timestamp-crashes", covers: ["B05", "E06"], needs: [.timestamp],
        caughtBy: ["timestamp/*", "signature/*"],
        "It fails with an exception on a timestamp that is not ASCII.",
        explanation: "Your endpoint throws on a timestamp with a byte outside ASCII, and nobody catches it."
    ) { behaviour in
        behaviour.crashes(
            .traceback("UnicodeEncodeError: 'ascii' codec can't encode character: ordinal not in range", line: 24)
        ) {
            $0.timestamp?.contains { $0 >= 0x80 } == true
        }
    }
}
