internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64Junk = Flaw(
        "base64-junk", covers: ["B07"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
        "It skips characters in Base64 that don't belong there.",
        explanation:
            "Your endpoint's Base64 decoder skips foreign characters, so that one signature has endless spellings."
    ) { $0.alsoDecodes { LooseBase64.decode($0, forgiving: [.junk, .urlAlphabet, .missingPadding]) } }
}
