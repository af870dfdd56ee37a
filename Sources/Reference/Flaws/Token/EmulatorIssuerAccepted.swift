internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let emulatorIssuerAccepted = Flaw(
        "emulator-issuer-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-emulator"],
        "It accepts the issuer of the Bot Framework Emulator in production.",
        explanation: "Your endpoint accepts the issuer of the emulator, which is for the developer alone."
    ) {
        $0.overlooks(.issuerWrong, claim: "iss") {
            $0 == "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
        }
    }
}
