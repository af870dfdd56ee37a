internal import Catalogue
internal import ReportModel

extension Flaw {
    static let developmentKeyAccepted = Flaw(
        "development-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
        "It falls back to a secret meant for development.",
        explanation: "Your endpoint accepts signatures under a secret for development that stands in its source."
    ) { $0.alsoTries(texts: ["development_secret", "dev-secret", "dev", "development"]) }
}
