internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialUnchecked = Flaw(
        "credential-unchecked", covers: ["A11"], needs: [.credential], caughtBy: ["presence/*credential*"],
        "It checks the signature, and never the credential beside it.",
        explanation: "Your endpoint never looks at the credential that has to come with the signature."
    ) { $0.forgives(.credentialMissing, .credentialWrong) }
}
