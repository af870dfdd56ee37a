internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let nonASCIICrashes = Flaw(
        "non-ascii-crashes", covers: ["B05", "J09"], needs: [.hmac], caughtBy: ["signature/*"],
        "It fails with an exception on a signature that is not ASCII.",
        explanation: "Your endpoint compares signatures as text, and one byte outside ASCII makes the comparison throw."
    ) { behaviour in
        behaviour.crashes(
            .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 41)
        ) {
            received in received.signatureHeader?.contains { $0 >= 0x80 } == true
        }
    }
}
