internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let blanksInSignatureCrash = Flaw(
        "blanks-in-signature-crash", covers: ["B11"], needs: [.hmac], caughtBy: ["signature/*", "header/*"],
        "It fails with an exception on a blank in the signature header.",
        explanation: "Your endpoint throws on a signature header with a blank in it, and nobody catches it."
    ) { behaviour in
        guard behaviour.scheme.signature.encoding == .hex else { return }
        behaviour.crashes(
            .trace(
                "java.lang.IllegalArgumentException: Illegal hexadecimal character at index 0",
                "java.base/java.util.HexFormat.fromHexDigit(HexFormat.java:1063)")
        ) { received in
            received.signatureHeader?.contains(where: ASCII.isBlank) == true
        }
    }
}
