internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let issuerUnchecked = Flaw(
        "issuer-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-*"],
        "It never looks who made a token.",
        explanation: "Your endpoint verifies the signature of a token and never compares iss."
    ) { $0.overlooks(.issuerWrong) }
}
