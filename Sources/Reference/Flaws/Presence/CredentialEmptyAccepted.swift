internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialEmptyAccepted = Flaw(
        "credential-empty-accepted", covers: ["A11"], needs: [.credential], caughtBy: ["presence/empty-credential"],
        "It takes an empty credential for a good one.",
        explanation: "Your endpoint skips the comparison of the credential when the header is empty."
    ) { behaviour in
        let matches = behaviour.steps.credentialMatches
        behaviour.steps.credentialMatches = { given, right in given.isEmpty || matches(given, right) }
    }
}
