internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialOptional = Flaw(
        "credential-optional", covers: ["A11"], needs: [.credential], caughtBy: ["presence/no-credential"],
        "It checks the credential only when there is one.",
        explanation: "Your endpoint compares a credential that is there, and does without one that is not."
    ) { $0.forgives(.credentialMissing) }
}
