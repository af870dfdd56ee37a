internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let unkeyedHashAccepted = Flaw(
        "unkeyed-hash-accepted", covers: ["C03"], needs: [.hmac],
        caughtBy: ["algorithm/hash-of-body", "algorithm/hash-of-message"],
        "It accepts the plain hash of the message.",
        explanation: "Your endpoint accepts the SHA-256 of the message, which needs no secret at all."
    ) { behaviour in
        behaviour.alsoAccepts { values, _, scheme in
            [values.body, values.message(scheme.signature.message)].map(HashFunction.sha256.digest)
        }
    }
}
