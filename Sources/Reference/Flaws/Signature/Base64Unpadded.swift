internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64Unpadded = Flaw(
        "base64-unpadded", covers: ["B07"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
        "It accepts Base64 without its padding.",
        explanation: "Your endpoint does without the padding of Base64, so that one signature has several spellings."
    ) { $0.alsoDecodes { LooseBase64.decode($0, forgiving: .missingPadding) } }
}
