internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let credentialLastByteIgnored = Flaw(
        "credential-last-byte-ignored", covers: ["A11"], needs: [.credential],
        caughtBy: ["presence/credential-last-changed"], "It does not compare the last byte of the credential.",
        explanation: "Your endpoint stops comparing the credential one byte too early."
    ) {
        $0.steps.credentialMatches = { given, right in
            given.count == right.count && given.dropLast() == right.dropLast()
        }
    }
}
