internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let lenientHex = Flaw(
        "lenient-hex", covers: ["B07"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/*"],
        "It decodes hexadecimal up to the first character that is none.",
        explanation:
            "Your endpoint's hexadecimal decoder stops at the first odd character, so that one signature has many spellings."
    ) { $0.alsoDecodes(JavaScript.hexBuffer) }
}
