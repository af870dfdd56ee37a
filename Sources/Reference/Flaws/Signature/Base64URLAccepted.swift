internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let base64URLAccepted = Flaw(
        "base64url-accepted", covers: ["B10"], needs: [.hmac], caughtBy: ["signature/in-base64url"],
        "It accepts the signature in the URL form of Base64 too.",
        explanation: "Your endpoint also accepts signatures in the URL form of Base64."
    ) { $0.alsoDecodes { Base64.decode($0, alphabet: .url) } }
}
