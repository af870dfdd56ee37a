internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let undecodableCrashes = Flaw(
        "undecodable-crashes", covers: ["B04"], needs: [.hmac], caughtBy: ["signature/*"],
        "It fails with an exception on a signature of the right length that does not decode.",
        explanation:
            "Your endpoint checks the length of the text and compares what it decodes to, which throws on odd characters."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "RangeError [ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH]: Input buffers must have the same byte length",
                "verify (/app/src/signature.ts:22:17)")
        ) { received in
            received.signatures.contains {
                $0.count == received.signatureLength && received.scheme.signature.encoding.decode($0) == nil
            }
        }
    }
}
