internal import Catalogue
internal import ReportModel

extension Flaw {
    static let tokenSchemeOfHeaderIgnored = Flaw(
        "token-scheme-of-header-ignored", covers: ["B06", "B08"], needs: [.token],
        caughtBy: ["token/without-bearer", "token/under-another-scheme", "token/bearer-twice"],
        "It takes whatever stands behind the last blank of the header for the token.",
        explanation: "Your endpoint does not ask for Bearer in front of the token."
    ) { $0.alsoReadsTokens { header in Array(header.split(separator: 0x20).last ?? []) } }
}
