internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialUndefinedAccepted = Flaw(
        "credential-undefined-accepted", covers: ["A08", "A11"], needs: [.credential],
        caughtBy: ["presence/credential-undefined"], "It takes the word undefined for a good credential.",
        explanation: "Your endpoint compares the credential with a setting that was turned into the text undefined."
    ) { behaviour in
        let matches = behaviour.steps.credentialMatches
        behaviour.steps.credentialMatches = { given, right in
            given.elementsEqual("undefined".utf8) || matches(given, right)
        }
    }
}
