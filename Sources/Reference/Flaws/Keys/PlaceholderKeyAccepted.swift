internal import Catalogue
internal import ReportModel

extension Flaw {
    static let placeholderKeyAccepted = Flaw(
        "placeholder-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
        "It accepts signatures under the placeholder of a template.",
        explanation: "Your endpoint still accepts signatures under a placeholder such as changeme."
    ) { $0.alsoTries(texts: ["changeme", "your-secret", "your-secret-here", "secret", "test", "password"]) }
}
