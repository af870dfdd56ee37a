internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let hashedKeyAccepted = Flaw(
        "hashed-key-accepted", covers: ["C06"], needs: [.hmac], caughtBy: ["algorithm/*"],
        "It accepts signatures under the hash of the secret too.",
        explanation: "Your endpoint also takes the SHA-256 of the secret for the key, as if it were a stored password."
    ) { $0.alsoTries { secrets in secrets.map { HashFunction.sha256.digest($0.key) } } }
}
