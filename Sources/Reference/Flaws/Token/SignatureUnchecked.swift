internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenSignatureUnchecked = Flaw(
        "token-signature-unchecked", covers: ["C09"], needs: [.token],
        caughtBy: ["token/other-key", "token/claims-changed"],
        "It decodes tokens and checks their claims, and never their signatures.",
        explanation: "Your endpoint decodes tokens without verifying them: whoever writes the right claims is let in."
    ) { behaviour in
        behaviour.alsoBelieves { _, _, _ in true }
        behaviour.overlooks(.algorithmWrong, .keyUnknown)
    }
}
