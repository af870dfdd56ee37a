internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsHashesFirst = Flaw(
        "ed25519-hashes-first", covers: ["C03"], needs: [.ed25519], caughtBy: ["edwards/digest-signed"],
        "It verifies over the SHA-512 of the message as well.",
        explanation: "Your endpoint accepts a signature of the digest of the message, which the sender never makes."
    ) { behaviour in
        behaviour.steps.verifies = { text, values, key, scheme in
            if Strict.verifies(text, values, key, scheme) { return true }
            let digest = HashFunction.sha512.digest(values.message(scheme.signature.message))
            return Hex.decode(text).map { SignatureAlgorithm.ed25519.verifies($0, of: digest, key: key) } ?? false
        }
    }
}
