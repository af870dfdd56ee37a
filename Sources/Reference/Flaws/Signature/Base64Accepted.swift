internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64Accepted = Flaw(
        "base64-accepted", covers: ["B10"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/in-base64"],
        "It accepts the signature in Base64 too.",
        explanation: "Your endpoint also accepts signatures in Base64, where the document says hexadecimal."
    ) { $0.alsoDecodes { Base64.decode($0) } }
}
