internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsHMACSHA256Accepted = Flaw(
        "ed25519-hmac-sha256-accepted", covers: ["C02", "C08"], needs: [.ed25519],
        caughtBy: ["edwards/hmac-sha256-under-public-key"],
        "It takes an HMAC-SHA256 under the digits of the public key for a signature.",
        explanation: "Your endpoint uses the digits of the public key as a shared secret, which everyone has."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in
            guard let known = try? Ed25519.publicKey(seed: key) else { return [] }
            let message = values.message(scheme.signature.message)
            return [HMAC.code(.sha256, key: Hex.encode(known), message: message)]
        }
    }
}
