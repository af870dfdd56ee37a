internal import Catalogue
internal import Cryptography
internal import ReportModel

extension Flaw {
    static let tokenModulusAsSecret = Flaw(
        "token-modulus-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-modulus"],
        "It verifies HS256 where a token names it, with the bytes of the modulus as the secret.",
        explanation: "Your endpoint takes the algorithm from the token, so that the bytes of the modulus, "
            + "which everyone has, is a secret to sign with."
    ) { $0.alsoBelievesCodes { $0.modulus } }
}
