internal import Catalogue
internal import ReportModel

extension Flaw {
    static let magicKeyAccepted = Flaw(
        "magic-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/key-stars"],
        "It accepts signatures under the masked form of a secret.",
        explanation: "Your endpoint accepts signatures under ***, the text by which settings are masked."
    ) { $0.alsoTries(texts: ["***", "********", "[REDACTED]"]) }
}
