internal import Catalogue
internal import ReportModel

extension Flaw {
    static let audienceOptional = Flaw(
        "audience-optional", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-missing"],
        "It compares the audience only where a token names one.",
        explanation: "Your endpoint accepts tokens without aud."
    ) { $0.alsoIsMeant { given, _ in given == nil } }
}
