internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialAsSignature = Flaw(
        "credential-as-signature", covers: ["A11"], needs: [.credential],
        caughtBy: ["presence/credential-as-signature"],
        "It accepts the credential in the place of the signature.",
        explanation: "Your endpoint holds the credential and the signature in one list, and takes one for the other."
    ) { behaviour in
        behaviour.letsIn { _, received in
            received.signatures.contains { received.credentials.values.contains($0) } && received.hasCredentials
        }
    }
}
