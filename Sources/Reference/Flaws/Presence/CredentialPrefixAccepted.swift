internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialPrefixAccepted = Flaw(
        "credential-prefix-accepted", covers: ["A11"], needs: [.credential],
        caughtBy: [
            "presence/credential-first-character", "presence/credential-without-last",
            "presence/credential-with-suffix",
        ],
        "It compares the credential up to the shorter of the two lengths.",
        explanation:
            "Your endpoint compares the credential only as far as both texts reach, so that its first letter is enough."
    ) { $0.steps.credentialMatches = { given, right in !given.isEmpty && zip(given, right).allSatisfy(==) } }
}
