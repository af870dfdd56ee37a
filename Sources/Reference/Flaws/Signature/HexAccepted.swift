internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let hexAccepted = Flaw(
        "hex-accepted", covers: ["B10"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/in-hex"],
        "It accepts the signature in hexadecimal too.",
        explanation: "Your endpoint also accepts signatures in hexadecimal, where the document says Base64."
    ) { $0.alsoDecodes { Hex.decode($0) } }
}
