internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let serviceURLUnchecked = Flaw(
        "service-url-unchecked", covers: ["I05"], needs: [.token], caughtBy: ["token/service-url-*"],
        "It never compares the service URL of a token with that of the body.",
        explanation: "Your endpoint answers to the service URL of the body without asking the token, or looks "
            + "for the claim under another name than serviceurl."
    ) { $0.overlooks(.bindingWrong) }
}
