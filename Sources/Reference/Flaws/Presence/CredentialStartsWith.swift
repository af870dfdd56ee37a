internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialStartsWith = Flaw(
        "credential-starts-with", covers: ["A11"], needs: [.credential], caughtBy: ["presence/credential-with-suffix"],
        "It looks only whether the credential starts with the right one.",
        explanation: "Your endpoint accepts any text that begins with the right credential."
    ) { $0.steps.credentialMatches = { given, right in given.starts(with: right) } }
}
