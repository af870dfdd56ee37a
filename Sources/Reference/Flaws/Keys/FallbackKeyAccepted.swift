internal import Catalogue
internal import ReportModel

extension Flaw {
    static let fallbackKeyAccepted = Flaw(
        "fallback-key-accepted", covers: ["A07"], needs: [.hmac],
        caughtBy: ["algorithm/key-default", "algorithm/key-fallback-secret"],
        "It falls back to a built-in secret.",
        explanation: "Your endpoint accepts signatures under a built-in secret that was meant for a missing setting."
    ) { $0.alsoTries(texts: ["fallback-secret", "default", "default-secret", "default_secret"]) }
}
