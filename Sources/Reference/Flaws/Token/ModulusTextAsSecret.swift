internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel

extension Flaw {
    static let tokenModulusTextAsSecret = Flaw(
        "token-modulus-text-as-secret", covers: ["C08"], needs: [.token], caughtBy: ["token/hs256-jwk-n"],
        "It verifies HS256 where a token names it, with the text of the modulus in the set of keys as the secret.",
        explanation: "Your endpoint takes the algorithm from the token, so that the text of the modulus in "
            + "the set of keys, which everyone has, is a secret to sign with."
    ) { $0.alsoBelievesCodes { Base64.encode($0.modulus, alphabet: .url) } }
}
