internal import Catalogue
internal import ReportModel

extension Flaw {
    static let characterLengthCrashes = Flaw(
        "character-length-crashes", covers: ["B03"], needs: [.hmac],
        caughtBy: ["signature/non-ascii-first-emoji", "signature/non-ascii-first-utf8"],
        "It checks the length of a signature in characters, and compares bytes.",
        explanation: "Your endpoint counts characters and compares bytes, so that one accented letter makes it throw."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "RangeError [ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH]: Input buffers must have the same byte length",
                "verify (/app/node_modules/webhooks/verify.js:31:20)")
        ) { received in
            received.signatures.contains {
                $0.count != received.signatureLength
                    && String(decoding: $0, as: UTF8.self).unicodeScalars.count == received.signatureLength
            }
        }
    }
}
