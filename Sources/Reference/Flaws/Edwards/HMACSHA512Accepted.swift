internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsHMACSHA512Accepted = Flaw(
        "ed25519-hmac-sha512-accepted", covers: ["C02", "C08"], needs: [.ed25519],
        caughtBy: ["edwards/hmac-sha512-under-public-key"],
        "It takes an HMAC-SHA512 under the bytes of the public key for a signature.",
        explanation: "Your endpoint uses the bytes of the public key as a shared secret, which everyone has."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in
            guard let known = try? Ed25519.publicKey(seed: key) else { return [] }
            let message = values.message(scheme.signature.message)
            return [HMAC.code(.sha512, key: known, message: message)]
        }
    }
}
