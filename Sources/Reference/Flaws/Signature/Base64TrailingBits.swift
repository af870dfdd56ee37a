internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64TrailingBits = Flaw(
        "base64-trailing-bits", covers: ["B07"], needs: [.hmac, .encoding(.base64)],
        caughtBy: ["signature/base64-spare-bits"],
        "It ignores the last bits of Base64 that belong to no byte.",
        explanation:
            "Your endpoint's Base64 decoder drops bits that are not zero, so that one signature has several spellings."
    ) { $0.alsoDecodes { LooseBase64.decode($0, forgiving: .trailingBits) } }
}
