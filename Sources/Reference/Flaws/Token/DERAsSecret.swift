internal import Catalogue
internal import Cryptography
internal import ReportModel

extension Flaw {
    static let tokenDERAsSecret = Flaw(
        "token-der-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-der"],
        "It verifies HS256 where a token names it, with the DER bytes of the public key as the secret.",
        explanation: "Your endpoint takes the algorithm from the token, so that the DER bytes of the public "
            + "key, which everyone has, is a secret to sign with."
    ) { $0.alsoBelievesCodes { $0.der } }
}
