internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let keySuffixHashAccepted = Flaw(
        "key-suffix-hash-accepted", covers: ["C03"], needs: [.hmac],
        caughtBy: ["algorithm/hash-of-body-and-key", "algorithm/hash-of-message-and-key"],
        "It accepts the hash of the message followed by the secret.",
        explanation: "Your endpoint accepts SHA-256 over message and secret, where the document says HMAC."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in
            [values.body, values.message(scheme.signature.message)].map { HashFunction.sha256.digest($0 + key) }
        }
    }
}
