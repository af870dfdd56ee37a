internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let timestampOverflowCrashes = Flaw(
        "timestamp-overflow-crashes", covers: ["E10", "J09"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It fails with an exception on a timestamp of more than 18 digits.",
        explanation: "Your endpoint reads timestamps into 64 bits, and throws when one does not fit."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "java.lang.NumberFormatException: For input string", "java.base/java.lang.Long.parseLong(Long.java:699)"
            )
        ) { ($0.timestamp?.filter(ASCII.isDigit).count ?? 0) > 18 }
    }
}
