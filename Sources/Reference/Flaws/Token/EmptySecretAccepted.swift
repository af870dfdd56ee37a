internal import Catalogue
internal import ReportModel

extension Flaw {
    static let tokenEmptySecretAccepted = Flaw(
        "token-empty-secret-accepted", covers: ["C08", "A04"], needs: [.token], caughtBy: ["token/hs256-empty-key"],
        "It verifies HS256 where a token names it, with the empty secret that was never set.",
        explanation: "Your endpoint accepts HS256 under an empty secret, which anyone can use."
    ) { $0.alsoBelievesCodes { _ in [] } }
}
