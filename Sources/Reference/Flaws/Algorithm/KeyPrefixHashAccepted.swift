internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let keyPrefixHashAccepted = Flaw(
        "key-prefix-hash-accepted", covers: ["C03"], needs: [.hmac],
        caughtBy: ["algorithm/hash-of-key-and-body", "algorithm/hash-of-key-and-message"],
        "It accepts the hash of the secret followed by the message.",
        explanation: "Your endpoint accepts SHA-256 over secret and message, which can be extended without the secret."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in
            [values.body, values.message(scheme.signature.message)].map { HashFunction.sha256.digest(key + $0) }
        }
    }
}
