internal import Catalogue
internal import ReportModel

extension Flaw {
    static let credentialSuffices = Flaw(
        "credential-suffices", covers: ["A11"], needs: [.credential],
        caughtBy: ["presence/credential-*", "signature/*"],
        "It asks for the credential or the signature, not for both.",
        explanation: "Your endpoint takes the right credential for enough, and lets any signature pass with it."
    ) { $0.letsIn { _, received in received.hasCredentials } }
}
