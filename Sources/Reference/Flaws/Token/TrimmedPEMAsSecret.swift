internal import Catalogue
internal import Cryptography
internal import ReportModel

extension Flaw {
    static let tokenTrimmedPEMAsSecret = Flaw(
        "token-trimmed-pem-as-secret", covers: ["C08"], needs: [.token],
        caughtBy: ["token/hs256-pem-without-last-line-end"],
        "It verifies HS256 where a token names it, with the PEM text of the public key, its last "
            + "line end removed as the secret.",
        explanation: "Your endpoint takes the algorithm from the token, so that the PEM text of the public "
            + "key, its last line end removed, which everyone has, is a secret to sign with."
    ) { $0.alsoBelievesCodes { Array($0.pem.dropLast()) } }
}
